package org.referralgateway.api.platform;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.CheckedPayload;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.PayloadCheck;
import org.springframework.stereotype.Component;

/** Reads every body strictly before HAPI makes objects of it, and says everything that is wrong at once. */
@Component
@Interceptor
class PayloadInterceptor {

    private static final Set<String> JSON = Set.of("application/fhir+json", "application/json", "text/json");

    private static final Set<RestOperationTypeEnum> WITH_BODY = Set.of(
            RestOperationTypeEnum.CREATE,
            RestOperationTypeEnum.UPDATE,
            RestOperationTypeEnum.TRANSACTION,
            RestOperationTypeEnum.EXTENDED_OPERATION_SERVER,
            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE);

    private final PayloadCheck check;

    PayloadInterceptor(PayloadCheck check) {
        this.check = check;
    }

    /** Answers in another format are refused by name. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_PROCESSED)
    public boolean refuseOtherFormats(HttpServletRequest request) {
        var accept = String.valueOf(request.getHeader("Accept")).toLowerCase(Locale.ROOT);
        var format = String.valueOf(request.getParameter("_format")).toLowerCase(Locale.ROOT);
        if (format.contains("xml") || (accept.contains("xml") && !accept.contains("json") && !accept.contains("*/*"))) {
            throw Refusal.of(
                    406, MappingIssue.error(IssueCode.CONDITION_NOT_SUPPORTED, "", "Answers are given in JSON only."));
        }
        return true;
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public boolean checkPayload(ServletRequestDetails request) {
        var operation = request.getRestOperationType();
        if (operation == null || !WITH_BODY.contains(operation)) {
            return true;
        }
        requireJson(request.getServletRequest().getContentType());
        var checked = check.check(request.loadRequestContents());
        var payload = Payload.of(request, checked);
        Payload.keep(request, payload);
        requireType(checked, expected(request, operation));
        if (!checked.isAcceptable() && !isAboutEntriesOnly(checked)) {
            throw Refusal.of(checked.problems());
        }
        return true;
    }

    /** The type of resource that an address takes; absent where it takes several. */
    private static @Nullable String expected(ServletRequestDetails request, RestOperationTypeEnum operation) {
        return switch (operation) {
            case CREATE, UPDATE -> request.getResourceName();
            case TRANSACTION -> "Bundle";
            default -> String.valueOf(request.getOperation()).startsWith("$process-message") ? "Bundle" : null;
        };
    }

    private static void requireJson(@Nullable String contentType) {
        var type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!JSON.contains(type)) {
            throw Refusal.of(
                    415,
                    MappingIssue.error(
                            IssueCode.JSON_SYNTAX, "", "Send JSON with the content type application/fhir+json."));
        }
    }

    private static void requireType(CheckedPayload checked, @Nullable String expected) {
        if (expected != null
                && !checked.resourceType().isEmpty()
                && !checked.resourceType().equals(expected)) {
            throw Refusal.of(
                    400,
                    MappingIssue.error(
                            IssueCode.WRONG_RESOURCE_TYPE,
                            checked.resourceType(),
                            "This address takes a " + expected + ", not a " + checked.resourceType() + "."));
        }
    }

    /** Such faults refuse a transaction as a whole, but only their own entry of a batch; who handles the Bundle decides. */
    private static boolean isAboutEntriesOnly(CheckedPayload checked) {
        return checked.problems().stream()
                .filter(MappingIssue::isError)
                .allMatch(issue -> issue.expression().startsWith("Bundle.entry[")
                        && issue.code().refusal() != IssueCode.Refusal.TOO_LARGE);
    }
}
