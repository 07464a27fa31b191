package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.tables.MedicationTable.Drug;
import org.referralgateway.clinical.tables.MedicationTable.Product;

/** Which drug a code, a product or a name is, from tables of five drugs. */
class MedicationTableTest {

    private static final String PRODUCTS = "rxcui,name,drug,class,first_line_class,counts_toward_trial,verified\n";
    private static final String ALIASES = "system,code,drug,counts_toward_trial,verified,note\n";
    private static final String DRUGS =
            "class,drug,rxnorm_ingredient,atc,verified,first_line_class,neupsig_2025_line,neupsig_2015_total_daily_dose,atc_legacy,note\n"
                    + "snri,duloxetine,72625,N06AX21,x,antidepressant,first,60-120 mg,,\n"
                    + "gabapentinoid,gabapentin,25480,N02BF01,x,anti-epileptic,first,1200-3600 mg in three doses,N03AX12,\n"
                    + "opioid-strong,methadone,6813,,x,opioid,third,,,\n"
                    + "opioid-weak,codeine,2670,,x,opioid,none,by the day,,\n"
                    + "analgesic,paracetamol,161,,x,none,none,,,\n";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void fiveDrugs() throws IOException {
        write("medications.csv", DRUGS);
        write("medication_products.csv", PRODUCTS);
        write("medication_aliases.csv", ALIASES);
        write("mme_factors.csv", "drug,route,unit,factor,verified,note\ncodeine,any,mg,0.15,x,\n");
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.nlm.nih.gov/research/umls/rxnorm, 72625, duloxetine",
        "http://www.nlm.nih.gov/research/umls/rxnorm, 25480, gabapentin",
        "http://www.whocc.no/atc, N06AX21, duloxetine",
        "http://www.whocc.no/atc, N02BF01, gabapentin",
        "http://www.whocc.no/atc, N03AX12, gabapentin",
        "http://www.whocc.no/atc, 72625,",
        "http://www.nlm.nih.gov/research/umls/rxnorm, N06AX21,",
        "http://loinc.org, 72625,",
        "https://ehr.example/drugs, 72625,",
        ", 72625,",
    })
    void aDrugHasItsCodesAndNoOthers(@Nullable String system, String code, @Nullable String drug) {
        assertThat(table().byCode(system, code).map(Product::drug).map(Drug::name))
                .isEqualTo(Optional.ofNullable(drug));
    }

    @Test
    void aDrugIsWhatItsRowSays() {
        assertThat(table().named("duloxetine"))
                .contains(new Drug("duloxetine", "snri", "antidepressant", "first", new BigDecimal("60")));
        assertThat(table().named("gabapentin").orElseThrow().target()).isEqualTo("1200");
        assertThat(table().named("codeine").orElseThrow().target()).isNull();
        assertThat(table().named("methadone").orElseThrow().target()).isNull();
        assertThat(table().named("aspirin")).isEmpty();
        assertThat(table().named(null)).isEmpty();
    }

    @Test
    void aProfileMayNameADrugOrAClass() {
        assertThat(table().knows("duloxetine")).isTrue();
        assertThat(table().knows("snri")).isTrue();
        assertThat(table().knows("aspirin")).isFalse();
    }

    @Test
    void ofTwoRowsForOneProductTheDrugCountsThatItsNameBeginsWith() throws IOException {
        write(
                "medication_products.csv",
                PRODUCTS
                        + "900,codeine 30 MG / paracetamol 300 MG Tablet,paracetamol,analgesic,none,no,x\n"
                        + "900,codeine 30 MG / paracetamol 300 MG Tablet,codeine,opioid-weak,opioid,review,x\n"
                        + "901,paracetamol 300 MG / codeine 30 MG Tablet,paracetamol,analgesic,none,no,x\n"
                        + "901,paracetamol 300 MG / codeine 30 MG Tablet,codeine,opioid-weak,opioid,review,x\n"
                        + "902,Solpadol Tablet,codeine,opioid-weak,opioid,review,x\n"
                        + "902,Solpadol Tablet,paracetamol,analgesic,none,no,x\n"
                        + "903,Co-codamol (codeine),paracetamol,analgesic,none,no,x\n"
                        + "903,Co-codamol (codeine),codeine,opioid-weak,opioid,review,x\n");

        assertThat(ofProduct("900")).isEqualTo("codeine review");
        assertThat(ofProduct("901")).isEqualTo("paracetamol no");
        assertThat(ofProduct("902")).isEqualTo("codeine review");
        assertThat(ofProduct("903")).isEqualTo("codeine review");
    }

    /** The class of the product counts: an injection of lidocaine is no plaster. */
    @Test
    void aProductMayBeOfAnotherClassThanItsDrug() throws IOException {
        write(
                "medication_products.csv",
                PRODUCTS + "910,duloxetine 30 MG Capsule,duloxetine,antidepressant-other,none,no,x\n");
        var product = table().byCode(CodeSystems.RXNORM, "910").orElseThrow();

        assertThat(product.drug())
                .isEqualTo(new Drug("duloxetine", "antidepressant-other", "none", "first", new BigDecimal("60")));
        assertThat(product.strength()).isEqualTo(new Strength(new BigDecimal("30"), Strength.Per.PIECE));
    }

    @Test
    void aDrugOfWhichNoProductCountsIsToBeLookedAt() throws IOException {
        write(
                "medication_products.csv",
                PRODUCTS
                        + "920,methadone 10 MG Tablet,methadone,opioid-strong,opioid,review,x\n"
                        + "921,gabapentin 100 MG Capsule,gabapentin,gabapentinoid,anti-epileptic,review,x\n"
                        + "922,gabapentin 300 MG Capsule,gabapentin,gabapentinoid,anti-epileptic,yes,x\n");

        assertThat(ofProduct("6813")).isEqualTo("methadone review");
        assertThat(ofProduct("25480")).isEqualTo("gabapentin yes");
        assertThat(ofProduct("72625")).isEqualTo("duloxetine yes");
    }

    @Test
    void theBrandOfAProductIsAName() throws IOException {
        write(
                "medication_products.csv",
                PRODUCTS
                        + "930,gabapentin 300 MG Capsule [Neurontin],gabapentin,gabapentinoid,anti-epileptic,yes,x\n"
                        + "931,codeine 30 MG Tablet [NEURONTIN],codeine,opioid-weak,opioid,review,x\n"
                        + "932,codeine 30 MG Tablet [C2],codeine,opioid-weak,opioid,review,x\n");

        assertThat(table().byText("took Neurontin 300 mg"))
                .map(product -> product.drug().name() + " " + product.strength())
                .contains("gabapentin null");
        assertThat(table().byText("C2")).isEmpty();
    }

    @Test
    void furtherCodesAndNamesAreDrugsToo() throws IOException {
        write(
                "medication_aliases.csv",
                ALIASES
                        + "name,Cymbalta,duloxetine,yes,x,\n"
                        + "ATC,N02AJ06,codeine,review,x,\n"
                        + "SNOMED CT,407032004,duloxetine,yes,x,\n"
                        + "RxNorm,999,methadone,no,x,\n");

        assertThat(table().byText("cymbalta 60").map(Product::counts)).contains("yes");
        assertThat(table().byCode(CodeSystems.ATC, "N02AJ06").map(Product::counts))
                .contains("review");
        assertThat(table().byCode(CodeSystems.SNOMED_CT, "407032004").map(Product::drug))
                .map(Drug::name)
                .contains("duloxetine");
        assertThat(ofProduct("999")).isEqualTo("methadone no");
    }

    @Test
    void theDrugsOfATextComeInItsOrderAndOnce() {
        assertThat(table().allIn("gabapentin, then duloxetine, gabapentin again"))
                .extracting(Drug::name)
                .containsExactly("gabapentin", "duloxetine");
        assertThat(table().allIn("nothing")).isEmpty();
    }

    @Test
    void whatIsDeniedIsNotStated() {
        assertThat(table().statedIn("no known allergy to duloxetine")).isEmpty();
        assertThat(table().statedIn("no known allergy to duloxetine. Rash from gabapentin")
                        .map(Product::drug))
                .map(Drug::name)
                .contains("gabapentin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "medication_products.csv|x1,a,codeine,c,opioid,yes,x||line 2, column rxcui: is no RxNorm code",
                "medication_products.csv|0,a,codeine,c,opioid,yes,x||line 2, column rxcui: is no RxNorm code",
                "medication_products.csv|7,a,codeine,c,opioid,yes,x|7,a,codeine,c,opioid,yes,x|line 3, column rxcui: is already in line 2",
                "medication_aliases.csv|SNOMED CT,407032005,codeine,yes,x,||line 2, column code: is no SNOMED CT code",
                "medication_aliases.csv|SNOMED CT,,codeine,yes,x,||line 2, column code: is empty",
                "medication_aliases.csv|name,* mix,codeine,yes,x,||line 2, column code: the first word needs letters",
                "medication_aliases.csv|name,mix,codeine,yes,x,|name,mix,codeine,no,x,|line 3, column code: is already in line 2 (mix)",
                "medications.csv|c,codein,2670,,x,opioid,none,,,|c,dihydrocodein,2670,,x,opioid,none,,,|line 3, column rxnorm_ingredient: is already in line 2",
                "medications.csv|c,codein,1,N02AA01,x,opioid,none,,,|c,dihydrocodein,2,,x,opioid,none,,N02AA01,|line 3, column atc_legacy: is already in line 2",
                "medications.csv|c,codein,1,,x,opioid,none,,,|c,codein,2,,x,opioid,none,,,|line 3, column drug: is already in line 2",
            })
    void aMistakeIsNamedWithItsLine(String file, String one, @Nullable String other, String message)
            throws IOException {
        var header = file.endsWith("products.csv")
                ? PRODUCTS
                : file.endsWith("aliases.csv") ? ALIASES : DRUGS.substring(0, DRUGS.indexOf('\n') + 1);
        write(file, header + one + "\n" + (other == null ? "" : other + "\n"));

        assertThatIllegalArgumentException().isThrownBy(this::table).withMessageContaining(file + ", " + message);
    }

    private String ofProduct(String code) {
        var product = table().byCode(CodeSystems.RXNORM, code).orElseThrow();
        return product.drug().name() + " " + product.counts();
    }

    private MedicationTable table() {
        return ClinicalTables.load(folder).medications();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
