package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.referralgateway.clinical.Chart.Diagnosis;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.Phrases.Mention;
import org.referralgateway.clinical.tables.Remission;
import org.referralgateway.clinical.tables.ScreeningTable.Row;
import org.referralgateway.clinical.tables.ScreeningTable.Severity;
import org.referralgateway.clinical.tables.Stance;
import org.referralgateway.clinical.tables.Tokens;
import org.referralgateway.events.Conclusions.ScreeningFinding;
import org.referralgateway.events.Conclusions.ScreeningLevel;
import org.referralgateway.mapper.Referral.Allergy;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.Course;
import org.referralgateway.mapper.Referral.Treatment;

/**
 * What a clinician must look at before treatment: one finding for each item of the screening table. Nothing sent is not
 * assessed, never clear. Source: the clinic's reference notes, section 5.
 */
final class ScreeningRules {

    static final String PREGNANCY = "pregnancy";
    static final String HYPERSENSITIVITY = "ketamine-hypersensitivity";
    static final String EXPOSURE = "prior-ketamine-exposure";
    static final String DEPRESSANT = "concurrent-cns-depressant";
    private static final String AGE = "age-under-18";

    /** What is over is over for good, so that it is no more than good to know. */
    private static final Set<String> OVER_FOR_GOOD = Set.of(PREGNANCY, "pre-eclampsia-or-eclampsia", "lactation");

    /** What happens and is over; the others last, and a year beside them is when they began. */
    private static final Set<String> EVENTS =
            Set.of("suicidality", ScreeningLimits.CARDIOVASCULAR, "pre-eclampsia-or-eclampsia");

    /** ICD-10-CM codes of substance use in remission. */
    private static final Pattern IN_REMISSION = Pattern.compile("F1\\d\\.[12]1");

    /** Rows of an acute myocardial infarction, which is recent for longer than it is active. */
    private static final Pattern INFARCTION = Pattern.compile("I2[12]\\b.*|57054005");

    private static final Set<String> OPIOID_CLASSES = Set.of("opioid", "opioid-weak");

    private final Chart chart;
    private final ClinicalTables tables;
    private final ClinicalPolicy policy;
    private final Map<String, ScreeningEvidence> items = new LinkedHashMap<>();

    private ScreeningRules(Chart chart, ClinicalTables tables, ClinicalPolicy policy) {
        this.chart = chart;
        this.tables = tables;
        this.policy = policy;
        tables.screening().items().forEach(item -> items.put(item, new ScreeningEvidence(item)));
    }

    static List<ScreeningFinding> findings(Chart chart, ClinicalTables tables, ClinicalPolicy policy) {
        var rules = new ScreeningRules(chart, tables, policy);
        rules.chart.diagnoses.forEach(rules::diagnosis);
        rules.chart.texts.forEach(rules::words);
        rules.treatments();
        rules.procedures();
        rules.allergies();
        new ScreeningLimits(chart, policy, rules.items).judge();
        rules.pregnancyIsPossible();
        rules.age();
        return rules.items.values().stream().map(ScreeningEvidence::finding).toList();
    }

    private void say(String item, ScreeningLevel level, String rule, String field) {
        var evidence = items.get(item);
        if (evidence != null) {
            evidence.say(level, rule, field);
        }
    }

    /** Active and not refuted triggers; remission, inactive and resolved drop one level; refuted says there is none. */
    private void diagnosis(Diagnosis diagnosis) {
        var coded = new java.util.HashSet<String>();
        boolean over = diagnosis.isOver() || Remission.isSaidIn(diagnosis.label());
        for (var code : diagnosis.concept().codes()) {
            for (var row : tables.screening().rows(code.system(), code.code())) {
                coded.add(row.item());
                boolean stays =
                        row.code() != null && INFARCTION.matcher(row.code()).matches() && isRecent(diagnosis);
                var level = diagnosis.isRefuted()
                        ? ScreeningLevel.WITHIN_LIMITS
                        : level(row, over && !isHistory(row) && !stays);
                say(
                        row.item(),
                        level,
                        diagnosis.isRefuted() ? "refuted-diagnosis" : "diagnosis",
                        diagnosis.field() + ".concept");
            }
        }
        labelled(tables.screening().diagnoses().in(diagnosis.label()), diagnosis, over, coded);
        labelled(tables.screening().words().in(diagnosis.label()), diagnosis, over, coded);
    }

    private void labelled(List<Mention<Row>> mentions, Diagnosis diagnosis, boolean over, Set<String> coded) {
        for (var mention : mentions) {
            boolean recent = mention.meaning().severity() == Severity.RECENT && isRecent(diagnosis);
            if (recent && !diagnosis.isRefuted() && mention.stance() == Stance.STATED) {
                say(mention.meaning().item(), ScreeningLevel.HOLD, "recent-event", diagnosis.field() + ".onset");
            } else if (!coded.contains(mention.meaning().item())) {
                var field = diagnosis.field() + ".concept";
                if (diagnosis.isRefuted()) {
                    say(mention.meaning().item(), ScreeningLevel.WITHIN_LIMITS, "refuted-diagnosis", field);
                } else {
                    mentioned(mention.meaning(), stance(mention), field, over);
                }
            }
        }
    }

