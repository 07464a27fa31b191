package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.Measure;
import org.referralgateway.clinical.tables.MeasurementTable;
import org.referralgateway.clinical.tables.Units;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Code;
import org.referralgateway.mapper.Referral.Measurement;

/**
 * Measurements by what they measure, as numbers in the units that the rules speak of: mm Hg, 0 to 10 for pain. Numbers are read from
 * coded answers and short texts as well, so that "Several days" is 1 and "&gt; 200 mm[Hg]" is more than 200.
 */
final class Readings {

    private static final BigDecimal HAIR = new BigDecimal("0.001");
    private static final Pattern PRESSURE = Pattern.compile("\\b(\\d{2,3})\\s*/\\s*(\\d{2,3})\\b");
    private static final Pattern NUMBER = Pattern.compile("\\s*(<=|>=|<|>|≤|≥)?\\s*(\\d{1,6}(?:[.,]\\d{1,4})?)\\b");
    private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+(?:[.,]\\d+)?)(\\D*)$");
    private static final Pattern NAMED_ITEM_NINE = Pattern.compile("phq-?9.{0,12}(?:item|question|q)\\s*9\\b");
    private static final Pattern LINK = Pattern.compile("(?:.*[/#])?(\\d{1,6}-\\d)");

    /** In what the limits of the policy are. */
    private static final Map<Measure, String> UNITS = Map.of(
            Measure.SYSTOLIC,
            Units.PRESSURE,
            Measure.DIASTOLIC,
            Units.PRESSURE,
            Measure.RIGHT_EYE,
            Units.PRESSURE,
            Measure.LEFT_EYE,
            Units.PRESSURE,
            Measure.ALT,
            Units.ENZYME,
            Measure.AST,
            Units.ENZYME,
            Measure.BILIRUBIN,
            Units.BILIRUBIN);

    private static final Pattern WRITTEN_PRESSURE = Pattern.compile(
            "\\b(?:bps?|b/p|blood pressures?|rr|blutdruck|ta|tension|htn|hypertension|readings?)\\b[^.;\\d/]{0,25}(\\d{2,3})\\s*/\\s*(\\d{2,3})\\b");

    /** Two numbers that are hardly anything else, with nothing that says so: "190/110". */
    private static final Pattern BARE_PRESSURE = Pattern.compile(
            "(?<![\\d/.,-])(1[5-9]\\d|2[0-5]\\d)\\s?/\\s?(9\\d|1[0-4]\\d)(?![\\d/.,%]|\\s*(?:mg|mcg|ug|g|ml)\\b)");

    private static final String SCORED =
            "(?:\\s*(?:total|score|scored|of|is|was|=|:))*\\s*(\\d{1,2})\\b(?!\\s*(?:days|weeks|months|years))";
    private static final List<WrittenScore> WRITTEN_SCORES = List.of(
            WrittenScore.of(Measure.PHQ_9, "phq", "\\bphq-?\\s?9"),
            WrittenScore.of(Measure.PHQ_9_ITEM_9, "9", "\\b(?:item|question|q)\\s*9"),
            WrittenScore.of(Measure.AUDIT_C, "audit", "\\baudit-?\\s?c"),
            WrittenScore.of(Measure.DAST, "dast", "\\bdast-?\\s?10"),
            WrittenScore.of(Measure.OPIOID_RISK, "ort", "\\bort"),
            WrittenScore.of(Measure.OPIOID_RISK, "opioid risk tool", "\\bopioid risk tool"));

    /** A score in a sentence, which is looked for only where its cue is. */
    private record WrittenScore(Measure measure, String cue, Pattern pattern) {
        static WrittenScore of(Measure measure, String cue, String name) {
            return new WrittenScore(measure, cue, Pattern.compile(name + SCORED));
        }
    }

    /** Answers to the items of PHQ-9, by LOINC answer code and in words. */
    private static final Map<String, Integer> PHQ_ANSWERS = Map.of(
            "LA6568-5", 0,
            "LA6569-3", 1,
            "LA6570-1", 2,
            "LA6571-9", 3,
            "not at all", 0,
            "several days", 1,
            "more than half the days", 2,
            "nearly every day", 3);

    private final Map<Measure, List<Reading>> byMeasure = new EnumMap<>(Measure.class);
    private final MeasurementTable table;

    private Readings(MeasurementTable table) {
        this.table = table;
    }

    /**
     * @param asked code or name under which it was sent: of two kinds of test the newer does not settle the older
     * @param value absent where it is coded or in words only
     * @param day on which it was measured; absent where that was not sent
     * @param field of the referral
     * @param upperLimit of what is usual, as the laboratory says
     */
    record Reading(
            String asked,
            @Nullable BigDecimal value,
            @Nullable String unit,
            @Nullable LocalDate day,
            String field,
            @Nullable Code code,
            @Nullable String text,
            @Nullable String interpretation,
            @Nullable BigDecimal upperLimit) {

        /** A laboratory may send "POS" as the interpretation and no value. */
        boolean saysSomething() {
            return value != null || text != null || code != null || interpretation != null;
        }
    }

    static Readings of(Referral referral, MeasurementTable table) {
        var readings = new Readings(table);
        for (int i = 0; i < referral.measurements().size(); i++) {
            readings.measurement(referral.measurements().get(i), "measurements[" + i + "]");
        }
        for (int i = 0; i < referral.forms().size(); i++) {
            readings.form(referral.forms().get(i), "forms[" + i + "]");
        }
        return readings;
    }

    /** True for what is judged by its number or its date: words about it would bring back what a newer one has settled. */
    boolean isForLimits(Measurement measurement) {
        return asked(measurement.concept()).values().stream().anyMatch(Measure::isForLimits);
    }

    /**
     * Numbers that somebody wrote in a sentence: pressures and the scores of suicidality and substance use. Without a date, so
     * that a bad one counts and a good one says nothing.
     */
    void written(String text, String field) {
        if (text.chars().noneMatch(Character::isDigit)) {
            return;
        }
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.indexOf('/') >= 0) {
            writtenPressures(WRITTEN_PRESSURE.matcher(lower), field);
            writtenPressures(BARE_PRESSURE.matcher(lower), field);
        }
        for (var written : WRITTEN_SCORES) {
            if (lower.contains(written.cue())) {
                var score = written.pattern().matcher(lower);
                while (score.find()) {
                    var value = new BigDecimal(score.group(1));
                    add(
                            written.measure(),
                            new Reading(written.cue(), value, null, null, field, null, null, null, null));
                }
            }
        }
    }

    private void writtenPressures(Matcher pressures, String field) {
        while (pressures.find()) {
            add(Measure.SYSTOLIC, pressure(pressures, 1, null, field));
            add(Measure.DIASTOLIC, pressure(pressures, 2, null, field));
        }
    }

    private void measurement(Measurement measurement, String field) {
        asked(measurement.concept()).forEach((asked, measure) -> {
            if (measure == Measure.PRESSURE && measurement.text() != null) {
                pressures(measurement, field);
            }
            var value = measurement.value() == null
                    ? number(measure, measurement.code(), measurement.text())
                    : inOurUnit(measure, measurement.value(), measurement.unit());
            add(
                    measure,
                    new Reading(
                            asked,
                            value,
                            UNITS.getOrDefault(measure, measurement.unit()),
                            Dates.last(measurement.effective()),
                            field,
                            measurement.code(),
                            measurement.text(),
                            measurement.interpretation(),
                            upperLimit(measure, measurement.range(), measurement.unit())));
        });
    }

    /** What was measured, by the code or the name that says so; a name only where no code does. */
    private Map<String, Measure> asked(Referral.Concept concept) {
        Map<String, Measure> found = new LinkedHashMap<>(2);
        for (var code : concept.codes()) {
            var measure = table.ofCode(code.system(), code.code());
            if (measure != null && (isOneEach(measure) || !found.containsValue(measure))) {
                found.put(code.code(), measure);
            }
        }
        if (found.isEmpty()) {
            var label = concept.label().strip().toLowerCase(Locale.ROOT);
            var named = isItemNine(label) ? Measure.PHQ_9_ITEM_9 : table.named(label);
            if (named != null) {
                found.put(label, named);
            }
        }
        return found;
    }

    /** Tests of several kinds, each of which is judged by its own newest answer. */
    private static boolean isOneEach(Measure measure) {
        return measure == Measure.PREGNANCY_HORMONE || measure == Measure.DRUG_TEST;
    }

    /** However the form numbers it: the words of PHQ-9, item 9. */
    private static boolean isItemNine(String question) {
        return question.contains("better off dead")
                || NAMED_ITEM_NINE.matcher(question).find();
    }

    /** "142/88" as both pressures. */
    private void pressures(Measurement panel, String field) {
        var match = PRESSURE.matcher(String.valueOf(panel.text()));
        if (match.find()) {
            var day = Dates.last(panel.effective());
            add(Measure.SYSTOLIC, pressure(match, 1, day, field));
            add(Measure.DIASTOLIC, pressure(match, 2, day, field));
        }
    }

    private static Reading pressure(Matcher match, int group, @Nullable LocalDate day, String field) {
        return new Reading(
                "pressure", new BigDecimal(match.group(group)), Units.PRESSURE, day, field, null, null, null, null);
    }

    /** Forms made of LOINC questions carry the code in the linkId, such as {@code /44260-8}. */
    private void form(Referral.Form form, String field) {
        for (int i = 0; i < form.answers().size(); i++) {
            var answer = form.answers().get(i);
            var link = answer.linkId() == null ? null : LINK.matcher(answer.linkId());
            boolean itemNine =
                    answer.question() != null && isItemNine(answer.question().toLowerCase(Locale.ROOT));
            var measure = itemNine
                    ? Measure.PHQ_9_ITEM_9
                    : link != null && link.matches() ? table.ofLoinc(link.group(1)) : null;
            if (measure != null) {
                add(
                        measure,
                        new Reading(
                                String.valueOf(answer.linkId()),
                                number(null, answer.code(), answer.answer()),
                                null,
                                Dates.last(form.authored()),
                                field + ".answers[" + i + "]",
                                answer.code(),
                                answer.answer(),
                                null,
                                null));
            }
        }
    }

    private void add(Measure measure, Reading reading) {
        if (reading.saysSomething()) {
            byMeasure.computeIfAbsent(measure, any -> new ArrayList<>(2)).add(reading);
        }
    }

    /** A number in a coded answer or at the beginning of a text, with the unit that follows it. */
    private static @Nullable BigDecimal number(@Nullable Measure measure, @Nullable Code code, @Nullable String text) {
        var coded = code == null ? null : PHQ_ANSWERS.get(code.code());
        if (coded == null && text != null) {
            coded = PHQ_ANSWERS.get(text.strip().toLowerCase(Locale.ROOT));
        }
        if (coded != null) {
            return BigDecimal.valueOf(coded);
        }
        var match = text == null ? null : NUMBER.matcher(text);
        if (text == null || match == null || !match.lookingAt()) {
            return null;
        }
        var rest = text.substring(match.end()).strip();
        var number = inOurUnit(
                measure,
                new BigDecimal(match.group(2).replace(',', '.')),
                rest.isEmpty() ? null : rest.split("\\s", 2)[0]);
        return switch (match.group(1) == null ? "" : match.group(1)) {
            case ">" -> number.add(HAIR);
            case "<" -> number.subtract(HAIR);
            default -> number;
        };
    }

    /** The last number of "7 to 56 U/L" or "up to 40", in our unit; absent where only a lower limit was sent. */
    private static @Nullable BigDecimal upperLimit(Measure measure, @Nullable String range, @Nullable String unit) {
        if (range == null || range.startsWith("from ") || range.startsWith(">")) {
            return null;
        }
        var number = LAST_NUMBER.matcher(range.replaceAll("10\\*\\d|/\\d+", ""));
        if (!number.find()) {
            return null;
        }
        var own = number.group(2).strip();
        return inOurUnit(measure, new BigDecimal(number.group(1).replace(',', '.')), own.isEmpty() ? unit : own);
    }

    private static BigDecimal inOurUnit(@Nullable Measure measure, BigDecimal value, @Nullable String unit) {
        var ours = measure == null ? null : UNITS.get(measure);
        if (ours != null) {
            return Units.converted(value, unit, ours);
        }
        boolean ofHundred = value.compareTo(BigDecimal.TEN) > 0 || "mm".equals(unit);
        return measure == Measure.PAIN && ofHundred ? value.movePointLeft(1) : value;
    }

    /** Everything that was measured of one kind. */
    List<Reading> of(Measure measure) {
        return byMeasure.getOrDefault(measure, List.of());
    }

    boolean has(Measure measure) {
        return byMeasure.containsKey(measure);
    }

    /** The newest of each kind of test. */
    List<Reading> newestOfEach(Measure measure) {
        Map<String, List<Reading>> kinds = new LinkedHashMap<>();
        of(measure)
                .forEach(reading -> kinds.computeIfAbsent(reading.asked(), any -> new ArrayList<>(2))
                        .add(reading));
        return kinds.values().stream().flatMap(kind -> newest(kind).stream()).toList();
    }

    /** What counts now: the newest, and what bears no date. */
    static List<Reading> newest(List<Reading> readings) {
        LocalDate newest = null;
        for (var reading : readings) {
            if (reading.day() != null && (newest == null || reading.day().isAfter(newest))) {
                newest = reading.day();
            }
        }
        var counting = new ArrayList<Reading>();
        for (var reading : readings) {
            if (reading.day() == null || reading.day().equals(newest)) {
                counting.add(reading);
            }
        }
        return counting;
    }

    /** The worst of the newest pain scores, of ten; absent where there is none. */
    @Nullable
    Reading pain() {
        Reading worst = null;
        for (var reading : newest(of(Measure.PAIN))) {
            var value = reading.value();
            if (value != null && (worst == null || worst.value() == null || value.compareTo(worst.value()) > 0)) {
                worst = reading;
            }
        }
        return worst;
    }
}
