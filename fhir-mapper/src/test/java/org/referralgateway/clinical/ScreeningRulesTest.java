package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 5 of the reference notes: what is a hold, what a review, what is only to know, and what says nothing. */
class ScreeningRulesTest {

    private static final String PSYCHOSIS = "active-psychosis";

    @ParameterizedTest
    @CsvSource({
        "active,confirmed,hold",
        "recurrence,'',hold",
        "relapse,'',hold",
        "'','',hold",
        "active,unconfirmed,hold",
        "active,provisional,hold",
        "active,differential,hold",
        "inactive,'',review",
        "remission,'',review",
        "resolved,'',review",
        "active,refuted,within-limits",
        "active,entered-in-error,not-assessed"
    })
    void onlyWhatIsActiveAndNotRefutedTriggers(String clinical, String verification, String level) {
        var rest = (clinical.isEmpty() ? "" : Told.clinical(clinical))
                + (verification.isEmpty() ? "" : Told.verified(verification));

        assertThat(Told.of(Told.condition(Told.CM, "F20.9", rest)).level(PSYCHOSIS))
                .isEqualTo(level);
        assertThat(Told.of(Told.words("Schizophrenia", rest)).level(PSYCHOSIS)).isEqualTo(level);
    }

    @Test
    void whatAbatedIsOverWithoutAStatus() {
        var abated = ",\"abatementDateTime\":\"2015-01-01\"";

        assertThat(Told.of(Told.condition(Told.CM, "F20.9", abated)).level(PSYCHOSIS))
                .isEqualTo("review");
        assertThat(Told.of(Told.condition(Told.CM, "F20.9", Told.clinical("active") + abated))
                        .level(PSYCHOSIS))
                .isEqualTo("hold");
    }

    /** Every hold of the notes by code, by the WHO's code, and in words. */
    @ParameterizedTest
    @CsvSource({
        "poorly-controlled-cardiovascular-disease,I16.0,I21.9,unstable angina",
        "pregnancy,Z34.90,Z33,pregnancy",
        "active-psychosis,F25.0,F12.5,psychosis",
        "hepatic-disease,K72.10,K72.9,liver failure",
        "active-substance-use-disorder,F11.20,F10.3,opioid use disorder",
        "pre-eclampsia-or-eclampsia,O14.90,O15.0,pre-eclampsia",
        "suicidality,R45.851,R45.8,suicidal ideation",
    })
    void holds(String item, String icd10Cm, String icd10, String words) {
        assertThat(Told.of(Told.condition(Told.CM, icd10Cm, "")).level(item)).isEqualTo("hold");
        assertThat(Told.of(Told.condition(Told.WHO, icd10, "")).level(item)).isEqualTo("hold");
        assertThat(Told.of(Told.words(words, "")).level(item)).isEqualTo("hold");
        assertThat(Told.of().note(words + " since March").level(item))
                .isEqualTo(item.equals("pregnancy") ? Told.of().level(item) : "hold");
    }

    @ParameterizedTest
    @CsvSource({
        "poorly-controlled-cardiovascular-disease,I10,hypertension",
        "active-psychosis,F31.9,bipolar disorder",
        "hepatic-disease,K74.60,cirrhosis",
        "elevated-intracranial-pressure,G93.2,hydrocephalus",
        "elevated-intraocular-pressure,H40.9,glaucoma",
        "cerebrovascular-or-head-injury,I63.9,stroke",
        "uncontrolled-hyperthyroidism,E05.90,hyperthyroidism",
        "seizure-disorder,G40.909,epilepsy",
        "bladder-disease,N30.10,interstitial cystitis",
        "porphyria,E80.20,porphyria",
        "suicidality,Z91.51,",
        "sleep-apnoea-or-respiratory-risk,G47.33,COPD",
        "cognitive-impairment-or-capacity,F03.90,dementia",
    })
    void reviews(String item, String code, String words) {
        assertThat(Told.of(Told.condition(Told.CM, code, "")).level(item)).isEqualTo("review");
        if (words != null) {
            assertThat(Told.of(Told.words(words, "")).level(item)).isEqualTo("review");
            assertThat(Told.of(Told.words(words, Told.clinical("resolved"))).level(item))
                    .isEqualTo("information");
        }
    }