    /** By the last day that its onset can mean: what may have been lately counts. */
    private boolean isRecent(Diagnosis diagnosis) {
        var began = Dates.last(diagnosis.onset());
        return began != null
                && !began.isBefore(
                        chart.today.minusDays(policy.limit("recent-event-days").longValue()));
    }

    /** A row for what is over, such as the remission codes, has its lower level already. */
    private static boolean isHistory(Row row) {
        return row.code() != null && IN_REMISSION.matcher(row.code()).matches();
    }

    private static ScreeningLevel level(Row row, boolean over) {
        if (over && OVER_FOR_GOOD.contains(row.item())) {
            return ScreeningLevel.INFORMATION;
        }
        return switch (row.severity()) {
            case ABSOLUTE -> over ? ScreeningLevel.REVIEW : ScreeningLevel.HOLD;
            case RELATIVE, RECENT -> over ? ScreeningLevel.INFORMATION : ScreeningLevel.REVIEW;
            case INFORMATION -> ScreeningLevel.INFORMATION;
            case NONE -> ScreeningLevel.WITHIN_LIMITS;
        };
    }

    private Stance stance(Mention<Row> mention) {
        // "Hysterectomy in 2015" is so for good.
        boolean event =
                EVENTS.contains(mention.meaning().item()) && mention.meaning().severity() != Severity.NONE;
        return event ? chart.stanceOfEvent(mention) : mention.stance();
    }

    private void words(Chart.Text text) {
        for (var mention : tables.screening().words().in(text.words())) {
            mentioned(mention.meaning(), text.answered(stance(mention)), text.field(), false);
        }
    }

    /**
     * Words: what is stated counts in full; what is past drops a hold to a review, and no further, for "history of" is
     * also said of what lasts; what is denied is a negative answer; relatives and possibilities say nothing.
     */
    private void mentioned(Row row, Stance stance, String field, boolean over) {
        switch (stance) {
            case STATED -> say(row.item(), level(row, over), "words", field);
            case PAST ->
                say(
                        row.item(),
                        row.severity() == Severity.ABSOLUTE ? level(row, true) : level(row, over),
                        "words-of-the-past",
                        field);
            case DENIED -> {
                if (row.severity() != Severity.NONE) {
                    say(row.item(), ScreeningLevel.WITHIN_LIMITS, "denied-in-words", field);
                }
            }
            case FAMILY, HYPOTHETICAL -> {
                // Says nothing about the patient.
            }
        }
    }

    private void treatments() {
        var treatments = chart.referral.treatments();
        for (int i = 0; i < treatments.size(); i++) {
            var treatment = treatments.get(i);
            var field = "treatments[" + i + "]";
            drug(treatment, field);
            if (Chart.mayBeTaken(treatment) && treatment.indication() != null) {
                words(new Chart.Text(field + ".indication", Tokens.of(treatment.indication())));
            }
            sideEffects(treatment, field);
        }
    }

    private void drug(Treatment treatment, String field) {
        boolean now = Chart.mayBeTaken(treatment);
        var label = Tokens.of(Chart.label(treatment.medication()));
        for (var code : treatment.medication().codes()) {
            tables.screening().rows(code.system(), code.code()).forEach(row -> drug(row, now, treatment, field));
        }
        tables.screening().drugs().in(label).forEach(mention -> drug(mention.meaning(), now, treatment, field));
        if (now && treatment.drugClass() != null && OPIOID_CLASSES.contains(treatment.drugClass())) {
            say(DEPRESSANT, ScreeningLevel.REVIEW, "current-opioid", field + ".drugClass");
        }
    }

    /** Other drugs count only while they may be taken; ketamine counts whenever it was given. */
    private void drug(Row row, boolean now, Treatment treatment, String field) {
        if (row.item().equals(HYPERSENSITIVITY) || row.item().equals(EXPOSURE)) {
            boolean given = switch (treatment.course()) {
                case CURRENT, TRIED, UNKNOWN -> true;
                case PLANNED, NOT_TAKEN -> false;
            };
            if (given) {
                say(EXPOSURE, ScreeningLevel.INFORMATION, "earlier-ketamine", field + ".medication");
            }
        } else if (now) {
            say(row.item(), level(row, false), "current-drug", field + ".medication");
        }
    }

