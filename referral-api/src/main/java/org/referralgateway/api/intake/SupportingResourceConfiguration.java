package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.server.IResourceProvider;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.referralgateway.mapper.SubmissionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The types that may be sent ahead of a referral. */
@Configuration(proxyBeanMethods = false)
class SupportingResourceConfiguration {

    private final ReferralIntake intake;
    private final SubmissionReader reader;
    private final ReferralReads reads;

    SupportingResourceConfiguration(ReferralIntake intake, SubmissionReader reader, ReferralReads reads) {
        this.intake = intake;
        this.reader = reader;
        this.reads = reads;
    }

    private <T extends Resource> IResourceProvider of(Class<T> type) {
        return new SupportingResourceProvider<>(type, intake, reader, reads);
    }

    @Bean
    IResourceProvider patients() {
        return of(Patient.class);
    }

    @Bean
    IResourceProvider practitioners() {
        return of(Practitioner.class);
    }

    @Bean
    IResourceProvider practitionerRoles() {
        return of(PractitionerRole.class);
    }

    @Bean
    IResourceProvider organizations() {
        return of(Organization.class);
    }

    @Bean
    IResourceProvider coverages() {
        return of(Coverage.class);
    }

    @Bean
    IResourceProvider conditions() {
        return of(Condition.class);
    }

    @Bean
    IResourceProvider medications() {
        return of(Medication.class);
    }

    @Bean
    IResourceProvider medicationStatements() {
        return of(MedicationStatement.class);
    }

    @Bean
    IResourceProvider medicationRequests() {
        return of(MedicationRequest.class);
    }

    @Bean
    IResourceProvider allergies() {
        return of(AllergyIntolerance.class);
    }

    @Bean
    IResourceProvider observations() {
        return of(Observation.class);
    }

    @Bean
    IResourceProvider documents() {
        return of(DocumentReference.class);
    }

    @Bean
    IResourceProvider questionnaireResponses() {
        return of(QuestionnaireResponse.class);
    }
}
