package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.tables.ClinicFile;
import org.referralgateway.clinical.tables.ClinicalTables;

/** Each number of the policy, changed as a clinic would, and what it changes. */
class LimitsAreDataTest {

    private static final ClinicalTables TABLES = ClinicalTables.shipped();
    private static final String SHIPPED = ClinicFile.text(null, ClinicalPolicy.FILE);

    private static ClinicalRules rulesWith(String name, String number) {
        var changed = SHIPPED.replaceFirst("(?m)^  " + name + ": .*$", "  " + name + ": " + number);
        assertThat(changed).isNotEqualTo(SHIPPED);
        return new ClinicalRules(TABLES, PolicyFile.read(changed, TABLES));
    }

    private static String level(Told told, ClinicalRules rules, String item) {
        return told.conclusions(told.complete(rules)).screening().stream()
                .filter(finding -> finding.item().equals(item))
                .map(finding -> finding.level().code())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "systolic-hold-above,150,8480-6,160,mmHg,poorly-controlled-cardiovascular-disease,review,hold",
        "systolic-review-from,120,8480-6,130,mmHg,poorly-controlled-cardiovascular-disease,not-assessed,review",
        "diastolic-hold-above,85,8462-4,90,mmHg,poorly-controlled-cardiovascular-disease,review,hold",
        "diastolic-review-from,75,8462-4,80,mmHg,poorly-controlled-cardiovascular-disease,not-assessed,review",
        "transaminase-times-upper-limit,2,1742-6,100,U/L,hepatic-disease,within-limits,review",
        "bilirubin-times-upper-limit,1,1975-2,1.5,mg/dL,hepatic-disease,within-limits,review",
        "alanine-aminotransferase-upper-limit,30,1742-6,100,U/L,hepatic-disease,within-limits,review",
        "aspartate-aminotransferase-upper-limit,30,1920-8,100,U/L,hepatic-disease,within-limits,review",
        "bilirubin-upper-limit-mg-dl,0.5,1975-2,1.5,mg/dL,hepatic-disease,within-limits,review",
        "audit-c-women-from,2,75626-2,2,{score},active-substance-use-disorder,within-limits,review",
        "audit-from,5,75624-7,6,{score},active-substance-use-disorder,within-limits,review",
        "dast-10-from,2,82667-7,2,{score},active-substance-use-disorder,within-limits,review",
        "opioid-risk-tool-from,4,91392-1,5,{score},active-substance-use-disorder,within-limits,review",
        "phq-9-from,10,44261-6,12,{score},suicidality,not-assessed,review",
        "phq-9-item-9-from,2,44260-8,1,{score},suicidality,hold,within-limits",
        "intraocular-pressure-review-above,15,79892-6,18,mm[Hg],elevated-intraocular-pressure,within-limits,review",
        "pregnancy-hormone-above,2,21198-7,3,IU/L,pregnancy,within-limits,hold",
        "stale-days,2,75626-2,1,{score},active-substance-use-disorder,within-limits,not-assessed",
        "age-years-under,50,29463-7,70,kg,age-under-18,within-limits,review",
        "pregnancy-possible-from-age,50,29463-7,70,kg,pregnancy,not-assessed,within-limits",
        "pregnancy-possible-until-age,40,29463-7,70,kg,pregnancy,not-assessed,within-limits"
    })
    void aLimitThatAClinicChangesIsFollowed(
            String name,
            String number,
            String loinc,
            String value,
            String unit,
            String item,
            String before,
            String after) {
        var told = Told.of(Told.quantity(loinc, value, unit));

        assertThat(told.level(item)).isEqualTo(before);
        assertThat(level(told, rulesWith(name, number), item)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({"audit-c-men-from,3"})
    void theLimitOfMenIsTheirOwn(String name, String number) {
        var told = Told.of(Told.score("75626-2", "3")).man();

        assertThat(told.level("active-substance-use-disorder")).isEqualTo("within-limits");
        assertThat(level(told, rulesWith(name, number), "active-substance-use-disorder"))
                .isEqualTo("review");
    }

    @ParameterizedTest
    @CsvSource({"recent-event-days,10"})
    void whatCountsAsRecentIsFollowed(String name, String number) {
        var infarction = Told.condition(Told.CM, "I21.4", Told.clinical("resolved") + Told.onset("2026-10-20"));
        var told = Told.of(infarction);

        assertThat(told.level(ScreeningLimits.CARDIOVASCULAR)).isEqualTo("hold");
        assertThat(level(told, rulesWith(name, number), ScreeningLimits.CARDIOVASCULAR))
                .isEqualTo("review");
    }

    @ParameterizedTest
    @CsvSource({
        "hypertensive-emergency-systolic-from,200,8480-6,205",
        "hypertensive-emergency-diastolic-from,105,8462-4,110"
    })
    void whatIsAnEmergencyIsFollowed(String name, String number, String loinc, String value) {
        var told = Told.of(Told.quantity(loinc, value, "mmHg"));

        assertThat(told.flags()).isEmpty();
        assertThat(told.conclusions(told.complete(rulesWith(name, number))).redFlags())
                .extracting(flag -> flag.flag())
                .containsExactly("hypertensive-emergency");
    }

    @ParameterizedTest
    @CsvSource({"dn4-from,2,DN4,3", "paindetect-from,10,painDETECT,11", "lanss-from,8,S-LANSS,9"})
    void aScoreThatSpeaksForANeuropathicComponentIsFollowed(String name, String number, String score, String value) {
        var told = Told.of(Told.named(score, "\"valueQuantity\":{\"value\":" + value + "}"))
                .coded(Told.CM, "M17.11", "Osteoarthritis of the right knee");

        assertThat(told.fired()).contains("not-neuropathic");
        assertThat(told.conclusions(told.complete(rulesWith(name, number)))
                        .triage()
                        .fired())
                .extracting(fired -> fired.basis().rule())
                .doesNotContain("not-neuropathic");
    }
}