    /** An allergic reaction to ketamine may be written with the drug only; suicidal thoughts with what caused them. */
    private void sideEffects(Treatment treatment, String field) {
        var said = Tokens.of(String.join(
                "\n",
                treatment.stopReason() == null ? "" : treatment.stopReason(),
                treatment.outcome() == null ? "" : treatment.outcome()));
        boolean allergic = said.has("anaphylaxis")
                || said.has("allergic")
                || said.has("angioedema")
                || said.has("hypersensitivity");
        if (allergic && isKetamine(treatment.medication())) {
            say(HYPERSENSITIVITY, ScreeningLevel.HOLD, "reaction-to-ketamine", field + ".stopReason");
        }
        for (var mention : tables.screening().words().in(said)) {
            if (stance(mention) == Stance.STATED && mention.meaning().severity() == Severity.ABSOLUTE) {
                // What came of a drug that is still taken may be so today.
                var level = treatment.course() == Course.CURRENT ? ScreeningLevel.HOLD : ScreeningLevel.REVIEW;
                say(mention.meaning().item(), level, "side-effect-in-words", field + ".stopReason");
            }
        }
    }

    private boolean isKetamine(Concept concept) {
        boolean coded = concept.codes().stream()
                .flatMap(code -> tables.screening().rows(code.system(), code.code()).stream())
                .anyMatch(row -> row.item().equals(EXPOSURE) || row.item().equals(HYPERSENSITIVITY));
        return coded || isKetamine(Chart.label(concept));
    }

    private boolean isKetamine(String text) {
        return tables.screening().drugs().in(Tokens.of(text)).stream()
                .filter(mention -> mention.stance() != Stance.DENIED)
                .anyMatch(mention -> mention.meaning().item().equals(EXPOSURE)
                        || mention.meaning().item().equals(HYPERSENSITIVITY));
    }

    private void procedures() {
        var procedures = chart.referral.procedures();
        for (int i = 0; i < procedures.size(); i++) {
            if (isKetamine(procedures.get(i).concept())
                    && !"not-done".equals(procedures.get(i).status())) {
                say(EXPOSURE, ScreeningLevel.INFORMATION, "earlier-ketamine", "procedures[" + i + "].concept");
            }
        }
    }

    private void allergies() {
        var allergies = chart.referral.allergies();
        for (int i = 0; i < allergies.size(); i++) {
            allergy(allergies.get(i), "allergies[" + i + "].concept");
        }
    }

    private void allergy(Allergy allergy, String field) {
        boolean refuted = "refuted".equals(allergy.verificationStatus());
        boolean over =
                allergy.clinicalStatus() != null && !allergy.clinicalStatus().equals("active");
        if (isKetamine(allergy.concept()) || (allergy.reactions() != null && isKetamine(allergy.reactions()))) {
            say(
                    HYPERSENSITIVITY,
                    refuted ? ScreeningLevel.WITHIN_LIMITS : over ? ScreeningLevel.REVIEW : ScreeningLevel.HOLD,
                    refuted ? "refuted-allergy" : "allergy",
                    field);
        } else if (!refuted && saysThereIsNone(allergy)) {
            say(HYPERSENSITIVITY, ScreeningLevel.WITHIN_LIMITS, "no-known-allergy", field);
        }
    }

    private boolean saysThereIsNone(Allergy allergy) {
        return chart.isCoded(allergy.concept(), "no-known-allergy")
                || tables.signs().words().in(Tokens.of(Chart.label(allergy.concept()))).stream()
                        .anyMatch(mention -> mention.meaning().equals("no-known-allergy"));
    }

    /** Where pregnancy is not possible and nothing says there is one. */
    private void pregnancyIsPossible() {
        var evidence = items.get(PREGNANCY);
        if (evidence == null || evidence.isAtLeast(ScreeningLevel.INFORMATION)) {
            return;
        }
        if (chart.isMale()) {
            evidence.say(ScreeningLevel.WITHIN_LIMITS, "pregnancy-not-possible", "patient.sex");
        } else if (!isOfChildbearingAge(chart, policy)) {
            evidence.say(ScreeningLevel.WITHIN_LIMITS, "pregnancy-not-possible", "patient.birthDate");
        }
    }

    /** True where the age is not known, too. */
    static boolean isOfChildbearingAge(Chart chart, ClinicalPolicy policy) {
        var age = chart.youngestAge();
        return age == null
                || (BigDecimal.valueOf(age).compareTo(policy.limit("pregnancy-possible-from-age")) >= 0
                        && BigDecimal.valueOf(age).compareTo(policy.limit("pregnancy-possible-until-age")) <= 0);
    }

    private void age() {
        var age = chart.youngestAge();
        var evidence = items.get(AGE);
        if (evidence != null && age != null) {
            boolean under = BigDecimal.valueOf(age).compareTo(policy.limit("age-years-under")) < 0;
            evidence.say(under ? ScreeningLevel.REVIEW : ScreeningLevel.WITHIN_LIMITS, "age", "patient.birthDate");
        }
    }
}
