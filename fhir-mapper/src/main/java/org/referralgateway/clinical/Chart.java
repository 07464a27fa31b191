package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.Measure;
import org.referralgateway.clinical.tables.MeasurementTable;
import org.referralgateway.clinical.tables.Phrases;
import org.referralgateway.clinical.tables.Stance;
import org.referralgateway.clinical.tables.Tokens;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.Measurement;
import org.referralgateway.mapper.Referral.Treatment;

/**
 * A referral as the safety rules read it: diagnoses whatever list they came in, texts cut into words once, readings by what
 * they measure.
 */
final class Chart {

    final Referral referral;
    final LocalDate today;
    final Readings readings;
    final List<Diagnosis> diagnoses = new ArrayList<>();
    final List<Text> texts = new ArrayList<>();

    /** What a positive number of says the same as a yes. */
    private static final List<String> COUNTED =
            List.of("gestation", "suicid", "self-harm", "hcg", "choriogonadotropin");

    private final ClinicalTables tables;
    private final BigDecimal noPregnancyUntil;
    private final @Nullable Integer youngestAge;
    private @Nullable Set<String> signs;

    /** Reasons and problems, whether they hold, and the words of their labels. */
    record Diagnosis(
            String field,
            Concept concept,
            Tokens label,
            boolean isRefuted,
            boolean isOver,
            @Nullable String onset,
            @Nullable String group) {}

    /** What somebody wrote in full sentences. */
    record Text(String field, Tokens words, boolean isAnsweredNo) {
        Text(String field, Tokens words) {
            this(field, words, false);
        }

        /** As it is said; what was asked and answered with no is denied. */
        Stance answered(Stance said) {
            return isAnsweredNo && (said == Stance.STATED || said == Stance.PAST) ? Stance.DENIED : said;
        }
    }

    /** What was the year before last or earlier is past, of things that happen: what lasts may have begun then. */
    Stance stanceOfEvent(Phrases.Mention<?> mention) {
        boolean old = mention.year() != null && mention.year() < today.getYear() - 1;
        return old && mention.stance() == Stance.STATED ? Stance.PAST : mention.stance();
    }

    Chart(Referral referral, Instant receivedAt, ClinicalTables tables, ClinicalPolicy policy) {
        this.referral = referral;
        this.tables = tables;
        this.noPregnancyUntil = policy.limit("pregnancy-hormone-above");
        this.today = LocalDate.ofInstant(receivedAt, ZoneOffset.UTC);
        this.readings = Readings.of(referral, tables.measurements());
        this.youngestAge = age();
        diagnoses();
        texts();
    }

    private void diagnoses() {
        for (int i = 0; i < referral.reasons().size(); i++) {
            var reason = referral.reasons().get(i);
            var field = "reasons[" + i + "]";
            add(
                    field,
                    reason.concept(),
                    reason.clinicalStatus(),
                    reason.verificationStatus(),
                    reason.onset(),
                    null,
                    reason.conditionGroup());
            text(field + ".note", reason.note());
        }
        for (int i = 0; i < referral.problems().size(); i++) {
            var problem = referral.problems().get(i);
            var field = "problems[" + i + "]";
            add(
                    field,
                    problem.concept(),
                    problem.clinicalStatus(),
                    problem.verificationStatus(),
                    problem.onset(),
                    problem.abatement(),
                    null);
            text(field + ".note", problem.note());
        }
        var alerts = referral.contactSafety().alerts();
        for (int i = 0; i < alerts.size(); i++) {
            add("contactSafety.alerts[" + i + "]", alerts.get(i).concept(), null, null, null, null, null);
        }
    }

