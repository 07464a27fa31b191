package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.CodeSystems;
import org.referralgateway.clinical.tables.Units;
import org.referralgateway.mapper.Referral;
import org.referralgateway.mapper.Referral.Code;
import org.referralgateway.mapper.Referral.Measurement;

/**
 * Measurements by LOINC code, as numbers in the units that the rules speak of: mm Hg, 0 to 10 for pain. Numbers are read from
 * coded answers and short texts as well, so that "Several days" is 1 and "&gt; 200 mm[Hg]" is more than 200.
 */
final class Readings {

    static final String SYSTOLIC = "8480-6";
    static final String DIASTOLIC = "8462-4";

    private static final BigDecimal HAIR = new BigDecimal("0.001");
    private static final String BILIRUBIN = "1975-2";
    private static final String ITEM_NINE = "44260-8";
    private static final List<String> PAIN = List.of("72514-3", "75893-8", "38208-5", "38214-3", "38221-8");
    private static final List<String> PANELS = List.of("85354-9", "55284-4", "18684-1");
    private static final Pattern PRESSURE = Pattern.compile("\\b(\\d{2,3})\\s*/\\s*(\\d{2,3})\\b");
    private static final Pattern NUMBER = Pattern.compile("\\s*(<=|>=|<|>|≤|≥)?\\s*(\\d{1,6}(?:[.,]\\d{1,4})?)\\b");
    private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+(?:[.,]\\d+)?)(\\D*)$");
    private static final Pattern NAMED_ITEM_NINE = Pattern.compile("phq-?9.{0,12}(?:item|question|q)\\s*9\\b");
    private static final Pattern LINK = Pattern.compile("(?:.*[/#])?(\\d{1,6}-\\d)");

    /** In what the limits of the policy are. */
    private static final Map<String, String> UNITS = Map.of(
            SYSTOLIC,
            Units.PRESSURE,
            DIASTOLIC,
            Units.PRESSURE,
            "79892-6",
            Units.PRESSURE,
            "79893-4",
            Units.PRESSURE,
            "1742-6",
            Units.ENZYME,
            "1920-8",
            Units.ENZYME,
            BILIRUBIN,
            Units.BILIRUBIN);

    /** What has a limit or an answer of its own in the policy. */
    private static final Set<String> LIMITED = Set.of(
            SYSTOLIC, DIASTOLIC, "85354-9", "55284-4", "18684-1", "72514-3", "75893-8", "38208-5", "38214-3", "38221-8",
            "1742-6", "1920-8", BILIRUBIN, "75626-2", "75624-7", "82667-7", "91392-1", ITEM_NINE, "44261-6", "82810-3",
            "11449-6", "2106-3", "2118-8", "80384-1", "21198-7", "19080-1", "2110-5", "65750-2", "19295-5", "79892-6",
            "79893-4", "29463-7");

    private static final Pattern WRITTEN_PRESSURE = Pattern.compile(
            "\\b(?:bps?|b/p|blood pressures?|rr|blutdruck|ta|tension|htn|hypertension|readings?)\\b[^.;\\d/]{0,25}(\\d{2,3})\\s*/\\s*(\\d{2,3})\\b");

    /** Two numbers that are hardly anything else, with nothing that says so: "190/110". */
    private static final Pattern BARE_PRESSURE = Pattern.compile(
            "(?<![\\d/.,-])(1[5-9]\\d|2[0-5]\\d)\\s?/\\s?(9\\d|1[0-4]\\d)(?![\\d/.,%]|\\s*(?:mg|mcg|ug|g|ml)\\b)");

    private static final String SCORED =
            "(?:\\s*(?:total|score|scored|of|is|was|=|:))*\\s*(\\d{1,2})\\b(?!\\s*(?:days|weeks|months|years))";
    private static final List<WrittenScore> WRITTEN_SCORES = List.of(
            WrittenScore.of("44261-6", "phq", "\\bphq-?\\s?9"),
            WrittenScore.of(ITEM_NINE, "9", "\\b(?:item|question|q)\\s*9"),
            WrittenScore.of("75626-2", "audit", "\\baudit-?\\s?c"),
            WrittenScore.of("82667-7", "dast", "\\bdast-?\\s?10"),
            WrittenScore.of("91392-1", "ort", "\\bort"),
            WrittenScore.of("91392-1", "opioid risk tool", "\\bopioid risk tool"));

    /** A score in a sentence, which is looked for only where its cue is. */
    private record WrittenScore(String loinc, String cue, Pattern pattern) {
        static WrittenScore of(String loinc, String cue, String name) {
            return new WrittenScore(loinc, cue, Pattern.compile(name + SCORED));
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

    /** Pressures by posture and method, which are judged as the plain ones. From memory; re-read before use. */
    private static final Map<String, String> PRESSURES = Map.of(
            "8459-0", SYSTOLIC,
            "8460-8", SYSTOLIC,
            "8461-6", SYSTOLIC,
            "76534-7", SYSTOLIC,
            "8453-3", DIASTOLIC,
            "8454-1", DIASTOLIC,
            "8455-8", DIASTOLIC,
            "76535-4", DIASTOLIC);

    /** Observables of SNOMED CT for what the rules ask for by LOINC code. */
    private static final Map<String, String> SNOMED = Map.of(
            "271649006", SYSTOLIC,
            "271650006", DIASTOLIC,
            "75367002", "85354-9",
            "27113001", "29463-7",
            "720433000", "44261-6");

    /** Names by which text-only observations are known. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("systolic blood pressure", SYSTOLIC),
            Map.entry("systolic", SYSTOLIC),
            Map.entry("systolic bp", SYSTOLIC),
            Map.entry("diastolic blood pressure", DIASTOLIC),
            Map.entry("diastolic", DIASTOLIC),
            Map.entry("diastolic bp", DIASTOLIC),
            Map.entry("blood pressure", "85354-9"),
            Map.entry("bp", "85354-9"),
            Map.entry("blutdruck", "85354-9"),
            Map.entry("body weight", "29463-7"),
            Map.entry("weight", "29463-7"),
            Map.entry("phq-9", "44261-6"),
            Map.entry("phq-9 total", "44261-6"),
            Map.entry("phq-9 total score", "44261-6"),
            Map.entry("phq-9 score", "44261-6"),
            Map.entry("phq-9 item 9", "44260-8"),
            Map.entry("phq9 item 9", "44260-8"),
            Map.entry("audit-c", "75626-2"),
            Map.entry("audit-c score", "75626-2"),
            Map.entry("audit-c total score", "75626-2"),
            Map.entry("dast-10", "82667-7"),
            Map.entry("opioid risk tool", "91392-1"),
            Map.entry("pain score", "72514-3"),
            Map.entry("pain intensity", "72514-3"),
            Map.entry("pain severity", "72514-3"),
            Map.entry("nrs", "72514-3"),
            Map.entry("pain nrs", "72514-3"),
            Map.entry("vas", "38214-3"),
            Map.entry("pain vas", "38214-3"));

    private final Map<String, List<Reading>> byCode = new HashMap<>();

    /**
     * @param value absent where it is coded or in words only
     * @param day on which it was measured; absent where that was not sent
     * @param field of the referral
     * @param upperLimit of what is usual, as the laboratory says
     */
    record Reading(
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

    static Readings of(Referral referral) {
        var readings = new Readings();
        for (int i = 0; i < referral.measurements().size(); i++) {
            readings.measurement(referral.measurements().get(i), "measurements[" + i + "]");
        }
        for (int i = 0; i < referral.forms().size(); i++) {
            readings.form(referral.forms().get(i), "forms[" + i + "]");
        }
        return readings;
    }

    /** True for what is judged by its number or its date: words about it would bring back what a newer one has settled. */
    static boolean isForLimits(Measurement measurement) {
        return codes(measurement.concept()).stream().anyMatch(LIMITED::contains);
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
                    add(written.loinc(), new Reading(value, null, null, field, null, null, null, null));
                }
            }
        }
    }

    private void writtenPressures(Matcher pressures, String field) {
        while (pressures.find()) {
            add(SYSTOLIC, pressure(pressures, 1, null, field));
            add(DIASTOLIC, pressure(pressures, 2, null, field));
        }
    }

    private void measurement(Measurement measurement, String field) {
        for (var loinc : codes(measurement.concept())) {
            if (PANELS.contains(loinc) && measurement.text() != null) {
                pressures(measurement, field);
            }
            var value = measurement.value() == null
                    ? number(loinc, measurement.code(), measurement.text())
                    : inOurUnit(loinc, measurement.value(), measurement.unit());
            add(
                    loinc,
                    new Reading(
                            value,
                            unit(loinc, measurement.unit()),
                            Dates.last(measurement.effective()),
                            field,
                            measurement.code(),
                            measurement.text(),
                            measurement.interpretation(),
                            upperLimit(loinc, measurement.range(), measurement.unit())));
        }
    }

    private static List<String> codes(Referral.Concept concept) {
        List<String> found = new ArrayList<>(2);
        for (var code : concept.codes()) {
            var system = CodeSystems.canonical(code.system());
            var loinc = CodeSystems.LOINC.equals(system)
                    ? PRESSURES.getOrDefault(code.code(), code.code())
                    : CodeSystems.SNOMED_CT.equals(system) ? SNOMED.get(code.code()) : null;
            if (loinc != null && !found.contains(loinc)) {
                found.add(loinc);
            }
        }
        if (found.isEmpty()) {
            var label = concept.label().strip().toLowerCase(Locale.ROOT);
            var named = isItemNine(label) ? ITEM_NINE : NAMES.get(label);
            if (named != null) {
                found.add(named);
            }
        }
        return found;
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
            add(SYSTOLIC, pressure(match, 1, day, field));
            add(DIASTOLIC, pressure(match, 2, day, field));
        }
    }

    private static Reading pressure(Matcher match, int group, @Nullable LocalDate day, String field) {
        return new Reading(new BigDecimal(match.group(group)), Units.PRESSURE, day, field, null, null, null, null);
    }

    /** Forms made of LOINC questions carry the code in the linkId, such as {@code /44260-8}. */
    private void form(Referral.Form form, String field) {
        for (int i = 0; i < form.answers().size(); i++) {
            var answer = form.answers().get(i);
            var link = answer.linkId() == null ? null : LINK.matcher(answer.linkId());
            boolean itemNine =
                    answer.question() != null && isItemNine(answer.question().toLowerCase(Locale.ROOT));
            if (itemNine || (link != null && link.matches())) {
                add(
                        itemNine || link == null ? ITEM_NINE : link.group(1),
                        new Reading(
                                number("", answer.code(), answer.answer()),
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

    private void add(String loinc, Reading reading) {
        if (reading.saysSomething()) {
            byCode.computeIfAbsent(loinc, any -> new ArrayList<>(2)).add(reading);
        }
    }

    /** A number in a coded answer or at the beginning of a text, with the unit that follows it. */
    private static @Nullable BigDecimal number(String loinc, @Nullable Code code, @Nullable String text) {
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
                loinc,
                new BigDecimal(match.group(2).replace(',', '.')),
                rest.isEmpty() ? null : rest.split("\\s", 2)[0]);
        return switch (match.group(1) == null ? "" : match.group(1)) {
            case ">" -> number.add(HAIR);
            case "<" -> number.subtract(HAIR);
            default -> number;
        };
    }

    /** The last number of "7 to 56 U/L" or "up to 40", in our unit; absent where only a lower limit was sent. */
    private static @Nullable BigDecimal upperLimit(String loinc, @Nullable String range, @Nullable String unit) {
        if (range == null || range.startsWith("from ") || range.startsWith(">")) {
            return null;
        }
        var number = LAST_NUMBER.matcher(range.replaceAll("10\\*\\d|/\\d+", ""));
        if (!number.find()) {
            return null;
        }
        var own = number.group(2).strip();
        return inOurUnit(loinc, new BigDecimal(number.group(1).replace(',', '.')), own.isEmpty() ? unit : own);
    }

    private static BigDecimal inOurUnit(String loinc, BigDecimal value, @Nullable String unit) {
        var ours = UNITS.get(loinc);
        if (ours != null) {
            return Units.converted(value, unit, ours);
        }
        boolean ofHundred = value.compareTo(BigDecimal.TEN) > 0 || "mm".equals(unit);
        return PAIN.contains(loinc) && ofHundred ? value.movePointLeft(1) : value;
    }

    private static @Nullable String unit(String loinc, @Nullable String unit) {
        return UNITS.getOrDefault(loinc, unit);
    }

    /** Everything that was measured under a code. */
    List<Reading> of(String loinc) {
        return byCode.getOrDefault(loinc, List.of());
    }

    boolean has(Iterable<String> loinc) {
        for (var code : loinc) {
            if (!of(code).isEmpty()) {
                return true;
            }
        }
        return false;
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
        var all = new ArrayList<Reading>();
        PAIN.forEach(loinc -> all.addAll(of(loinc)));
        Reading worst = null;
        for (var reading : newest(all)) {
            var value = reading.value();
            if (value != null && (worst == null || worst.value() == null || value.compareTo(worst.value()) > 0)) {
                worst = reading;
            }
        }
        return worst;
    }
}
