package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.CodeSystems;
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

    private static final BigDecimal MMHG_PER_KPA = new BigDecimal("7.50062");
    private static final BigDecimal MG_DL_BILIRUBIN = new BigDecimal("17.1");
    private static final BigDecimal HAIR = new BigDecimal("0.001");
    private static final String BILIRUBIN = "1975-2";
    private static final List<String> PAIN = List.of("72514-3", "75893-8", "38208-5", "38214-3", "38221-8");
    private static final List<String> PANELS = List.of("85354-9", "55284-4", "18684-1");
    private static final Pattern PRESSURE = Pattern.compile("\\b(\\d{2,3})\\s*/\\s*(\\d{2,3})\\b");
    private static final Pattern NUMBER = Pattern.compile("\\s*(<=|>=|<|>|≤|≥)?\\s*(\\d{1,6}(?:[.,]\\d{1,4})?)\\b");
    private static final Pattern LINK = Pattern.compile("(?:.*[/#])?(\\d{1,6}-\\d)");

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
     * @param range what is usual, as the laboratory says
     */
    record Reading(
            @Nullable BigDecimal value,
            @Nullable String unit,
            @Nullable LocalDate day,
            String field,
            @Nullable Code code,
            @Nullable String text,
            @Nullable String interpretation,
            @Nullable String range) {}

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

    private void measurement(Measurement measurement, String field) {
        for (var loinc : codes(measurement.concept())) {
            if (PANELS.contains(loinc) && measurement.text() != null) {
                pressures(measurement, field);
            }
            var value = measurement.value() == null
                    ? number(measurement.code(), measurement.text())
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
                            measurement.range()));
        }
    }

    private static List<String> codes(Referral.Concept concept) {
        List<String> found = new ArrayList<>(2);
        for (var code : concept.codes()) {
            var loinc = CodeSystems.LOINC.equals(code.system())
                    ? code.code()
                    : CodeSystems.SNOMED_CT.equals(code.system()) ? SNOMED.get(code.code()) : null;
            if (loinc != null && !found.contains(loinc)) {
                found.add(loinc);
            }
        }
        if (found.isEmpty()) {
            var named = NAMES.get(concept.label().strip().toLowerCase(Locale.ROOT));
            if (named != null) {
                found.add(named);
            }
        }
        return found;
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
        return new Reading(new BigDecimal(match.group(group)), "mm[Hg]", day, field, null, null, null, null);
    }

    /** Forms made of LOINC questions carry the code in the linkId, such as {@code /44260-8}. */
    private void form(Referral.Form form, String field) {
        for (int i = 0; i < form.answers().size(); i++) {
            var answer = form.answers().get(i);
            var link = answer.linkId() == null ? null : LINK.matcher(answer.linkId());
            if (link != null && link.matches()) {
                add(
                        link.group(1),
                        new Reading(
                                number(answer.code(), answer.answer()),
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
        if (reading.value() != null || reading.text() != null || reading.code() != null) {
            byCode.computeIfAbsent(loinc, any -> new ArrayList<>(2)).add(reading);
        }
    }

    /** A number in a coded answer or at the beginning of a text. */
    private static @Nullable BigDecimal number(@Nullable Code code, @Nullable String text) {
        var coded = code == null ? null : PHQ_ANSWERS.get(code.code());
        if (coded == null && text != null) {
            coded = PHQ_ANSWERS.get(text.strip().toLowerCase(Locale.ROOT));
        }
        if (coded != null) {
            return BigDecimal.valueOf(coded);
        }
        var match = text == null ? null : NUMBER.matcher(text);
        if (match == null || !match.lookingAt()) {
            return null;
        }
        var number = new BigDecimal(match.group(2).replace(',', '.'));
        return switch (match.group(1) == null ? "" : match.group(1)) {
            case ">" -> number.add(HAIR);
            case "<" -> number.subtract(HAIR);
            default -> number;
        };
    }

    private static BigDecimal inOurUnit(String loinc, BigDecimal value, @Nullable String unit) {
        if ("kPa".equalsIgnoreCase(unit)) {
            return value.multiply(MMHG_PER_KPA).round(new MathContext(4));
        }
        if (loinc.equals(BILIRUBIN)
                && unit != null
                && unit.toLowerCase(Locale.ROOT).startsWith("umol")) {
            return value.divide(MG_DL_BILIRUBIN, new MathContext(6));
        }
        boolean ofHundred = value.compareTo(BigDecimal.TEN) > 0 || "mm".equals(unit);
        return PAIN.contains(loinc) && ofHundred ? value.movePointLeft(1) : value;
    }

    private static @Nullable String unit(String loinc, @Nullable String unit) {
        if (loinc.equals(SYSTOLIC) || loinc.equals(DIASTOLIC)) {
            return "mm[Hg]";
        }
        return loinc.equals(BILIRUBIN)
                        && unit != null
                        && unit.toLowerCase(Locale.ROOT).startsWith("umol")
                ? "mg/dL"
                : unit;
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
