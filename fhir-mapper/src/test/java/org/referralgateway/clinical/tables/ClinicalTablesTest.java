package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.tables.ConditionTable.Group;
import org.referralgateway.clinical.tables.MedicationTable.Drug;

class ClinicalTablesTest {

    private static final String CONDITIONS = "category,system,code,display,match,verified,subgroup,evidence,note\n";

    @TempDir
    Path folder = Path.of("");

    /** Read anew for each test: what was read once would hide a change of the reading. */
    private final ClinicalTables shipped = ClinicalTables.shipped();

    @ParameterizedTest
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10-cm, G90.511, complex-regional-pain-syndrome-1",
        "http://hl7.org/fhir/sid/icd-10-cm, G90511, complex-regional-pain-syndrome-1",
        "http://hl7.org/fhir/sid/icd-10-cm, g90.511, complex-regional-pain-syndrome-1",
        "http://hl7.org/fhir/sid/icd-10-cm, G90.599, complex-regional-pain-syndrome-1",
        "http://hl7.org/fhir/sid/icd-10-cm, B02.29, post-herpetic-neuralgia",
        "http://hl7.org/fhir/sid/icd-10-cm, S14.109A, spinal-cord-injury-pain",
        "http://hl7.org/fhir/sid/icd-10-cm, S14.3XXA, peripheral-nerve-injury",
        "http://hl7.org/fhir/sid/icd-10, M89.0, complex-regional-pain-syndrome-1",
        "http://snomed.info/sct, 734947007, complex-regional-pain-syndrome-1",
        "http://snomed.info/sct, 2177002, post-herpetic-neuralgia",
    })
    void findsTheConditionGroupOfACode(String system, String code, String group) {
        assertThat(shipped.conditions().group(system, code)).map(Group::name).contains(group);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "http://hl7.org/fhir/sid/icd-10-cm, Z99.9",
                "http://hl7.org/fhir/sid/icd-10-cm, G9",
                "http://hl7.org/fhir/sid/icd-10-cm, ''",
                "http://snomed.info/sct, 7349470070",
                "http://snomed.info/sct, G90.511",
                "https://ehr.example/own, G90.511",
                "-, G90.511",
            })
    void knowsNoGroupOfOtherCodes(@Nullable String system, String code) {
        assertThat(shipped.conditions().group(system, code)).isEmpty();
    }

    @Test
    void theLongestRowWinsAndAnExactRowBeforeThat() throws IOException {
        write(
                "conditions.csv",
                CONDITIONS
                        + "fibromyalgia,ICD-10-CM,A12,,subtree,x,,context,\n"
                        + "phantom-limb-pain,ICD-10-CM,A12.3,,subtree,x,,supporting,\n"
                        + "chronic-migraine,ICD-10-CM,A12.34,,exact,x,,diagnostic,\n");
        var table = ClinicalTables.load(folder).conditions();

        assertThat(table.group(CodeSystems.ICD_10_CM, "A12.9")).contains(new Group("fibromyalgia", null, "context"));
        assertThat(table.group(CodeSystems.ICD_10_CM, "A12.39"))
                .contains(new Group("phantom-limb-pain", null, "supporting"));
        assertThat(table.group(CodeSystems.ICD_10_CM, "A12.34"))
                .contains(new Group("chronic-migraine", null, "diagnostic"));
        assertThat(table.group(CodeSystems.ICD_10_CM, "A12.341"))
                .contains(new Group("phantom-limb-pain", null, "supporting"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.nlm.nih.gov/research/umls/rxnorm, 704, amitriptyline, tricyclic-antidepressant",
        "http://www.nlm.nih.gov/research/umls/rxnorm, 388311, carbamazepine, anticonvulsant-other",
        "http://www.whocc.no/atc, N02BF01, gabapentin, gabapentinoid",
        "http://www.whocc.no/atc, N03AX12, gabapentin, gabapentinoid",
        "http://www.whocc.no/atc, N06AX21, duloxetine, snri",
    })
    void findsTheDrugOfACode(String system, String code, String drug, String drugClass) {
        var found = shipped.medications().byCode(system, code).orElseThrow().drug();

        assertThat(found.name()).isEqualTo(drug);
        assertThat(found.drugClass()).isEqualTo(drugClass);
    }

    @ParameterizedTest
    @CsvSource({
        "Gabapentin 300 mg capsule, gabapentin",
        "takes GABAPENTIN300mg three times, gabapentin",
        "'duloxetine, then gabapentin', duloxetine",
        "Horizant (gabapentin enacarbil) 600 mg, gabapentin enacarbil",
        "magnesium sulfate 2 g, magnesium sulfate",
    })
    void findsTheDrugByItsNameAsAWord(String text, String drug) {
        assertThat(shipped.medications().byText(text).map(MedicationTable.Product::drug))
                .map(Drug::name)
                .contains(drug);
    }

    @ParameterizedTest
    @CsvSource({"pregabalinx", "a drug for pain", "''", "704"})
    void namesNoDrugThatIsNotThere(String text) {
        assertThat(shipped.medications().byText(text)).isEmpty();
        assertThat(shipped.medications().byCode(null, "704")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "fibromyalgia,ICD-11,A01,,exact,x,,diagnostic,; column system",
                "fibromyalgia,ICD-10,A01,,exact,x,,perhaps,; column evidence",
                "fibromyalgia,ICD-10,A01,,tree,x,,diagnostic,; column match",
                "fibromyalgia,ICD-10,,,exact,x,,diagnostic,; column code",
                ",ICD-10,A01,,exact,x,,diagnostic,; column category",
                "fibromyalgia,ICD-10,A01,,exact,,,diagnostic,; column verified",
            })
    void anErrorNamesFileLineAndColumn(String row, String column) throws IOException {
        write("conditions.csv", CONDITIONS + "fibromyalgia,ICD-10,A00,,exact,x,,diagnostic,\n" + row + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessageContainingAll("conditions.csv", "line 3", column);
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        write("medication_products.csv", "rxcui,name,drug\n1,x,gabapentin\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessageContainingAll("medication_products.csv", "column class");
    }

    @Test
    void aRowWithTooFewFieldsNamesFileAndLine() throws IOException {
        write("conditions.csv", CONDITIONS + "fibromyalgia,ICD-10,A00,,exact,x,,diagnostic,\nfibromyalgia,ICD-10\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessageContainingAll("conditions.csv", "3");
    }

    @Test
    void aFileInAnotherEncodingIsNamed() throws IOException {
        Files.write(
                folder.resolve("conditions.csv"),
                (CONDITIONS + "ü,ICD-10,A00,,exact,x,,diagnostic,\n").getBytes(StandardCharsets.ISO_8859_1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessageContainingAll("conditions.csv", "UTF-8");
    }

    @Test
    void theByteOrderMarkOfASpreadsheetIsNoPartOfTheHeader() throws IOException {
        write("conditions.csv", "\uFEFF" + CONDITIONS + "fibromyalgia,ICD-10,A00,,exact,x,,diagnostic,\n");

        assertThat(ClinicalTables.load(folder).conditions().group(CodeSystems.ICD_10, "A00"))
                .isPresent();
    }

    @Test
    void aFileThatTheClinicDoesNotHaveIsTakenFromTheGateway() throws IOException {
        write("conditions.csv", CONDITIONS + "fibromyalgia,ICD-10,A00,,exact,x,,diagnostic,\n");
        assertThat(ClinicalTables.load(folder).medications().byText("gabapentin"))
                .isPresent();
        assertThat(ClinicalTables.load(folder).conditions().group(CodeSystems.ICD_10_CM, "G90.511"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "poem,any,*,x,exact,y; column kind",
                "referral,somewhere,*,x,exact,y; column where",
                "referral,any,*,x,about,y; column match",
                "referral,any,,x,exact,y; column system",
                "referral,any,*,,exact,y; column codes",
                "referral,any,*,x,exact,; column source",
            })
    void aMistakeInTheServiceTableIsNamed(String row, String column) throws IOException {
        write("service_kinds.csv", "kind,where,system,codes,match,source\n" + row + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessageContainingAll("service_kinds.csv", "line 2", column);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conditions.csv|category,system,code,display,match,verified,subgroup,evidence,note|headache,ICD-10,G43,,exact,x,,diagnostic,|column category: is no condition group",
                "conditions.csv|category,system,code,display,match,verified,subgroup,evidence,note|fibromyalgia,SNOMED CT,203082006,,exact,x,,diagnostic,|column code: is no SNOMED CT code",
                "conditions.csv|category,system,code,display,match,verified,subgroup,evidence,note|fibromyalgia,ICD-10,M7,,subtree,x,,diagnostic,|column code: is no ICD code",
                "condition_groups.csv|group,kind,verified,note|fibromyalgia,disease,x,|column kind: must be one of indication, feature",
                "condition_words.csv|group,subgroup,words,evidence,verified,note|fibromyalgia,,,diagnostic,x,|column words: is empty",
                "medications.csv|class,drug,rxnorm_ingredient,atc,verified,first_line_class,neupsig_2025_line,neupsig_2015_total_daily_dose,atc_legacy,note|snri,duloxetine,abc,,x,antidepressant,first,,,|column rxnorm_ingredient: is no such code",
                "medications.csv|class,drug,rxnorm_ingredient,atc,verified,first_line_class,neupsig_2025_line,neupsig_2015_total_daily_dose,atc_legacy,note|snri,duloxetine,72625,N06,x,antidepressant,first,,,|column atc: is no such code",
                "medications.csv|class,drug,rxnorm_ingredient,atc,verified,first_line_class,neupsig_2025_line,neupsig_2015_total_daily_dose,atc_legacy,note|snri,duloxetine,72625,,x,tonic,first,,,|column first_line_class: must be one of",
                "medication_products.csv|rxcui,name,drug,class,first_line_class,counts_toward_trial,verified|596930,x,aspirin,snri,antidepressant,yes,x|column drug: is not in medications.csv",
                "medication_products.csv|rxcui,name,drug,class,first_line_class,counts_toward_trial,verified|596930,x,duloxetine,snri,antidepressant,perhaps,x|column counts_toward_trial: must be one of",
                "medication_products.csv|rxcui,name,drug,class,first_line_class,counts_toward_trial,verified|596930,x,duloxetine,snri,antidepressant,yes,|column verified: is empty",
                "medication_aliases.csv|system,code,drug,counts_toward_trial,verified,note|brand,Lyrica,pregabalin,yes,x,|column system: must be one of",
                "medication_aliases.csv|system,code,drug,counts_toward_trial,verified,note|name,Aspro,aspirin,yes,x,|column drug: is not in medications.csv",
                "mme_factors.csv|drug,route,unit,factor,verified,note|morphine,any,mg,one,x,|column factor: must be a number above zero",
                "mme_factors.csv|drug,route,unit,factor,verified,note|morphine,any,mg,0,x,|column factor: must be a number above zero",
                "mme_factors.csv|drug,route,unit,factor,verified,note|morphine,nasal,mg,1,x,|column route: must be one of",
                "mme_factors.csv|drug,route,unit,factor,verified,note|heroin,any,mg,1,x,|column drug: is not in medications.csv",
                "outcomes.csv|outcome,system,code,verified,note|better,words,good,x,|column outcome: must be one of",
                "outcomes.csv|outcome,system,code,verified,note|helped,SNOMED CT,58848007,x,|column code: is no SNOMED CT code",
                "triage_words.csv|sign,words,source|spreading,up,x|column words: a phrase needs at least three letters",
                "triage_words.csv|sign,words,source|spreading,spr*,x|column words: the first word needs four letters before its asterisk",
                "sign_codes.csv|sign,system,code,display,match,source|cancer,ICD-11,2A00,,exact,x|column system: must be any, or a code system",
                "sign_codes.csv|sign,system,code,display,match,source|cancer,SNOMED CT,254837008,,exact,x|column code: is no SNOMED CT code",
                "sign_codes.csv|sign,system,code,display,match,source|cancer,SNOMED CT,254837009,,subtree,x|column match: subtree is for ICD codes",
                "sign_codes.csv|sign,system,code,display,match,source|cancer,ICD-10,C50,,exact,|column source: is empty",
                "measurements.csv|measure,system,code,display,source|pulse,LOINC,8867-4,,x|column measure: must be one of systolic-blood-pressure",
                "measurements.csv|measure,system,code,display,source|weight,LOINC,body weight,,x|column code: is no LOINC code",
                "measurements.csv|measure,system,code,display,source|weight,SNOMED CT,27113002,,x|column code: is no SNOMED CT code",
                "measurements.csv|measure,system,code,display,source|weight,text,weight,,x|column system: must be one of LOINC, SNOMED CT, any, name, word, part",
                "measurements.csv|measure,system,code,display,source|weight,name,weight,,|column source: is empty",
                "red_flags.csv|flag,system,code,display,match,new_within_days,source,verified|sepsis,words,sep*,,phrase,90,x,x|column code: the first word needs four letters",
                "condition_words.csv|group,subgroup,words,evidence,verified,note|fibromyalgia,,* pain,diagnostic,x,|column words: the first word needs letters",
            })
    void aMistakeIsNamedWithFileLineColumnAndWhatToDo(String file, String header, String row, String message)
            throws IOException {
        write(file, header + "\n" + row + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessageContaining(file + ", line 2, " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conditions.csv|category,system,code,display,match,verified,subgroup,evidence,note|fibromyalgia,ICD-10,M79.7,,exact,x,,diagnostic,|fibromyalgia,ICD-10,M797,,subtree,x,,diagnostic,",
                "condition_words.csv|group,subgroup,words,evidence,verified,note|fibromyalgia,,fibro,diagnostic,x,|fibromyalgia,,fibro,supporting,x,",
                "mme_factors.csv|drug,route,unit,factor,verified,note|morphine,any,mg,1,x,|morphine,any,mg,2,x,",
                "sign_codes.csv|sign,system,code,display,match,source|cancer,ICD-10,C50,,exact,x|acute-pain,ICD-10,C50,,exact,x",
                "measurements.csv|measure,system,code,display,source|weight,LOINC,29463-7,,x|peg,LOINC,29463-7,,x",
                "outcomes.csv|outcome,system,code,verified,note|helped,words,good,x,|partial,words,good,x,",
            })
    void aCodeThatIsThereTwiceIsNamedWithBothLines(String file, String header, String one, String other)
            throws IOException {
        write(file, header + "\n" + one + "\n" + other + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessageContainingAll(file + ", line 3", "is already in line 2");
    }

    @Test
    void theMistakesOfAllFilesAreReportedAtOnce() throws IOException {
        write("conditions.csv", CONDITIONS + "headache,ICD-11,,,tree,,,perhaps,\n");
        write("mme_factors.csv", "drug,route,unit,factor,verified,note\nmorphine,any,mg,x,y,\nheroin,any,mg,1,y,\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(8));
    }

    @Test
    void theFingerprintChangesWithAnyTable() throws IOException {
        write("mme_factors.csv", "drug,route,unit,factor,verified,note\nmorphine,any,mg,1,y,\n");

        assertThat(ClinicalTables.load(folder).fingerprint()).isNotEqualTo(shipped.fingerprint());
        assertThat(ClinicalTables.shipped().fingerprint()).isEqualTo(shipped.fingerprint());
    }

    @Test
    void aPackThatNamesOtherDrugsIsTheDrugItHolds() {
        assertThat(shipped.medications().byCode(CodeSystems.RXNORM, "900891"))
                .map(product -> product.drug().name())
                .contains("lamotrigine");
    }

    /** Methadone may be for dependence, lidocaine an injection: the ingredient alone does not say. */
    @ParameterizedTest
    @CsvSource({"6813, review", "6387, review", "704, yes", "25480, yes"})
    void anIngredientWhoseProductsAreAllToBeReviewedIsToo(String code, String counts) {
        assertThat(shipped.medications().byCode(CodeSystems.RXNORM, code))
                .map(MedicationTable.Product::counts)
                .contains(counts);
    }

    @ParameterizedTest
    @CsvSource({
        "Lyrica, pregabalin",
        "Neurontin 300mg, gabapentin",
        "co-codamol 30/500, codeine",
        "MST Continus, morphine",
        "Skenan LP 30 mg, morphine",
        "Tegretal 200, carbamazepine",
        "Laroxyl, amitriptyline"
    })
    void brandsAreKnown(String text, String drug) {
        assertThat(shipped.medications().byText(text))
                .map(product -> product.drug().name())
                .contains(drug);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "http://loinc.org, 8480-6, SYSTOLIC",
                "http://snomed.info/sct, 271649006, SYSTOLIC",
                "http://loinc.org, 2106-3, PREGNANCY_HORMONE",
                "http://cds.ahrq.gov/cdsconnect/pms, MME, MORPHINE_EQUIVALENTS",
                "http://loinc.org, 271649006, -",
                "https://ehr.example/own, 8480-6, -",
            })
    void aMeasurementIsKnownByItsCode(String system, String code, @Nullable Measure measure) {
        assertThat(shipped.measurements().ofCode(system, code)).isEqualTo(measure);
    }

    @Test
    void aMeasurementIsKnownByItsNameAWordOrAPartOfIt() {
        var table = shipped.measurements();

        assertThat(table.named(" Blood Pressure ")).isEqualTo(Measure.PRESSURE);
        assertThat(table.named("blood pressure cuff")).isNull();
        assertThat(table.isNamedIn("Daily MME", Measure.MORPHINE_EQUIVALENTS)).isTrue();
        assertThat(table.isNamedIn("medication", Measure.MORPHINE_EQUIVALENTS)).isFalse();
        assertThat(table.isNamedIn("Electrocardiogram of today", Measure.ECG)).isTrue();
        assertThat(table.isNamedIn(null, Measure.ECG)).isFalse();
    }

    @Test
    void aClinicCanAddACodeOfAMeasurement() throws IOException {
        write("measurements.csv", "measure,system,code,display,source\nweight,any,KG,our own,our laboratory\n");

        assertThat(ClinicalTables.load(folder).measurements().ofCode("https://lab.example", "KG"))
                .isEqualTo(Measure.WEIGHT);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "http://hl7.org/fhir/sid/icd-10-cm, C50.911, cancer",
                "http://hl7.org/fhir/sid/icd-10, C50.9, cancer",
                "http://hl7.org/fhir/sid/icd-10-cm, C90.01, cancer-that-is-over",
                "http://hl7.org/fhir/sid/icd-10-cm, C90.00, cancer",
                "http://hl7.org/fhir/sid/icd-10-cm, G89.11, acute-pain",
                "http://hl7.org/fhir/sid/icd-10-cm, D17.1, -",
                "http://snomed.info/sct, 254837009, cancer",
                "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips, no-known-allergies, no-known-allergy",
                "-, C50.9, cancer",
                "https://ehr.example/own, 254837009, -",
            })
    void theLongestRowSaysTheSignOfACode(@Nullable String system, String code, @Nullable String sign) {
        assertThat(shipped.signs().ofCode(system, code)).isEqualTo(sign);
    }

    @Test
    void aClinicCanSayWhichElementsCarryNoContent() throws IOException {
        write("elements_without_content.csv", "resources,elements,reason\n* Patient,photo link,not for us\n");
        var table = ClinicalTables.load(folder).elements();

        assertThat(table.hasNoContent("Patient", "photo")).isTrue();
        assertThat(table.hasNoContent("Practitioner", "link")).isTrue();
        assertThat(table.hasNoContent("Patient", "meta")).isFalse();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
