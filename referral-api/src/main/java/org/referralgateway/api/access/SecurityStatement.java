package org.referralgateway.api.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.UriType;
import org.springframework.stereotype.Component;

/** Says in {@code /fhir/metadata} how to be let in. */
@Component
@Interceptor
public class SecurityStatement {

    private static final String SERVICES = "http://terminology.hl7.org/CodeSystem/restful-security-service";
    private static final String ADDRESSES = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";

    private final AccessSettings settings;
    private final Addresses addresses;

    SecurityStatement(AccessSettings settings, Addresses addresses) {
        this.settings = settings;
        this.addresses = addresses;
    }

    @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
    public void state(IBaseConformance conformance) {
        for (var rest : ((CapabilityStatement) conformance).getRest()) {
            var security = rest.getSecurity();
            security.addService()
                    .setText("SMART Backend Services")
                    .addCoding()
                    .setSystem(SERVICES)
                    .setCode("SMART-on-FHIR");
            security.setDescription("A bearer token by SMART Backend Services with every request;"
                    + " .well-known/smart-configuration says where to get it. Only this statement is open to anybody.");
            if (settings.mode() == IdentityMode.LOCAL) {
                var uris = new Extension(ADDRESSES);
                uris.addExtension(new Extension("token", new UriType(addresses.tokenEndpoint())));
                security.addExtension(uris);
            }
        }
    }
}
