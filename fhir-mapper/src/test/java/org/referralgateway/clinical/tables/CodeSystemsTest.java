package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names under which senders know the systems of the tables. */
class CodeSystemsTest {

    @ParameterizedTest
    @CsvSource({
        "http://snomed.info/sct,http://snomed.info/sct",
        "https://snomed.info/sct,http://snomed.info/sct",
        "http://snomed.info/sct/,http://snomed.info/sct",
        "http://snomed.info/sct/32506021000036107/version/20260131,http://snomed.info/sct",
        "urn:oid:2.16.840.1.113883.6.96,http://snomed.info/sct",
        "2.16.840.1.113883.6.96,http://snomed.info/sct",
        "https://dmd.nhs.uk,http://snomed.info/sct",
        "https://loinc.org,http://loinc.org",
        "urn:oid:2.16.840.1.113883.6.1,http://loinc.org",
        "urn:oid:2.16.840.1.113883.6.90,http://hl7.org/fhir/sid/icd-10-cm",
        "http://hl7.org/fhir/sid/ICD-10-CM,http://hl7.org/fhir/sid/icd-10-cm",
        "http://terminology.hl7.org/CodeSystem/icd10,http://hl7.org/fhir/sid/icd-10",
        "http://hl7.org/fhir/sid/icd-10-am,http://hl7.org/fhir/sid/icd-10",
        "http://hl7.org/fhir/sid/icd-10-fr,http://hl7.org/fhir/sid/icd-10",
        "http://fhir.de/CodeSystem/dimdi/icd-10-gm,http://fhir.de/CodeSystem/bfarm/icd-10-gm",
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm|2026,http://fhir.de/CodeSystem/bfarm/icd-10-gm",
        "http://fhir.de/CodeSystem/bfarm/atc,http://www.whocc.no/atc",
        "urn:oid:2.16.840.1.113883.6.73,http://www.whocc.no/atc",
        "urn:oid:2.16.840.1.113883.6.88,http://www.nlm.nih.gov/research/umls/rxnorm",
        "http://www.cms.gov/Medicare/Coding/ICD10,http://www.cms.gov/Medicare/Coding/ICD10",
        "http://hl7.org/fhir/sid/icd-10-pcs,http://hl7.org/fhir/sid/icd-10-pcs",
        "https://ehr.example/codes,https://ehr.example/codes",
    })
    void areKnownByTheTables(String sent, String known) {
        assertThat(CodeSystems.canonical(sent)).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "http://snomed.info/sct,http://snomed.info/sct",
        "http://www.snomed.info/sct,http://snomed.info/sct",
        "https://snomed.info/sct/900000000000207008,http://snomed.info/sct",
        "https://dmd.nhs.uk,http://snomed.info/sct",
        "urn:oid:2.16.840.1.113883.6.1,http://loinc.org",
        "https://loinc.org/,http://loinc.org",
        "http://terminology.hl7.org/CodeSystem/rxnorm,http://www.nlm.nih.gov/research/umls/rxnorm",
        "http://fhir.de/CodeSystem/bfarm/atc,http://www.whocc.no/atc",
        "http://hl7.org/fhir/sid/icd-10-cm,http://hl7.org/fhir/sid/icd-10-cm",
        "http://fhir.de/CodeSystem/dimdi/icd-10-gm,http://fhir.de/CodeSystem/bfarm/icd-10-gm",
        "http://hl7.org/fhir/sid/icd-10-uk,http://hl7.org/fhir/sid/icd-10",
        "http://hl7.org/fhir/sid/cim-10,http://hl7.org/fhir/sid/icd-10",
    })
    void aVersionIsNoPartOfTheName(String sent, String known) {
        assertThat(CodeSystems.canonical(sent + "|" + UUID.randomUUID())).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ehr.example/codes",
                "http://hl7.org/fhir/sid/icd-10-pcs",
                "https://www.cms.gov/Medicare/Coding/ICD10",
                "https://snomed.info/sctx",
                "https://loinc.org/vs",
            })
    void whatNobodyKnowsStaysAsItIs(String sent) {
        var system = sent + "|" + UUID.randomUUID();

        assertThat(CodeSystems.canonical(system)).isEqualTo(system);
        assertThat(CodeSystems.canonical(system)).isEqualTo(system);
    }

    /** So many that nothing is remembered of the last ones. */
    @Test
    void manyNamesOfOneSystemAreKnownToo() {
        for (int version = 0; version < 1200; version++) {
            assertThat(CodeSystems.canonical("https://loinc.org|2." + version)).isEqualTo(CodeSystems.LOINC);
        }
    }

    @Test
    void aSystemIsKnownByItsUrlOnly() {
        assertThat(CodeSystems.isKnown("http://loinc.org")).isTrue();
        assertThat(CodeSystems.isKnown("https://loinc.org")).isFalse();
    }

    @Test
    void noSystemStaysNone() {
        assertThat(CodeSystems.canonical(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"g90.511,G90511", "B02.2+,B022", "G53.0*,G530", "G90.5-,G905", "' F20.0 ',F200", "azAZ09@[`{/:,AZAZ09"})
    void marksOfIcdCodesAreNoPartOfThem(String sent, String known) {
        assertThat(CodeSystems.normalised(CodeSystems.ICD_10, sent)).isEqualTo(known);
    }

    /** The last digit is Verhoeff's check digit. */
    @ParameterizedTest
    @CsvSource({
        "22298006,true",
        "73211009,true",
        "306109009,true",
        "22298007,false",
        "37211009,false",
        "12345,false",
        "2229800A,false"
    })
    void aSnomedCodeChecksItself(String code, boolean isOne) {
        assertThat(CodeSystems.isSnomed(code)).isEqualTo(isOne);
    }

    @ParameterizedTest
    @CsvSource({"G90.511,true", "f20.0,true", "' I21.4 ',true", "I21,false", "306109009,false", "G9,false", "pain,false"
    })
    void anIcdCodeIsKnownByItsForm(String code, boolean isOne) {
        assertThat(CodeSystems.looksLikeIcd(code)).isEqualTo(isOne);
    }

    @ParameterizedTest
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10-cm,true",
        "http://hl7.org/fhir/sid/icd-10,true",
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm,true",
        "http://snomed.info/sct,false",
        ",false"
    })
    void threeSystemsAreIcd(@Nullable String system, boolean isOne) {
        assertThat(CodeSystems.isIcd(system)).isEqualTo(isOne);
    }

    /** What is none may be anything, a name among it, and stays in the database. */
    @ParameterizedTest
    @CsvSource({
        "http://snomed.info/sct,306109009,true",
        "http://snomed.info/sct,Quill,false",
        "http://loinc.org,72514-3,true",
        "http://loinc.org,Quill,false",
        "https://ehr.example/codes,306109009,false",
        ",306109009,false"
    })
    void onlyCodesOfPublicSystemsMayLeaveTheDatabase(@Nullable String system, String code, boolean mayLeave) {
        assertThat(CodeSystems.isPublic(system, code)).isEqualTo(mayLeave);
    }

    @Test
    void codesOfOtherSystemsStayAsTheyAre() {
        assertThat(CodeSystems.normalised(CodeSystems.SNOMED_CT, " 22298006 ")).isEqualTo("22298006");
        assertThat(CodeSystems.normalised(CodeSystems.LOINC, "72514-3")).isEqualTo("72514-3");
    }
}
