package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.tables.RedFlagTable.Flag;

/** Screening and red flags from small tables: which row a code finds, and which mistakes are said. */
class DangerTablesTest {

    private static final String SCREENING = "item,system,code,display,match,severity,verified\n";
    private static final String WORDS = "item,severity,in,words,source\n";
    private static final String FLAGS = "flag,system,code,display,match,new_within_days,source,verified\n";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void smallTables() throws IOException {
        write(
                "screening.csv",
                SCREENING
                        + "heart,ICD-10-CM,I20,Angina,subtree,relative,x\n"
                        + "heart,ICD-10-CM,I20.0,Unstable angina,exact,absolute,x\n"
                        + "heart,ICD-10-CM,I20.01,Unstable angina with spasm,subtree,information,x\n"
                        + "vessels,ICD-10,I20.0,,exact,relative,x\n"
                        + "liver,SNOMED CT,19943007,Cirrhosis,exact,relative,x\n"
                        + "sedatives,ATC,N05BA,Benzodiazepines,subtree,information,x\n"
                        + "sedatives,RxNorm,3322,diazepam,ingredient,information,x\n"
                        + "age,any,computed,,computed,information,x\n");
        write("screening_words.csv", WORDS);
        write("red_flags.csv", FLAGS + "danger,screening,heart,,hold,,x,x\n");
    }

