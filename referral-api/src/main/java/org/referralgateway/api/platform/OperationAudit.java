package org.referralgateway.api.platform;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.util.Map;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.audit.Who;
import org.springframework.stereotype.Component;

/** A row on the trail for operations that are given a patient's data and neither store nor read any. */
@Component
@Interceptor
class OperationAudit {

    private static final Map<String, String> ACTIONS = Map.of("$preview", "fhir.preview", "$validate", "fhir.validate");

    private final AuditTrail trail;
    private final Identity identity;
    private final Clock clock;

    OperationAudit(AuditTrail trail, Identity identity, Clock clock) {
        this.trail = trail;
        this.identity = identity;
        this.clock = clock;
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void answered(RequestDetails details) {
        var operation = details.getOperation();
        var action = operation == null ? null : ACTIONS.get(operation);
        if (action != null) {
            var sender = identity.sender();
            trail.append(new AuditEntry(
                    sender,
                    clock.instant(),
                    Who.sender(sender),
                    action,
                    "success",
                    null,
                    null,
                    details.getRequestId(),
                    Map.of()));
        }
    }
}
