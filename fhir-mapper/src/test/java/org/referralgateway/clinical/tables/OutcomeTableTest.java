package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.tables.OutcomeTable.Sign;

/** What codes and words say of a drug that was tried, from a table of a few rows. */
class OutcomeTableTest {

    private static final String HEADER = "outcome,system,code,verified,note\n";
    private static final String TABLE = HEADER
            + "inadequate-relief,SNOMED CT,58848006,x,\n"
            + "not-tolerated,FHIR,sintol,x,\n"
            + "for-other,ICD-10,F,x,\n"
            + "for-pain,ICD-10,F45.4,x,\n"
            + "helped,words,good relief|helped,x,\n"
            + "for-pain,purpose,pain|neuralg*,x,\n";

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "http://snomed.info/sct, 58848006, INADEQUATE_RELIEF",
        "https://snomed.info/sct, 58848006, INADEQUATE_RELIEF",
        "http://snomed.info/sct, sintol,",
        "http://terminology.hl7.org/CodeSystem/medicationrequest-status-reason, sintol, NOT_TOLERATED",
        "http://terminology.hl7.org/CodeSystem/medicationrequest-status-reason, salg,",
        "http://hl7.org/fhir/sid/icd-10, F32.1, FOR_OTHER",
        "http://hl7.org/fhir/sid/icd-10-cm, f32.1, FOR_OTHER",
        "http://hl7.org/fhir/sid/icd-10, F45.41, FOR_PAIN",
        "http://hl7.org/fhir/sid/icd-10, F45, FOR_OTHER",
        "http://hl7.org/fhir/sid/icd-10, G43,",
        "https://ehr.example/reasons, F32.1,",
        ", sintol,",
    })
    void aCodeIsReadByItsSystem(@Nullable String system, String code, @Nullable Sign sign) throws IOException {
        assertThat(table().ofCode(system, code)).isEqualTo(Optional.ofNullable(sign));
    }

    @Test
    void wordsOfEffectsAndOfPurposesAreApart() throws IOException {
        var text = Words.of("helped with neuralgia, good relief of pain");

        assertThat(table().in(text)).extracting(WordFinder.Hit::value).containsExactly(Sign.HELPED, Sign.HELPED);
        assertThat(table().purposesIn(text))
                .extracting(WordFinder.Hit::value)
                .containsExactly(Sign.FOR_PAIN, Sign.FOR_PAIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "better,words,x,y,; column outcome: must be one of inadequate-relief",
                "helped,ICD-11,x,y,; column system: must be one of SNOMED CT",
                "helped,words,,y,; column code: is empty",
                "helped,words,good,,; column verified: is empty",
                "helped,SNOMED CT,58848007,y,; column code: is no SNOMED CT code",
                "helped,words,* relief,y,; column code: the first word needs letters",
                "helped,purpose,good|good,y,; column code: is already in line 2 (good)",
                "helped,SNOMED CT,,y,; column code: is empty",
            })
    void aMistakeIsNamed(String row, String message) throws IOException {
        Files.writeString(folder.resolve("outcomes.csv"), HEADER + row + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessageContaining("outcomes.csv, line 2, " + message);
    }

    private OutcomeTable table() throws IOException {
        Files.writeString(folder.resolve("outcomes.csv"), TABLE);
        return ClinicalTables.load(folder).outcomes();
    }
}
