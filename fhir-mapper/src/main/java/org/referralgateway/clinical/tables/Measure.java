package org.referralgateway.clinical.tables;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules ask of measurements; by which codes and names each is known is in {@code measurements.csv}. */
public enum Measure {
    SYSTOLIC("systolic-blood-pressure", true),
    DIASTOLIC("diastolic-blood-pressure", true),
    /** Both pressures, as a panel or as "142/88". */
    PRESSURE("blood-pressure", true),
    PAIN("pain-intensity", true),
    /** Pain, enjoyment and activity together. */
    PEG("peg", false),
    INTERFERENCE("interference", false),
    FUNCTION("function", false),
    ALT("alanine-aminotransferase", true),
    AST("aspartate-aminotransferase", true),
    BILIRUBIN("bilirubin", true),
    AUDIT_C("audit-c", true),
    AUDIT("audit", true),
    DAST("dast-10", true),
    OPIOID_RISK("opioid-risk-tool", true),
    PHQ_9("phq-9", true),
    PHQ_9_ITEM_9("phq-9-item-9", true),
    MOOD("mood-screen", false),
    PREGNANCY_STATUS("pregnancy-status", true),
    /** Tests of the hormone of pregnancy, which some laboratories answer by a number. */
    PREGNANCY_HORMONE("pregnancy-hormone", true),
    DRUG_TEST("drug-test", true),
    RIGHT_EYE("intraocular-pressure-right", true),
    LEFT_EYE("intraocular-pressure-left", true),
    WEIGHT("weight", true),
    ECG("ecg", false),
    BUDAPEST("budapest-criteria", false),
    WIDESPREAD_PAIN("widespread-pain-index", false),
    SYMPTOM_SEVERITY("symptom-severity", false),
    HEADACHE_DAYS("headache-days", false),
    DN4("dn4", false),
    PAINDETECT("paindetect", false),
    LANSS("lanss", false),
    MORPHINE_EQUIVALENTS("morphine-equivalents", false);

    private final String word;
    private final boolean isForLimits;

    Measure(String word, boolean isForLimits) {
        this.word = word;
        this.isForLimits = isForLimits;
    }

    /** As the table has it. */
    public String word() {
        return word;
    }

    /** True for what is judged by its number or its date: words about it would bring back what a newer one has settled. */
    public boolean isForLimits() {
        return isForLimits;
    }

    static @Nullable Measure of(String word) {
        return Arrays.stream(values())
                .filter(measure -> measure.word.equals(word))
                .findFirst()
                .orElse(null);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Measure::word).toList();
    }
}
