package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.tables.ClinicFile;
import org.referralgateway.clinical.tables.ClinicalTables;

/** The named profiles besides the default, each chosen for a group as a clinic would. */
class ResistanceProfilesTest {

    private static final ClinicalTables TABLES = ClinicalTables.shipped();
    private static final String SHIPPED = ClinicFile.text(null, ClinicalPolicy.FILE);

    private static String result(Told told, String group, String profile) {
        var policy = PolicyFile.read(SHIPPED.replace("groups: {}", "groups: {" + group + ": " + profile + "}"), TABLES);
        return told.conclusions(told.complete(new ClinicalRules(TABLES, policy)))
                .resistance()
                .result()
                .code();
    }

    private static List<String> notTolerated(String drugs) {
        return Arrays.stream(drugs.split(" "))
                .map(drug -> Told.stopped(drug.replace('_', ' '), "", "2025-01-01", "2025-02-01", "not tolerated"))
                .toList();
    }

    private static Told sciatica(String onset, List<String> resources) {
        return Told.about(Told.CM, "M54.16", onset, resources.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01,6,amitriptyline duloxetine gabapentin pregabalin,met",
        "2024-01-01,5,amitriptyline duloxetine gabapentin pregabalin,met",
        "2024-01-01,4,amitriptyline duloxetine gabapentin pregabalin,not-met",
        "2024-01-01,'',amitriptyline duloxetine gabapentin pregabalin,unclear",
        "2024-01-01,6,amitriptyline duloxetine gabapentin,not-met",
        "2024-01-01,6,amitriptyline duloxetine gabapentin sertraline,not-met",
        "2025-11-22,6,amitriptyline duloxetine gabapentin pregabalin,met",
        "2025-11-23,6,amitriptyline duloxetine gabapentin pregabalin,not-met"
    })
    void refractoryDelphi2012(String onset, String interference, String drugs, String result) {
        var resources = new ArrayList<>(notTolerated(drugs));
        if (!interference.isEmpty()) {
            resources.add(Told.score("91147-9", interference));
        }

        assertThat(result(sciatica(onset, resources), "other-neuropathic-pain", "refractory-delphi-2012"))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "amitriptyline duloxetine gabapentin versatis qutenza tramadol botulinum_toxin,met",
        "amitriptyline duloxetine gabapentin versatis qutenza morphine botulinum_toxin,met",
        "amitriptyline duloxetine gabapentin versatis qutenza tramadol morphine,not-met",
        "amitriptyline nortriptyline gabapentin versatis qutenza tramadol botulinum_toxin,not-met",
        "amitriptyline duloxetine gabapentin,not-met"
    })
    void pharmacoresistantItalian(String drugs, String result) {
        assertThat(result(
                        sciatica("2026-11-01", notTolerated(drugs)),
                        "other-neuropathic-pain",
                        "pharmacoresistant-italian"))
                .isEqualTo(result);
    }

    private static Told migraine(String onset, String days, String drugs) {
        var resources = new ArrayList<>(notTolerated(drugs));
        if (!days.isEmpty()) {
            resources.add(Told.named("Headache days per month", "\"valueInteger\":" + days));
        }
        return Told.about(Told.CM, "G43.719", onset, resources.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01,8,amitriptyline topiramate propranolol,met",
        "2026-01-01,7,amitriptyline topiramate propranolol,not-met",
        "2026-01-01,'',amitriptyline topiramate propranolol,unclear",
        "2026-01-01,8,amitriptyline duloxetine propranolol,not-met",
        "2026-01-01,8,amitriptyline topiramate,not-met",
        "2026-09-22,8,amitriptyline topiramate propranolol,not-met"
    })
    void migraineResistantEhf2020(String onset, String days, String drugs, String result) {
        assertThat(result(migraine(onset, days, drugs), "chronic-migraine", "migraine-resistant-ehf-2020"))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01,amitriptyline topiramate propranolol candesartan erenumab botulinum_toxin,met",
        "2026-01-01,amitriptyline topiramate propranolol candesartan erenumab,not-met",
        "2026-07-01,amitriptyline topiramate propranolol candesartan erenumab botulinum_toxin,not-met"
    })
    void migraineRefractoryEhf2020(String onset, String drugs, String result) {
        assertThat(result(migraine(onset, "15", drugs), "chronic-migraine", "migraine-refractory-ehf-2020"))
                .isEqualTo(result);
    }
}
