package org.referralgateway.api.platform;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CodeType;
import org.referralgateway.validation.Guide;

/** The FHIR endpoint, by HAPI. */
class FhirServer extends RestfulServer {

    private static final long serialVersionUID = 1L;

    FhirServer(
            FhirContext fhir,
            List<IResourceProvider> providers,
            List<SystemProvider> systemProviders,
            List<Object> interceptors,
            String version) {
        super(fhir);
        setServerName("Referral gateway");
        setServerVersion(version);
        setImplementationDescription("Takes referrals to a clinic for treatment-resistant chronic pain");
        setDefaultResponseEncoding(EncodingEnum.JSON);
        // The receipt is what a sender needs back; the resource is what it has just sent.
        setDefaultPreferReturn(PreferReturnEnum.OPERATION_OUTCOME);
        setResourceProviders(providers);
        systemProviders.forEach(this::registerProvider);
        interceptors.forEach(this::registerInterceptor);
        registerInterceptor(new StatesOnlyWhatWorks());
    }

    /** Which server in which version it is made of helps only whoever looks for its holes. */
    @Override
    protected String createPoweredByHeader() {
        return "";
    }

    /** HAPI's CapabilityStatement is generated from the providers; what it cannot know is corrected here. */
    @Interceptor
    static final class StatesOnlyWhatWorks {

        private static final Map<String, String> PROFILES = Map.of(
                "ServiceRequest", "referral-service-request", "Patient", "referral-patient", "Task", "referral-task");

        /** What our guide has for a type; see {@code /ig}. */
        private static void supportedProfile(CapabilityStatement.CapabilityStatementRestResourceComponent resource) {
            var profile = PROFILES.get(resource.getType());
            if (profile != null) {
                resource.addSupportedProfile(Guide.PROFILES + profile);
            }
        }

        @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
        public void correct(IBaseConformance conformance) {
            var statement = (CapabilityStatement) conformance;
            statement.addImplementationGuide(Guide.CANONICAL);
            statement.setFormat(Stream.of("application/fhir+json", "json", "application/fhir+xml", "xml")
                    .map(CodeType::new)
                    .toList());
            for (var rest : statement.getRest()) {
                // HAPI offers this one by itself; there is nothing in it.
                rest.getResource().removeIf(resource -> resource.getType().equals("OperationDefinition"));
                rest.addInteraction().setCode(CapabilityStatement.SystemRestfulInteraction.BATCH);
                rest.getResource().forEach(StatesOnlyWhatWorks::supportedProfile);
            }
        }
    }
}