    @Test
    void remissionCodesDropOneLevel() {
        assertThat(Told.of(Told.condition(Told.CM, "F10.20", "")).level("active-substance-use-disorder"))
                .isEqualTo("hold");
        assertThat(Told.of(Told.condition(Told.CM, "F10.21", "")).level("active-substance-use-disorder"))
                .isEqualTo("review");
        assertThat(Told.of(Told.condition(Told.CM, "F10.21", Told.clinical("remission")))
                        .level("active-substance-use-disorder"))
                .isEqualTo("review");
        assertThat(Told.of(Told.words("Alcohol dependence, in remission", "")).level("active-substance-use-disorder"))
                .isEqualTo("review");
    }

    @ParameterizedTest
    @CsvSource({"pregnancy,Pregnancy,information", "pre-eclampsia-or-eclampsia,Pre-eclampsia,information"})
    void aPregnancyThatIsOverIsOnlyToKnow(String item, String words, String level) {
        assertThat(Told.of(Told.words(words, Told.clinical("resolved"))).level(item))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"2026-08-24,hold", "2026-08-23,review", "2026-11,hold", "2026,hold", "2015,review", "'',review"})
    void recentEventDays(String onset, String level) {
        var began = onset.isEmpty() ? "" : Told.onset(onset);

        assertThat(Told.of(Told.words("Myocardial infarction", began))
                        .level("poorly-controlled-cardiovascular-disease"))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"2026-08-24,hold", "2026-08-23,review"})
    void aRecentInfarctionIsAHoldEvenWhereItIsResolved(String onset, String level) {
        assertThat(Told.of(Told.condition(Told.CM, "I21.4", Told.clinical("resolved") + Told.onset(onset)))
                        .level("poorly-controlled-cardiovascular-disease"))
                .isEqualTo(level);
    }

    @Test
    void nothingSentIsNotAssessedAndNeverClear() {
        var told = Told.of().conclusions().screening();

        assertThat(told)
                .filteredOn(finding -> !finding.item().equals("age-under-18"))
                .allSatisfy(finding -> assertThat(finding.level().code()).isEqualTo("not-assessed"))
                .allSatisfy(finding -> assertThat(finding.basis().rule()).isEqualTo("nothing-sent"))
                .allSatisfy(finding -> assertThat(finding.basis().missing()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({"2008-11-22,within-limits", "2008-11-23,review", "2008,review", "2007,within-limits"})
    void ageUnder18(String born, String level) {
        assertThat(Told.of()
                        .patient("\"gender\":\"male\",\"birthDate\":\"" + born + "\"")
                        .level("age-under-18"))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "male,1996-04-05,within-limits",
        "female,1971-11-22,not-assessed",
        "female,1970-11-22,within-limits",
        "female,1970-11-23,not-assessed",
        "female,2014-11-22,not-assessed",
        "female,2014-11-23,within-limits",
        "unknown,1996-04-05,not-assessed"
    })
    void pregnancyIsPossible(String sex, String born, String level) {
        assertThat(Told.of()
                        .patient("\"gender\":\"" + sex + "\",\"birthDate\":\"" + born + "\"")
                        .level("pregnancy"))
                .isEqualTo(level);
    }

    @Test
    void aPregnantManIsLookedAtToo() {
        assertThat(Told.of(Told.condition(Told.CM, "Z34.90", "")).man().level("pregnancy"))
                .isEqualTo("hold");
    }

    @ParameterizedTest
    @CsvSource({
        "lorazepam,concurrent-cns-depressant,review",
        "oxycodone,concurrent-cns-depressant,review",
        "tramadol,concurrent-cns-depressant,review",
        "theophylline,concurrent-xanthine,review",
        "methylphenidate,concurrent-sympathomimetic,review",
        "phenelzine,concurrent-maoi,information",
        "levothyroxine,thyroid-replacement,information",
        "ketamine,prior-ketamine-exposure,information",
    })
    void drugsThatAreTakenNow(String drug, String item, String level) {
        assertThat(Told.of(Told.current(drug, "1 tablet daily")).level(item)).isEqualTo(level);
        assertThat(Told.of(Told.stopped(drug, "1 tablet daily", "2020-01-01", "2020-06-01", ""))
                        .level(item))
                .isEqualTo(item.equals("prior-ketamine-exposure") ? "information" : "not-assessed");
        assertThat(Told.of(Told.statement("not-taken", drug, "", "", "", "")).level(item))
                .isEqualTo("not-assessed");
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.whocc.no/atc,N05BA06",
        "http://fhir.de/CodeSystem/bfarm/atc,N05BA01",
        "http://www.nlm.nih.gov/research/umls/rxnorm,6470"
    })
    void drugsByCode(String system, String code) {
        var drug =
                "{\"resourceType\":\"MedicationStatement\",\"status\":\"active\",\"subject\":{\"reference\":\"Patient/p\"},"
                        + "\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"" + system + "\",\"code\":\"" + code
                        + "\"}]}}";

        assertThat(Told.of(drug).level("concurrent-cns-depressant")).isEqualTo("review");
    }

    @ParameterizedTest
    @CsvSource({
        "Ketamine,'',hold",
        "Esketamine,'',hold",
        "Ketanest,'',hold",
        "Ketamine,refuted,within-limits",
        "No known allergies,'',within-limits",
        "NKDA,'',within-limits",
        "No known allergy to ketamine,'',within-limits",
        "No allergies except ketamine,'',hold",
        "Penicillin,'',not-assessed"
    })
    void ketamineHypersensitivity(String text, String verification, String level) {
        assertThat(Told.of(Told.allergy(text, verification.isEmpty() ? "" : Told.verified(verification)))
                        .level("ketamine-hypersensitivity"))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"active,hold", "inactive,review", "resolved,review"})
    void anAllergyThatIsOverIsAReview(String clinical, String level) {
        assertThat(Told.of(Told.allergy("Ketamine", Told.clinical(clinical))).level("ketamine-hypersensitivity"))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "anaphylaxis,hold",
        "allergic rash,hold",
        "angioedema,hold",
        "hypersensitivity,hold",
        "nausea,not-assessed"
    })
    void aReactionToKetamineBesideTheDrug(String reason, String level) {
        assertThat(Told.of(Told.stopped("ketamine", "", "2020-01-01", "2020-01-02", reason))
                        .level("ketamine-hypersensitivity"))
                .isEqualTo(level);
        assertThat(Told.of(Told.stopped("pregabalin", "", "2020-01-01", "2020-01-02", reason))
                        .level("ketamine-hypersensitivity"))
                .isEqualTo("not-assessed");
    }

    @Test
    void aDangerThatADrugCausedIsAReview() {
        assertThat(Told.of(Told.stopped("duloxetine", "60 mg", "2020-01-01", "2020-06-01", "suicidal ideation"))
                        .level("suicidality"))
                .isEqualTo("review");
    }

    @Test
    void whatADrugIsForCountsWhileItIsTaken() {
        var on = Told.current("buprenorphine", "8 mg")
                .replace("\"status\"", "\"reasonCode\":[{\"text\":\"opioid use disorder\"}],\"status\"");

        assertThat(Told.of(on).level("active-substance-use-disorder")).isEqualTo("hold");
        assertThat(Told.of(on.replace("active", "stopped")).level("active-substance-use-disorder"))
                .isEqualTo("not-assessed");
    }

    @ParameterizedTest
    @CsvSource({"completed,information", "not-done,not-assessed"})
    void anEarlierInfusionIsToKnow(String status, String level) {
        assertThat(Told.of(
                                "{\"resourceType\":\"Procedure\",\"status\":\"" + status
                                        + "\",\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"text\":\"Ketamine infusion\"}}")
                        .level("prior-ketamine-exposure"))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Psychosis since March | hold",
                "history of psychosis in 2009 | review",
                "denies psychosis | within-limits",
                "her mother has psychosis | not-assessed",
                "call us if psychosis occurs | not-assessed",
                "advice if she develops psychosis | not-assessed",
                "manic last week | review",
            })
    void wordsOfANote(String note, String level) {
        assertThat(Told.of().note(note).level(PSYCHOSIS)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"2500,hold", "5,not-assessed", "5.1,hold"})
    void theHormoneOfPregnancy(String value, String level) {
        assertThat(Told.of(Told.named("hCG", "\"valueQuantity\":{\"value\":" + value + "}"))
                        .level("pregnancy"))
                .isEqualTo(level);
    }

    @Test
    void weeksOfAGestationAndADateOfDeliveryArePregnancy() {
        assertThat(Told.of(Told.named("Gestational age", "\"valueQuantity\":{\"value\":14,\"unit\":\"wk\"}"))
                        .level("pregnancy"))
                .isEqualTo("hold");
        assertThat(Told.of(Told.named("Delivery date Estimated", "\"valueDateTime\":\"2027-03-01\""))
                        .level("pregnancy"))
                .isEqualTo("hold");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Suicidal thoughts | \"valueBoolean\":true | hold",
                "Suicidal thoughts | \"valueBoolean\":false | not-assessed",
                "Suicidal thoughts | \"valueString\":\"unknown\" | not-assessed",
                "Suicide attempts | \"valueQuantity\":{\"value\":1} | hold",
                "Suicide attempts | \"valueQuantity\":{\"value\":0} | not-assessed",
                "Mental state | \"valueString\":\"actively suicidal with a plan\" | hold",
                "Finding | \"valueCodeableConcept\":{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"6471006\"}]} | hold",
            })
    void findingsThatCameAsObservations(String name, String value, String level) {
        assertThat(Told.of(Told.named(name, value)).level("suicidality")).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "2106-3,1250,mIU/mL,hold",
        "21198-7,5.1,IU/L,hold",
        "21198-7,5,IU/L,within-limits",
        "19080-1,2,IU/L,within-limits",
        "2106-3,1,,not-assessed"
    })
    void theHormoneOfPregnancyUnderItsCode(String loinc, String value, @Nullable String unit, String level) {
        var quantity =
                "\"valueQuantity\":{\"value\":" + value + (unit == null ? "" : ",\"unit\":\"" + unit + "\"") + "}";

        assertThat(Told.of(Told.observation(loinc, quantity, "2026-11-18")).level("pregnancy"))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "82810-3,12 weeks pregnant,hold",
        "82810-3,Yes - EDD in March,hold",
        "82810-3,Not pregnant - tested today,within-limits",
        "2106-3,Positive (weak),hold",
        "65750-2,Negative except cannabinoids,not-assessed"
    })
    void aTestInWordsOfItsOwn(String loinc, String words, String level) {
        var item = loinc.equals("65750-2") ? "active-substance-use-disorder" : "pregnancy";

        assertThat(Told.of(Told.observation(loinc, "\"valueString\":\"" + words + "\"", "2026-11-18"))
                        .level(item))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Suicide attempt in 1998 | review",
                "Suicide attempt 2024 | review",
                "Suicide attempt in 2025 | hold",
                "Overdose on paracetamol (2026) | hold",
                "2012 suicide attempt | review",
                "suicidal since 2019 | hold",
            })
    void aYearMakesWhatHappenedPast(String note, String level) {
        assertThat(Told.of().note(note).level("suicidality")).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"schizophrenia diagnosed 2009,hold", "schizophrenia (2009),hold", "schizophrenia since 2009,hold"})
    void aYearBesideWhatLastsIsWhenItBegan(String note, String level) {
        assertThat(Told.of().note(note).level(PSYCHOSIS)).isEqualTo(level);
    }

    @Test
    void aDangerFromADrugThatIsStillTakenIsAHold() {
        var taken = Told.statement("active", "duloxetine", "60 mg", "2026-06-01", "", "")
                .replace("\"status\"", "\"note\":[{\"text\":\"suicidal thoughts since the dose went up\"}],\"status\"");

        assertThat(Told.of(taken).level("suicidality")).isEqualTo("hold");
    }

    @ParameterizedTest
    @CsvSource({"breastfeeding her baby,information", "not breastfeeding,within-limits", "'',not-assessed"})
    void lactation(String note, String level) {
        assertThat((note.isEmpty() ? Told.of() : Told.of().note(note)).level("lactation"))
                .isEqualTo(level);
    }
}
