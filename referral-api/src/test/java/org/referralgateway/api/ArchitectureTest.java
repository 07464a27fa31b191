package org.referralgateway.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps the drawing of the house true. */
@AnalyzeClasses(packages = "org.referralgateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String API = "org.referralgateway.api.";

    @ArchTest
    static final ArchRule eventsSpeakNeitherFhirNorSpringNorSql = noClasses()
            .that()
            .resideInAPackage("org.referralgateway.events..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.hl7.fhir..",
                    "ca.uhn.fhir..",
                    "org.springframework..",
                    "java.sql..",
                    "org.apache.kafka..",
                    "org.referralgateway.mapper..",
                    "org.referralgateway.clinical..",
                    "org.referralgateway.api..");

    @ArchTest
    static final ArchRule theMapperIsALibrary = noClasses()
            .that()
            .resideInAnyPackage("org.referralgateway.mapper..", "org.referralgateway.clinical..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "java.sql..",
                    "java.net.http..",
                    "org.apache.kafka..",
                    "org.referralgateway.api..");

    @ArchTest
    static final ArchRule fhirStaysWhereFhirIsSpoken = noClasses()
            .that()
            .resideInAnyPackage(API + "outbox..", API + "assessment..", API + "audit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hl7.fhir..", "ca.uhn.fhir..");

    @ArchTest
    static final ArchRule nothingDependsOnDeploy = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.referralgateway.events..",
                    "org.referralgateway.mapper..",
                    "org.referralgateway.clinical..",
                    "org.referralgateway.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.referralgateway.embedded..", "org.referralgateway.standalone..");

    @ArchTest
    static final ArchRule theJourneyGoesOneWay = noClasses()
            .that()
            .resideInAnyPackage(API + "outbox..", API + "audit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(API + "intake..", API + "worklist..", API + "closedloop..");

    @ArchTest
    static final ArchRule intakeKnowsNothingOfTasksAndPages = noClasses()
            .that()
            .resideInAPackage(API + "intake..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(API + "assessment..", API + "worklist..", API + "closedloop..");
}