    /** Without a status it counts as active: better a look too many. */
    private void add(
            String field,
            Concept concept,
            @Nullable String clinical,
            @Nullable String verification,
            @Nullable String onset,
            @Nullable String abatement,
            @Nullable String group) {
        boolean over = clinical == null
                ? abatement != null
                : Set.of("inactive", "remission", "resolved").contains(clinical);
        diagnoses.add(new Diagnosis(
                field,
                concept,
                Tokens.of(label(concept)),
                "refuted".equals(verification) || "entered-in-error".equals(verification),
                over,
                onset,
                group));
    }

    /** The text and the displays of the codes, each a sentence of its own. */
    static String label(Concept concept) {
        var label = new StringBuilder(concept.text() == null ? "" : concept.text());
        for (var code : concept.codes()) {
            if (code.display() != null && !code.display().equals(concept.text())) {
                label.append('\n').append(code.display());
            }
        }
        return label.toString();
    }

    private void texts() {
        for (int i = 0; i < referral.notes().size(); i++) {
            text("notes[" + i + "]", referral.notes().get(i));
        }
        for (int i = 0; i < referral.documents().size(); i++) {
            var document = referral.documents().get(i);
            text("documents[" + i + "].text", document.text());
            text("documents[" + i + "].title", document.title());
        }
        for (int i = 0; i < referral.forms().size(); i++) {
            var answers = referral.forms().get(i).answers();
            for (int k = 0; k < answers.size(); k++) {
                var field = "forms[" + i + "].answers[" + k + "]";
                answer(field, answers.get(k).question(), answers.get(k).answer());
                if (answers.get(k).code() != null) {
                    add(field, new Concept(List.of(answers.get(k).code()), null), null, null, null, null, null);
                }
            }
        }
        for (int i = 0; i < referral.measurements().size(); i++) {
            measurement(referral.measurements().get(i), "measurements[" + i + "]");
        }
        for (int i = 0; i < referral.allergies().size(); i++) {
            text("allergies[" + i + "].note", referral.allergies().get(i).note());
        }
    }

    /** A finding that was sent as an observation: its code with a yes, a code as its value, or words. A no may be old. */
    private void measurement(Measurement measurement, String field) {
        text(field + ".note", measurement.note());
        if (readings.isForLimits(measurement)) {
            inWords(measurement, field);
            return;
        }
        var said = measurement.text() == null ? counted(measurement) : measurement.text();
        if (said == null) {
            return;
        }
        var kind = Answers.of(said);
        if (kind != Answers.NO) {
            var asked = label(measurement.concept());
            answer(field, asked.isBlank() ? null : asked, said);
        }
        if (kind == Answers.YES) {
            add(field, new Concept(measurement.concept().codes(), null), null, null, null, null, null);
        }
        if (measurement.code() != null) {
            add(field, new Concept(List.of(measurement.code()), null), null, null, null, null, null);
        }
    }

    /** A test that was answered in words of its own, such as "12 weeks pregnant"; a yes or a no is judged by its limits. */
    private void inWords(Measurement measurement, String field) {
        var said = measurement.text();
        if (said != null && (Answers.of(said) == Answers.SHORT || Answers.of(said) == Answers.OTHER)) {
            text(field, said);
        }
    }

    /** Of a number only what it counts is asked: weeks of a gestation, attempts, or the hormone of a pregnancy. */
    private @Nullable String counted(Measurement measurement) {
        var value = measurement.value();
        var asked = label(measurement.concept()).toLowerCase(java.util.Locale.ROOT);
        if (value == null || COUNTED.stream().noneMatch(asked::contains)) {
            return null;
        }
        boolean hormone = asked.contains("hcg") || asked.contains("choriogonadotropin");
        if (hormone) {
            return value.compareTo(noPregnancyUntil) <= 0 ? null : "pregnant";
        }
        return value.toPlainString();
    }

    /** A yes means what was asked, a no its contrary, a few words belong to their question, and more speak for themselves. */
    private void answer(String field, @Nullable String question, String answer) {
        switch (Answers.of(answer)) {
            case YES -> text(field, question == null ? answer : question + "\n" + answer);
            case NO -> {
                if (question != null) {
                    texts.add(new Text(field, Tokens.of(question), true));
                }
            }
            case UNKNOWN -> {
                // Nobody has asked, or nobody knows: it says nothing.
            }
            case SHORT -> text(field, question == null ? answer : question + ": " + answer);
            case OTHER -> text(field, answer);
        }
    }

