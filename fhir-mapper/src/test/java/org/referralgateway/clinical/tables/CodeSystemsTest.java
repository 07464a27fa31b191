package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void noSystemStaysNone() {
        assertThat(CodeSystems.canonical(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"g90.511,G90511", "B02.2+,B022", "G53.0*,G530", "G90.5-,G905", "' F20.0 ',F200"})
    void marksOfIcdCodesAreNoPartOfThem(String sent, String known) {
        assertThat(CodeSystems.normalised(CodeSystems.ICD_10, sent)).isEqualTo(known);
    }
}