    @ParameterizedTest
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10-cm, I20, heart RELATIVE",
        "http://hl7.org/fhir/sid/icd-10-cm, I20.9, heart RELATIVE",
        "http://hl7.org/fhir/sid/icd-10-cm, I20.0, heart ABSOLUTE; vessels RELATIVE",
        "http://hl7.org/fhir/sid/icd-10, I200, heart ABSOLUTE; vessels RELATIVE",
        "https://ehr.example/codes, I20.0, heart ABSOLUTE; vessels RELATIVE",
        "http://hl7.org/fhir/sid/icd-10-cm, I20.011, heart INFORMATION",
        "http://hl7.org/fhir/sid/icd-10-cm, I21, ''",
        "http://hl7.org/fhir/sid/icd-10-cm, I2, ''",
        "http://snomed.info/sct, 19943007, liver RELATIVE",
        "http://snomed.info/sct, 199430079, ''",
        "https://ehr.example/codes, 19943007, liver RELATIVE",
        "https://ehr.example/codes, 19943008, ''",
        "http://loinc.org, 19943007, ''",
        "http://www.whocc.no/atc, N05BA01, sedatives INFORMATION",
        "http://www.whocc.no/atc, ' n05ba01 ', sedatives INFORMATION",
        "http://www.whocc.no/atc, N05CD, ''",
        "http://www.nlm.nih.gov/research/umls/rxnorm, 3322, sedatives INFORMATION",
        "http://www.nlm.nih.gov/research/umls/rxnorm, 33221, ''",
        ", I20.0, heart ABSOLUTE; vessels RELATIVE",
        ", pain, ''",
    })
    void ofEachItemTheLongestRowOfACodeCounts(@Nullable String system, String code, String rows) {
        assertThat(screening().rows(system, code).stream()
                        .map(row -> row.item() + " " + row.severity())
                        .sorted())
                .containsExactly(rows.isEmpty() ? new String[0] : rows.split("; "));
    }

    @Test
    void aRowSaysTheCodeItWasFoundBy() {
        assertThat(screening().rows(CodeSystems.ICD_10, "i20.9").getFirst().code())
                .isEqualTo("I20");
    }

    @Test
    void theItemsComeInTheirOrder() {
        assertThat(screening().items()).containsExactly("heart", "vessels", "liver", "sedatives", "age");
    }

    @Test
    void anIngredientIsLookedForByItsNameToo() {
        assertThat(screening().drugs().in(Tokens.of("Diazepam 2 mg at night")))
                .extracting(mention -> mention.meaning().item())
                .containsExactly("sedatives");
    }

    @Test
    void wordsCountWhereTheirRowSays() throws IOException {
        write(
                "screening_words.csv",
                WORDS
                        + "heart,recent,any,heart attack;coronary,x\n"
                        + "liver,none,diagnosis,liver well,x\n"
                        + "sedatives,relative,drug,sleeper,x\n");

        assertThat(screening().words().in(Tokens.of("coronary, liver well, sleeper")))
                .extracting(mention -> mention.meaning().severity())
                .containsExactly(ScreeningTable.Severity.RECENT);
        assertThat(screening().diagnoses().in(Tokens.of("coronary, liver well, sleeper")))
                .extracting(mention -> mention.meaning().severity())
                .containsExactly(ScreeningTable.Severity.NONE);
        assertThat(screening().drugs().in(Tokens.of("coronary, liver well, sleeper")))
                .extracting(mention -> mention.meaning().severity())
                .containsExactly(ScreeningTable.Severity.RELATIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10-cm, A41, sepsis 90",
        "http://hl7.org/fhir/sid/icd-10-cm, A41.9, sepsis 90",
        "http://hl7.org/fhir/sid/icd-10-cm, A41.51, cauda",
        "http://hl7.org/fhir/sid/icd-10-cm, A41.511, sepsis 90",
        "http://hl7.org/fhir/sid/icd-10, A419, sepsis 90",
        "https://ehr.example/codes, A41.9, sepsis 90",
        ", A41.9, sepsis 90",
        "http://hl7.org/fhir/sid/icd-10-cm, A4,",
        "http://hl7.org/fhir/sid/icd-10-cm, A42,",
        "http://snomed.info/sct, 192970008, cauda 180",
        "http://snomed.info/sct, 192970,",
        "http://loinc.org, 192970008,",
        ", 192970008,",
    })
    void theLongestRowSaysTheFlagOfACode(@Nullable String system, String code, @Nullable String flag)
            throws IOException {
        write(
                "red_flags.csv",
                FLAGS
                        + "sepsis,ICD-10-CM,A41,,subtree,90,x,x\n"
                        + "cauda,ICD-10-CM,A41.51,,exact,,x,x\n"
                        + "cauda,SNOMED CT,192970008,,exact,180,x,x\n");
        var found = flags().flag(system, code);

        assertThat(found == null ? null : said(found)).isEqualTo(flag);
    }

    @Test
    void aHoldOfAnItemIsTheFlagThatItsRowSays() throws IOException {
        write(
                "red_flags.csv",
                FLAGS
                        + "danger,screening,heart,,hold,,x,x\n"
                        + "sepsis,ICD-10-CM,A41,,subtree,90,x,x\n"
                        + "cold leg,SNOMED CT,192970008,,exact,,x,x\n"
                        + "cauda,words,saddle numbness,,phrase,,x,x\n");

        assertThat(flags().flagOfHold("heart")).isEqualTo("danger");
        assertThat(flags().flagOfHold("liver")).isNull();
        assertThat(flags().names()).containsExactly("cold leg", "danger", "sepsis");
        assertThat(flags().words().in(Tokens.of("new saddle numbness")))
                .extracting(mention -> mention.meaning().name())
                .containsExactly("cauda");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "screening.csv|heart,ICD-11,BA40,,exact,relative,x||column system: is no code system the gateway knows",
                "screening.csv|heart,,BA40,,exact,relative,x||column system: is empty",
                "screening.csv|liver,SNOMED CT,19943007,,subtree,relative,x||column match: subtree is for codes that say",
                "screening.csv|heart,ICD-10,I20,,exact,relative,x|heart,ICD-10,I20,,exact,absolute,x|column code: is already in line 2",
                "screening.csv|heart,ICD-10,I20,,exact,grave,x||column severity: must be one of absolute",
                "screening.csv|heart,ICD-10,I20,,near,relative,x||column match: must be one of computed",
                "screening.csv|heart,ICD-10,I20,,exact,relative,||column verified: is empty",
                "screening_words.csv|lungs,relative,any,asthma,x||column item: is no item of screening.csv; use one of heart",
                "screening_words.csv|heart,relative,everywhere,angina,x||column in: must be one of any",
                "screening_words.csv|heart,relative,any,ab,x||column words: a phrase needs at least three letters",
                "screening_words.csv|heart,relative,any,angina;angina,x||column words: is already in line 2",
                "screening_words.csv|heart,relative,any,angina,||column source: is empty",
                "red_flags.csv|f,ICD-11,BA40,,exact,,x,x||column system: must be words, screening, or a code system",
                "red_flags.csv|f,screening,lungs,,hold,,x,x||column code: is no item of screening.csv",
                "red_flags.csv|f,SNOMED CT,192970008,,subtree,,x,x||column match: subtree is for ICD codes",
                "red_flags.csv|f,ICD-10,A41,,exact,soon,x,x||column new_within_days: must be a number above zero",
                "red_flags.csv|f,ICD-10,A41,,exact,,x,x|g,ICD-10,A41,,exact,,x,x|column code: is already in line 2",
                "red_flags.csv|f,ICD-10,A41,,exact,,,x||column source: is empty",
                "red_flags.csv|f,ICD-10,A41,,exact,,x,||column verified: is empty",
            })
    void aMistakeIsNamedWithFileAndColumn(String file, String one, @Nullable String other, String message)
            throws IOException {
        var header = file.equals("screening.csv") ? SCREENING : file.equals("red_flags.csv") ? FLAGS : WORDS;
        write(file, header + one + "\n" + (other == null ? "" : other + "\n"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessageContaining(file + ", line " + (other == null ? 2 : 3) + ", " + message);
    }

    @Test
    void anEmptyCodeIsOneMistake() throws IOException {
        write("red_flags.csv", FLAGS + "f,screening,,,hold,,x,x\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessage("red_flags.csv, line 2, column code: is empty; fill it in or remove the row.");
    }

    private static String said(Flag flag) {
        return flag.name() + (flag.newWithinDays() == null ? "" : " " + flag.newWithinDays());
    }

    private ScreeningTable screening() {
        return ClinicalTables.load(folder).screening();
    }

    private RedFlagTable flags() {
        return ClinicalTables.load(folder).redFlags();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
