package org.referralgateway.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Our words are nobody else's. */
@AnalyzeClasses(
        packages = {"org.referralgateway.events", "org.referralgateway.trail"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule speaksNeitherFhirNorSpringNorKafkaNorSql = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.hl7.fhir..",
                    "ca.uhn.fhir..",
                    "org.springframework..",
                    "org.apache.kafka..",
                    "java.sql..",
                    "javax.sql..",
                    "jakarta..",
                    "org.referralgateway.mapper..",
                    "org.referralgateway.api..");
}
