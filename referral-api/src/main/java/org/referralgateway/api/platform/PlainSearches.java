package org.referralgateway.api.platform;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.springframework.stereotype.Component;

/**
 * Refuses modifiers of search parameters, such as {@code status:not}. HAPI hands them on, and a search that does not heed
 * them finds something else than what was asked for. Only the type of a reference may be named, where there is one type.
 */
@Component
@Interceptor
class PlainSearches {

    private static final Set<String> HEEDED =
            Set.of("patient:Patient", "focus:ServiceRequest", "part-of:Task", "entity:ServiceRequest");

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void refuseModifiers(RequestDetails details) {
        for (var parameter : details.getParameters().entrySet()) {
            var name = parameter.getKey();
            if (Arrays.stream(parameter.getValue()).anyMatch(PlainSearches::hasNul)) {
                throw refusal("A search parameter holds a NUL. Send it without.");
            }
            if (name.indexOf(':') >= 0 && !HEEDED.contains(name)) {
                throw refusal(
                        "A search parameter has a modifier, and none is offered. See /fhir/metadata for the parameters.");
            }
        }
    }

    /** PostgreSQL has none in its texts. */
    private static boolean hasNul(@Nullable String text) {
        return text != null && text.indexOf('\0') >= 0;
    }

    private static Refusal refusal(String why) {
        return Refusal.of(400, MappingIssue.error(IssueCode.INVALID_VALUE, "", why));
    }
}
