package org.referralgateway.api.platform;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import org.referralgateway.api.access.FhirGuard;
import org.referralgateway.api.access.SecurityStatement;
import org.referralgateway.mapper.PayloadCheck;
import org.referralgateway.mapper.PayloadForms;
import org.referralgateway.mapper.PayloadLimits;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FhirServerConfiguration {

    @Bean
    FhirContext fhirContext() {
        var fhir = FhirContext.forR4();
        // PayloadCheck has already judged, with every problem and its path; HAPI would stop at the first.
        fhir.setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
        fhir.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
        return fhir;
    }

    @Bean
    PayloadLimits payloadLimits(IntakeSettings settings) {
        var defaults = PayloadLimits.defaults();
        return new PayloadLimits(
                settings.maxDepth(),
                settings.maxBundleEntries(),
                settings.maxStringCharacters(),
                defaults.maxNumberCharacters(),
                defaults.maxProblems(),
                defaults.maxElements());
    }

    @Bean
    PayloadForms payloadForms(FhirContext fhir, PayloadLimits limits) {
        return new PayloadForms(fhir, limits);
    }

    @Bean
    PayloadCheck payloadCheck(FhirContext fhir, PayloadLimits limits) {
        return new PayloadCheck(fhir, limits);
    }

    @Bean
    ServletRegistrationBean<FhirServer> fhirServer(
            FhirContext fhir,
            List<IResourceProvider> providers,
            List<SystemProvider> systemProviders,
            FhirGuard guard,
            SecurityStatement security,
            PayloadInterceptor payloads,
            FhirErrors errors,
            OperationAudit operations,
            PostedSearches searches,
            PlainSearches plain,
            @Value("${referral.version:development}") String version) {
        var interceptors = List.of(guard, security, plain, searches, payloads, errors, operations);
        var server = new FhirServer(fhir, providers, systemProviders, interceptors, version);
        var registration = new ServletRegistrationBean<>(server, "/fhir/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<EarlierAddresses> earlierAddresses() {
        var registration = new FilterRegistrationBean<>(new EarlierAddresses());
        registration.addUrlPatterns("/fhir/*");
        return registration;
    }

    @Bean
    FilterRegistrationBean<PlainFhirParameters> plainFhirParameters(FhirRefusals refusals) {
        var registration = new FilterRegistrationBean<>(new PlainFhirParameters(refusals));
        registration.addUrlPatterns("/fhir/*");
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(IntakeSettings settings, FhirRefusals refusals) {
        var registration = new FilterRegistrationBean<>(new BodyLimitFilter(settings, refusals));
        registration.addUrlPatterns("/fhir/*");
        return registration;
    }
}
