package org.referralgateway.api.intake;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.mapper.ReferralMapper;
import org.referralgateway.mapper.SubmissionReader;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MapperConfiguration {

    /**
     * @param tables folder with the clinic's own code tables; those that come with the gateway where it is not set
     */
    @ConfigurationProperties("referral.clinical")
    record ClinicalSettings(@Nullable Path tables) {}

    @Bean
    ReferralMapper referralMapper(ClinicalSettings settings) {
        return new ReferralMapper(ClinicalTables.load(settings.tables()));
    }

    @Bean
    SubmissionReader submissionReader(FhirContext fhir) {
        return new SubmissionReader(fhir);
    }
}
