package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.events.Conclusions.Certainty;
import org.referralgateway.events.Conclusions.Indication;

/** Which condition group a referral is about, and how sure that is. */
class IndicationRulesTest {

    private static Indication of(Told told) {
        return told.conclusions().indication();
    }

    @ParameterizedTest
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10-cm,G90.511,complex-regional-pain-syndrome-1",
        "http://hl7.org/fhir/sid/icd-10-cm,M79.7,fibromyalgia",
        "http://hl7.org/fhir/sid/icd-10-cm,B02.29,post-herpetic-neuralgia",
        "http://hl7.org/fhir/sid/icd-10,G53.0,post-herpetic-neuralgia",
        "http://hl7.org/fhir/sid/icd-10-cm,S54.01XS,peripheral-nerve-injury",
        "http://hl7.org/fhir/sid/icd-10-cm,G43.719,chronic-migraine",
        "http://hl7.org/fhir/sid/icd-10-cm,G54.6,phantom-limb-pain",
        "http://hl7.org/fhir/sid/icd-10-cm,M54.16,other-neuropathic-pain"
    })
    void aDiagnosticCodeSetsTheGroup(String system, String code, String group) {
        var indication = of(Told.about(system, code, "2024"));

        assertThat(indication.group()).isEqualTo(group);
        assertThat(indication.certainty()).isEqualTo(Certainty.CODED);
        assertThat(indication.basis().used()).containsExactly("reasons[0].concept");
    }

    @ParameterizedTest
    @CsvSource({
        "Fibromyalgia,fibromyalgia",
        "?CRPS left hand,complex-regional-pain-syndrome-unspecified",
        "Paraplegia,spinal-cord-injury-pain",
        "Fibromialgia,fibromyalgia",
        "Chronische Migräne,chronic-migraine"
    })
    void wordsProposeAGroupForAPersonToConfirm(String text, String group) {
        var indication = of(Told.of().reason(text));

        assertThat(indication.group()).isEqualTo(group);
        assertThat(indication.certainty()).isEqualTo(Certainty.TO_CONFIRM);
    }

    @ParameterizedTest
    @CsvSource({
        "No evidence of fibromyalgia",
        "CRPS was ruled out",
        "Mother has fibromyalgia",
        "Keine Fibromyalgie",
        "Burning pain",
        "Phantom limb without pain"
    })
    void whatIsDeniedOrOfTheFamilyOrOnlyContextProposesNone(String text) {
        var indication = of(Told.of().reason(text));

        assertThat(indication.group()).isNull();
        assertThat(indication.certainty()).isEqualTo(Certainty.NONE);
    }

    @Test
    void nothingSentIsNamedAsMissing() {
        assertThat(of(Told.of().reason("Hip pain")).basis().missing()).isEmpty();
        assertThat(of(Told.of().reason("Hip pain")).basis().used()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"inactive", "resolved", "remission"})
    void aConditionThatIsOverDoesNotCount(String status) {
        var over = Told.condition(Told.CM, "G90.511", Told.clinical(status));

        assertThat(of(Told.of(over).reason("Hip pain")).group()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"refuted,null", "entered-in-error,null", "confirmed,complex-regional-pain-syndrome-1"})
    void aConditionThatIsWithdrawnDoesNotCount(String status, String group) {
        var withdrawn = Told.condition(Told.CM, "G90.511", Told.verified(status));

        assertThat(String.valueOf(of(Told.of(withdrawn).reason("Hip pain")).group()))
                .isEqualTo(group);
    }

    @ParameterizedTest
    @CsvSource({
        "unconfirmed,TO_CONFIRM",
        "provisional,TO_CONFIRM",
        "differential,TO_CONFIRM",
        "confirmed,CODED",
        "'',CODED"
    })
    void anUncertainDiagnosisIsToBeConfirmed(String status, Certainty certainty) {
        var diagnosis = Told.condition(Told.CM, "G90.511", status.isEmpty() ? "" : Told.verified(status));

        assertThat(of(Told.of(diagnosis).reason("Hand pain")).certainty()).isEqualTo(certainty);
    }

    @ParameterizedTest
    @CsvSource({"S54.01XA,TO_CONFIRM", "S54.01XD,CODED", "S54.01XS,CODED"})
    void anInjuryThatIsStillTreatedIsToBeConfirmed(String code, Certainty certainty) {
        assertThat(of(Told.about(Told.CM, code, "2026-10")).certainty()).isEqualTo(certainty);
    }

    @Test
    void reasonsComeBeforeProblems() {
        var problem = Told.condition(Told.CM, "G90.511", "");

        var indication = of(Told.about(Told.CM, "M79.7", "2024", problem));

        assertThat(indication.group()).isEqualTo("fibromyalgia");
        assertThat(indication.otherGroups()).containsExactly("complex-regional-pain-syndrome-1");
    }

    @Test
    void whatIsNamedExactlyComesBeforeWhatIsGeneral() {
        assertThat(of(Told.of().reason("Neuropathic pain, post-herpetic neuralgia"))
                        .group())
                .isEqualTo("post-herpetic-neuralgia");
        assertThat(of(Told.of().reason("CRPS. CRPS type II of the hand")).group())
                .isEqualTo("complex-regional-pain-syndrome-2");
    }

    @ParameterizedTest
    @CsvSource({
        "'',other-neuropathic-pain,CODED",
        "code,chemotherapy-induced-neuropathy,CODED",
        "note,chemotherapy-induced-neuropathy,TO_CONFIRM",
        "drug,chemotherapy-induced-neuropathy,CODED",
        "procedure,chemotherapy-induced-neuropathy,CODED",
        "not-done,other-neuropathic-pain,CODED",
        "refuted,other-neuropathic-pain,CODED"
    })
    void aNeuropathyByDrugsNeedsAChemotherapyBesideIt(String beside, String group, Certainty certainty) {
        var resource = switch (beside) {
            case "code" -> Told.condition(Told.CM, "Z92.21", Told.clinical("inactive"));
            case "refuted" -> Told.condition(Told.CM, "Z92.21", Told.verified("refuted"));
            case "drug" ->
                "{\"resourceType\":\"MedicationStatement\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/p\"},"
                        + "\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"http://www.whocc.no/atc\",\"code\":\"L01XA03\"}]}}";
            case "procedure", "not-done" ->
                "{\"resourceType\":\"Procedure\",\"status\":\""
                        + (beside.equals("procedure") ? "completed" : "not-done")
                        + "\",\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"coding\":[{\"system\":\"http://snomed.info/sct\","
                        + "\"code\":\"367336001\"}]}}";
            default -> Told.current("paracetamol", "1 g");
        };
        var told = Told.about(Told.CM, "G62.0", "2025-01", resource);

        var indication = of(beside.equals("note") ? told.note("Paclitaxel in 2024.") : told);

        assertThat(indication.group()).isEqualTo(group);
        assertThat(indication.certainty()).isEqualTo(certainty);
        assertThat(indication.basis().missing())
                .isEqualTo(
                        group.equals("other-neuropathic-pain")
                                ? java.util.List.of("support for chemotherapy-induced-neuropathy")
                                : java.util.List.of());
    }

    @Test
    void centralPainWithACordInjuryIsCordInjuryPain() {
        var paraplegia = Told.condition(Told.CM, "G82.20", "");

        assertThat(of(Told.about(Told.CM, "G89.0", "2024", paraplegia)).group()).isEqualTo("spinal-cord-injury-pain");
        assertThat(of(Told.about(Told.CM, "G89.0", "2024", paraplegia)).subgroup())
                .isEqualTo("central-pain");
        assertThat(of(Told.about(Told.CM, "G89.0", "2024")).group()).isEqualTo("other-neuropathic-pain");
        assertThat(of(Told.about(Told.CM, "G62.9", "2024", paraplegia)).group()).isEqualTo("other-neuropathic-pain");
    }

    @Test
    void supportingCodesProposeAndDoNotSet() {
        var indication = of(Told.about(Told.CM, "Z89.511", "2024"));

        assertThat(indication.group()).isEqualTo("phantom-limb-pain");
        assertThat(indication.certainty()).isEqualTo(Certainty.TO_CONFIRM);
    }

    @Test
    void aSupportingProblemBesideAnUnknownReasonProposesNone() {
        assertThat(of(Told.of(Told.condition(Told.CM, "Z89.511", "")).reason("Hip pain"))
                        .group())
                .isNull();
    }
}
