package org.referralgateway.clinical;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.Readings.Reading;
import org.referralgateway.clinical.tables.Measure;
import org.referralgateway.events.Conclusions.ScreeningLevel;

/**
 * Numbers and coded answers against the clinic's limits. The newest reading counts, and what bears no date; an old or undated
 * good one assesses nothing, an old bad one still counts, and an earlier one beyond a hold asks for a review. Source: the
 * clinic's reference notes, sections 4 and 5; {@code screening.csv}, column {@code threshold}.
 */
final class ScreeningLimits {

    static final String CARDIOVASCULAR = "poorly-controlled-cardiovascular-disease";
    private static final String HEPATIC = "hepatic-disease";
    private static final String SUBSTANCE = "active-substance-use-disorder";
    private static final String SUICIDALITY = "suicidality";
    private static final String OCULAR = "elevated-intraocular-pressure";
    private static final String BASELINE = "dosing-and-baseline-data";

    private static final Set<String> POSITIVE = Set.of(
            "10828004",
            "260373001",
            "77386006",
            "146799005",
            "LA6576-8",
            "LA15173-0",
            "LA33-6",
            "LA11882-0",
            "positive",
            "pos",
            "detected",
            "present",
            "yes",
            "pregnant",
            "reactive",
            "true",
            "positiv");
    private static final Set<String> NEGATIVE = Set.of(
            "260385009",
            "260415000",
            "60001007",
            "LA6577-6",
            "LA26683-5",
            "LA32-8",
            "LA11883-8",
            "negative",
            "neg",
            "not detected",
            "absent",
            "no",
            "not pregnant",
            "non reactive",
            "nonreactive",
            "false",
            "negativ");

    /** A full stop, or what stands in brackets. */
    private static final Pattern END = Pattern.compile("\\.$|\\s*\\(.*\\)\\.?$");

    private static final Pattern COMMA = Pattern.compile(",\\s*");

    private final Chart chart;
    private final ClinicalPolicy policy;
    private final Map<String, ScreeningEvidence> items;

    ScreeningLimits(Chart chart, ClinicalPolicy policy, Map<String, ScreeningEvidence> items) {
        this.chart = chart;
        this.policy = policy;
        this.items = items;
    }

    /** From which number on something is asked for; absent where it never is. */
    private record Limit(
            @Nullable BigDecimal holdAbove,
            @Nullable BigDecimal holdFrom,
            @Nullable BigDecimal reviewAbove,
            @Nullable BigDecimal reviewFrom) {

        ScreeningLevel level(BigDecimal value) {
            if ((holdAbove != null && value.compareTo(holdAbove) > 0)
                    || (holdFrom != null && value.compareTo(holdFrom) >= 0)) {
                return ScreeningLevel.HOLD;
            }
            boolean review = (reviewAbove != null && value.compareTo(reviewAbove) > 0)
                    || (reviewFrom != null && value.compareTo(reviewFrom) >= 0);
            return review ? ScreeningLevel.REVIEW : ScreeningLevel.WITHIN_LIMITS;
        }

        static Limit reviewFrom(BigDecimal from) {
            return new Limit(null, null, null, from);
        }

        static Limit reviewAbove(BigDecimal above) {
            return new Limit(null, null, above, null);
        }
    }

    void judge() {
        bloodPressure();
        liver();
        scores();
        answers("pregnancy-status", ScreeningRules.PREGNANCY, Measure.PREGNANCY_STATUS, ScreeningLevel.HOLD);
        answers("pregnancy-status", ScreeningRules.PREGNANCY, Measure.PREGNANCY_HORMONE, ScreeningLevel.HOLD);
        answers("drug-test", SUBSTANCE, Measure.DRUG_TEST, ScreeningLevel.REVIEW);
        for (var eye : List.of(Measure.RIGHT_EYE, Measure.LEFT_EYE)) {
            number(
                    "intraocular-pressure",
                    OCULAR,
                    eye,
                    Limit.reviewAbove(policy.limit("intraocular-pressure-review-above")));
        }
        weight();
    }

