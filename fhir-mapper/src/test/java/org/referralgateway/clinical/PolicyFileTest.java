package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.tables.ClinicFile;
import org.referralgateway.clinical.tables.ClinicalTables;

class PolicyFileTest {

    private static final ClinicalTables TABLES = ClinicalTables.shipped();
    private static final String SHIPPED = ClinicFile.text(null, "policy.yaml");

    @Test
    void theShippedPolicyHasTheFiveProfilesOfTheNotes() {
        var policy = PolicyFile.read(SHIPPED, TABLES);

        assertThat(policy.resistance().all())
                .extracting(ClinicalPolicy.Profile::name)
                .containsExactly(
                        "clinic-default",
                        "refractory-delphi-2012",
                        "pharmacoresistant-italian",
                        "migraine-resistant-ehf-2020",
                        "migraine-refractory-ehf-2020");
        assertThat(policy.resistance().of("fibromyalgia").name()).isEqualTo("clinic-default");
        assertThat(policy.limit("systolic-hold-above")).isEqualByComparingTo("180");
    }

    @Test
    void theStampNamesVersionTablesAndPolicy() {
        var stamp = PolicyFile.read(SHIPPED, TABLES).stamp();
        var other = PolicyFile.read(SHIPPED.replace("systolic-hold-above: 180", "systolic-hold-above: 170"), TABLES);

        assertThat(stamp)
                .matches("2026-11-b-[0-9a-f]{8}")
                .isEqualTo(PolicyFile.read(SHIPPED, TABLES).stamp());
        assertThat(other.stamp()).isNotEqualTo(stamp);
        assertThat(other.limit("systolic-hold-above")).isEqualTo(new BigDecimal("170"));
    }

    @Test
    void aGroupCanHaveAnotherProfile() {
        var policy = PolicyFile.read(
                SHIPPED.replace("groups: {}", "groups: {chronic-migraine: migraine-resistant-ehf-2020}"), TABLES);

        assertThat(policy.resistance().of("chronic-migraine").name()).isEqualTo("migraine-resistant-ehf-2020");
        assertThat(policy.resistance().of(null).name()).isEqualTo("clinic-default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "version: 2026-11-b; version: Two Words; line 4, column 10: must be lower-case words",
                "groups: {}; groups: {headache: clinic-default}; must be one of",
                "groups: {}; groups: {fibromyalgia: no-such}; must be one of",
                "default: clinic-default; default: none; must be one of",
                "trial-weeks: 4; trial-weeks: four; must be a number",
                "trial-weeks: 4; trial-weeks: 4.5; must be a whole number above zero",
                "trial-weeks: 4; trial-weeks: 0; must be a whole number above zero",
                "trial-weeks: 4; ; trial-weeks is missing",
                "trial-weeks: 4; trial-months: 4; is not known here; known are",
                "of: [gabapentinoid]; of: [gabapentinoids]; is no drug or class of medications.csv",
                "of: [gabapentinoid]; of: []; is more than there are classes",
                "count: drugs; count: pills; must be one of classes, drugs",
                "- ICD-10-CM G89.0; - ICD-11 G89.0; must be a system and a code",
                "systolic-hold-above: 180; systolic-hold-above: high; must be a number",
                "systolic-hold-above: 180; ; systolic-hold-above is missing",
                "item: onset,; item: onsets,; must be one of",
                "item: onset,; item: reason,; there is another one with the name reason",
                "level: preferred}; level: nice}; must be one of conditional, preferred, required",
                "when: red-flag; when: blue-flag; must be one of",
                "pain-at-least, number: 7; pain-at-least; pain-at-least needs a number",
                "when: red-flag; when: red-flag, number: 3; red-flag compares with no number",
                "when: acute-pain-under-days, number: 30; when: acute-pain-under-days; acute-pain-under-days needs a number",
                "days-in-a-month: 30; ; days-in-a-month is missing",
                "gap-days-at-most: 30; ; gap-days-at-most is missing",
                "recorded-only: [ssri]; recorded-only: [ssris]; is no drug or class of medications.csv",
                "dn4-from: 4; ; dn4-from is missing",
                "when: always; when: crps; the last rule must be one with when: always",
                "region: []; region: DE; must be a list",
                "maintenance-from-days: 30; maintenance-from-days: soon; must be a number",
            })
    void aMistakeIsNamedWithLineColumnAndWhatToDo(String from, String to, String message) {
        var text = SHIPPED.replaceFirst(java.util.regex.Pattern.quote(from), to == null ? "" : to);

        assertThat(text).isNotEqualTo(SHIPPED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(text, TABLES))
                .withMessageContaining("policy.yaml, line ")
                .withMessageContaining(", column ")
                .withMessageContaining(message.strip());
    }

    @Test
    void everyMistakeIsReportedAtOnce() {
        var text = SHIPPED.replace("systolic-hold-above: 180", "systolic-hold-above: high")
                .replace("when: red-flag", "when: blue-flag")
                .replace("groups: {}", "groups: {headache: clinic-default}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(text, TABLES))
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(3));
    }

    @ParameterizedTest
    @CsvSource({"'version: [', this is not YAML", "'', 'must be a mapping'", "'- a', 'must be a mapping'"})
    void whatIsNoPolicyAtAllIsSaid(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(text, TABLES))
                .withMessageContaining(message);
    }
}