    private void text(String field, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            texts.add(new Text(field, Tokens.of(text)));
            if (!field.startsWith("measurements")) {
                readings.written(text, field);
            }
        }
    }

    /** Signs of the triage words that a text, a reason or a problem states as so. */
    boolean says(String sign) {
        return fieldsThatSay(sign).findFirst().isPresent();
    }

    java.util.stream.Stream<String> fieldsThatSay(String sign) {
        if (!signs().contains(sign)) {
            return java.util.stream.Stream.empty();
        }
        var labels = diagnoses.stream()
                .filter(diagnosis -> !diagnosis.isRefuted() && !diagnosis.isOver())
                .map(diagnosis -> new Text(diagnosis.field() + ".concept", diagnosis.label()));
        return java.util.stream.Stream.concat(labels, texts.stream())
                .filter(text -> tables.signs().words().in(text.words()).stream()
                        .anyMatch(mention -> text.answered(mention.stance()) == Stance.STATED
                                && mention.meaning().equals(sign)))
                .map(Text::field);
    }

    /** True where a code of it stands for a sign. */
    boolean isCoded(Concept concept, String sign) {
        return concept.codes().stream()
                .anyMatch(code -> sign.equals(tables.signs().ofCode(code.system(), code.code())));
    }

    /** True where a code or a name of it is that of a measure. */
    boolean measures(Concept concept, Measure measure) {
        return measures(tables.measurements(), concept, measure);
    }

    static boolean measures(MeasurementTable table, Concept concept, Measure measure) {
        var codes = concept.codes();
        return codes.stream().anyMatch(code -> measure == table.ofCode(code.system(), code.code()))
                || table.isNamedIn(label(concept), measure)
                || codes.stream().anyMatch(code -> table.isNamedIn(code.code(), measure));
    }

    /** True where a text names a measure. */
    boolean isNamed(@Nullable String text, Measure measure) {
        return tables.measurements().isNamedIn(text, measure);
    }

    /** True where a label states a sign in words. */
    boolean isNamed(Diagnosis diagnosis, String sign) {
        return tables.signs().words().in(diagnosis.label()).stream()
                .anyMatch(mention ->
                        mention.stance() == Stance.STATED && mention.meaning().equals(sign));
    }

    private Set<String> signs() {
        if (signs == null) {
            var found = new TreeSet<String>();
            texts.forEach(text -> signs(text, found));
            diagnoses.stream()
                    .filter(diagnosis -> !diagnosis.isRefuted() && !diagnosis.isOver())
                    .forEach(diagnosis -> signs(new Text(diagnosis.field(), diagnosis.label()), found));
            signs = found;
        }
        return signs;
    }

    private void signs(Text text, Set<String> found) {
        for (var mention : tables.signs().words().in(text.words())) {
            if (text.answered(mention.stance()) == Stance.STATED) {
                found.add(mention.meaning());
            }
        }
    }

    /** Age in whole years; the youngest that a partial date allows; absent where none was sent. */
    @Nullable
    Integer youngestAge() {
        return youngestAge;
    }

    private @Nullable Integer age() {
        var born = Dates.last(referral.patient().birthDate());
        return born == null
                ? null
                : Period.between(born.isAfter(today) ? today : born, today).getYears();
    }

    boolean isMale() {
        return "male".equals(referral.patient().sex());
    }

    /** Taken now, as far as can be known. */
    static boolean mayBeTaken(Treatment treatment) {
        return switch (treatment.course()) {
            case CURRENT, UNKNOWN -> true;
            case TRIED, PLANNED, NOT_TAKEN -> false;
        };
    }
}
