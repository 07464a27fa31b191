package org.referralgateway.api.intake;

import ca.uhn.fhir.context.FhirContext;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.RefusedToStart;
import org.referralgateway.clinical.ClinicalPolicy;
import org.referralgateway.clinical.ClinicalRules;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.mapper.ReferralMapper;
import org.referralgateway.mapper.SubmissionReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MapperConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(MapperConfiguration.class);

    /**
     * @param tables folder with the clinic's own tables and policy; those that come with the gateway where it is not set
     */
    @ConfigurationProperties("referral.clinical")
    record ClinicalSettings(@Nullable Path tables) {}

    @Bean
    ClinicalTables clinicalTables(ClinicalSettings settings) {
        return correct("tables", () -> ClinicalTables.load(settings.tables()));
    }

    @Bean
    ReferralMapper referralMapper(ClinicalTables tables) {
        return new ReferralMapper(tables);
    }

    @Bean
    ClinicalRules clinicalRules(ClinicalSettings settings, ClinicalTables tables) {
        return new ClinicalRules(tables, correct("policy", () -> ClinicalPolicy.load(settings.tables(), tables)));
    }

    /** The loader names file, line and column of each mistake; a person should read these and no stack trace. */
    private static <T> T correct(String what, Supplier<T> loading) {
        try {
            return loading.get();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            LOG.debug("Not loaded.", e);
            throw new RefusedToStart(
                    "The clinical " + what + " cannot be used:\n" + e.getMessage(),
                    "Correct them in the folder that referral.clinical.tables names, and start again.");
        }
    }

    @Bean
    SubmissionReader submissionReader(FhirContext fhir) {
        return new SubmissionReader(fhir);
    }
}