    private void bloodPressure() {
        var systolic = number(
                "systolic-blood-pressure",
                CARDIOVASCULAR,
                Measure.SYSTOLIC,
                new Limit(policy.limit("systolic-hold-above"), null, null, policy.limit("systolic-review-from")));
        var diastolic = number(
                "diastolic-blood-pressure",
                CARDIOVASCULAR,
                Measure.DIASTOLIC,
                new Limit(policy.limit("diastolic-hold-above"), null, null, policy.limit("diastolic-review-from")));
        if (systolic == ScreeningLevel.WITHIN_LIMITS && diastolic == ScreeningLevel.WITHIN_LIMITS) {
            within(CARDIOVASCULAR, "blood-pressure", Measure.SYSTOLIC);
            within(CARDIOVASCULAR, "blood-pressure", Measure.DIASTOLIC);
        }
    }

    private void liver() {
        var transaminase = policy.limit("transaminase-times-upper-limit");
        enzyme(
                "alanine-aminotransferase",
                Measure.ALT,
                transaminase,
                policy.limit("alanine-aminotransferase-upper-limit"));
        enzyme(
                "aspartate-aminotransferase",
                Measure.AST,
                transaminase,
                policy.limit("aspartate-aminotransferase-upper-limit"));
        enzyme(
                "bilirubin",
                Measure.BILIRUBIN,
                policy.limit("bilirubin-times-upper-limit"),
                policy.limit("bilirubin-upper-limit-mg-dl"));
    }

    /** Against the laboratory's own upper limit, else against the clinic's. */
    private void enzyme(String rule, Measure measure, BigDecimal times, BigDecimal usual) {
        for (var reading : Readings.newest(chart.readings.of(measure))) {
            var limit = (reading.upperLimit() == null ? usual : reading.upperLimit()).multiply(times);
            one(rule, HEPATIC, reading, Limit.reviewAbove(limit), true);
        }
        if (!chart.readings.has(measure)) {
            evidence(HEPATIC).lacks(rule);
        }
    }

    private void scores() {
        var auditC = policy.limit(chart.isMale() ? "audit-c-men-from" : "audit-c-women-from");
        score("audit-c", SUBSTANCE, Measure.AUDIT_C, Limit.reviewFrom(auditC));
        score("audit", SUBSTANCE, Measure.AUDIT, Limit.reviewFrom(policy.limit("audit-from")));
        score("dast-10", SUBSTANCE, Measure.DAST, Limit.reviewFrom(policy.limit("dast-10-from")));
        score(
                "opioid-risk-tool",
                SUBSTANCE,
                Measure.OPIOID_RISK,
                Limit.reviewFrom(policy.limit("opioid-risk-tool-from")));
        score(
                "phq-9-item-9",
                SUICIDALITY,
                Measure.PHQ_9_ITEM_9,
                new Limit(null, policy.limit("phq-9-item-9-from"), null, null));
        // A low total says nothing about item 9.
        if (number("phq-9", SUICIDALITY, Measure.PHQ_9, Limit.reviewFrom(policy.limit("phq-9-from")))
                        == ScreeningLevel.WITHIN_LIMITS
                && !chart.readings.has(Measure.PHQ_9_ITEM_9)) {
            evidence(SUICIDALITY).lacks("phq-9-item-9");
        }
    }

    private void score(String rule, String item, Measure measure, Limit limit) {
        if (number(rule, item, measure, limit) == ScreeningLevel.WITHIN_LIMITS) {
            within(item, rule, measure);
        }
    }

    private void within(String item, String rule, Measure measure) {
        for (var reading : Readings.newest(chart.readings.of(measure))) {
            if (isFresh(reading)) {
                evidence(item).say(ScreeningLevel.WITHIN_LIMITS, rule, reading.field(), reading);
            }
        }
    }

