package org.referralgateway.mapper;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The mapper is made of pure functions: no framework, no clock, no network, no files but its tables. */
@AnalyzeClasses(
        packages = {"org.referralgateway.mapper", "org.referralgateway.clinical"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule speaksNeitherSpringNorKafkaNorSql = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "org.apache.kafka..",
                    "java.sql..",
                    "javax.sql..",
                    "jakarta..",
                    "org.referralgateway.api..");

    @ArchTest
    static final ArchRule goesNowhere = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "java.nio.channels..", "java.util.concurrent.locks..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.(URL|URLConnection|HttpURLConnection|Socket|InetAddress)");

    @ArchTest
    static final ArchRule hasNoClockAndNoDice = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.time\\.Clock|java\\.util\\.(Date|Calendar|Random|Timer)|java\\.security\\.SecureRandom")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule onlyTheTablesReadFiles = noClasses()
            .that()
            .doNotHaveSimpleName("ClinicFile")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.io\\.(File|(?!ByteArray).*Stream|(?!String).*Reader|.*Writer)|java\\.nio\\.file\\.Files");

    @ArchTest
    static final ArchRule xmlParsersAreMadeInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("HardenedXml")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("javax\\.xml\\..*(Factory|Builder|Parser)|org\\.(xml\\.sax|w3c\\.dom)\\..*");

    @ArchTest
    static final ArchRule theTablesKnowNothingOfReferralsOrFhir = noClasses()
            .that()
            .resideInAPackage("org.referralgateway.clinical.tables..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.hl7.fhir..", "ca.uhn.fhir..", "org.referralgateway.mapper..", "org.referralgateway.events..");

    @ArchTest
    static final ArchRule theRulesSpeakNoFhir = noClasses()
            .that()
            .resideInAPackage("org.referralgateway.clinical..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hl7.fhir..", "ca.uhn.fhir..");

    @ArchTest
    static final ArchRule theMapperDoesNotConclude = noClasses()
            .that()
            .resideInAPackage("org.referralgateway.mapper..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.referralgateway.clinical");
}