    /** The level of the newest readings; what is within limits is left for the caller to say. */
    private ScreeningLevel number(String rule, String item, Measure measure, Limit limit) {
        var all = chart.readings.of(measure);
        if (all.isEmpty()) {
            evidence(item).lacks(rule);
            return ScreeningLevel.NOT_ASSESSED;
        }
        var newest = Readings.newest(all);
        var worst = ScreeningLevel.NOT_ASSESSED;
        for (var reading : newest) {
            var level = one(rule, item, reading, limit, item.equals(OCULAR));
            worst = level.compareTo(worst) < 0 ? level : worst;
        }
        for (var reading : all) {
            boolean earlierHold = !newest.contains(reading)
                    && isFresh(reading)
                    && reading.value() != null
                    && limit.level(reading.value()) == ScreeningLevel.HOLD;
            if (earlierHold) {
                evidence(item).say(ScreeningLevel.REVIEW, rule + "-earlier", reading.field(), reading);
            }
        }
        return worst;
    }

    private ScreeningLevel one(String rule, String item, Reading reading, Limit limit, boolean saysWithin) {
        if (reading.value() == null) {
            evidence(item).lacks(reading.field() + ".value");
            return ScreeningLevel.NOT_ASSESSED;
        }
        var level = limit.level(reading.value());
        if (level != ScreeningLevel.WITHIN_LIMITS) {
            evidence(item).say(level, rule, reading.field(), reading);
            return level;
        }
        if (!isFresh(reading)) {
            evidence(item).lacks(rule);
            return ScreeningLevel.NOT_ASSESSED;
        }
        if (saysWithin) {
            evidence(item).say(level, rule, reading.field(), reading);
        }
        return level;
    }

    private void answers(String rule, String item, Measure measure, ScreeningLevel positive) {
        for (var reading : chart.readings.newestOfEach(measure)) {
            var pregnant = saysPregnant(reading, measure);
            if (is(reading, POSITIVE, Answers.YES) || Boolean.TRUE.equals(pregnant)) {
                evidence(item).say(positive, rule, reading.field());
            } else if ((is(reading, NEGATIVE, Answers.NO) || Boolean.FALSE.equals(pregnant)) && isFresh(reading)) {
                evidence(item).say(ScreeningLevel.WITHIN_LIMITS, rule, reading.field());
            } else {
                evidence(item).lacks(rule);
            }
        }
    }

    /** The hormone of pregnancy as a number; absent where it is none, or a small one without a unit, which may be a code. */
    private @Nullable Boolean saysPregnant(Reading reading, Measure measure) {
        if (reading.value() == null || measure != Measure.PREGNANCY_HORMONE) {
            return null;
        }
        boolean above = reading.value().compareTo(policy.limit("pregnancy-hormone-above")) > 0;
        return above ? Boolean.TRUE : reading.unit() == null ? null : Boolean.FALSE;
    }

    private static boolean is(Reading reading, Set<String> words, Answers answer) {
        return (reading.code() != null && words.contains(reading.code().code()))
                || isOne(reading.text(), words)
                || (reading.text() != null && reading.value() == null && Answers.of(reading.text()) == answer)
                || isOneOf(reading.interpretation(), words);
    }

    /** Several interpretations are one text: "POS, A". */
    private static boolean isOneOf(@Nullable String interpretation, Set<String> words) {
        return interpretation != null && COMMA.splitAsStream(interpretation).anyMatch(one -> isOne(one, words));
    }

    private static boolean isOne(@Nullable String text, Set<String> words) {
        if (text == null) {
            return false;
        }
        var plain = END.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll("");
        return words.contains(plain);
    }

    private void weight() {
        var newest = Readings.newest(chart.readings.of(Measure.WEIGHT));
        for (var reading : newest) {
            if (isFresh(reading)) {
                evidence(BASELINE).say(ScreeningLevel.INFORMATION, "weight", reading.field(), reading);
            }
        }
        if (newest.stream().noneMatch(this::isFresh)) {
            evidence(BASELINE).lacks("weight");
        }
    }

    /** Not older than the clinic allows; without a date nothing can be called fresh. */
    private boolean isFresh(Reading reading) {
        return reading.day() != null
                && !reading.day()
                        .isBefore(
                                chart.today.minusDays(policy.limit("stale-days").longValue()));
    }

    private ScreeningEvidence evidence(String item) {
        // A clinic may have taken the item out of its table; then nobody asks.
        return items.getOrDefault(item, new ScreeningEvidence(item));
    }
}
