package org.referralgateway.api.platform;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.CheckedPayload;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.PayloadForm;
import org.referralgateway.mapper.PayloadForms;
import org.referralgateway.mapper.SubmissionReader;
import org.referralgateway.mapper.SubmissionReader.Parsed;
import org.springframework.stereotype.Component;

/** Reads every body strictly before HAPI makes objects of it, and says everything that is wrong at once. */
@Component
@Interceptor
class PayloadInterceptor {

    private static final Set<RestOperationTypeEnum> WITH_BODY = Set.of(
            RestOperationTypeEnum.CREATE,
            RestOperationTypeEnum.UPDATE,
            RestOperationTypeEnum.TRANSACTION,
            RestOperationTypeEnum.EXTENDED_OPERATION_SERVER,
            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE);

    private static final Set<IssueCode> NOT_FOR_VALIDATORS = Set.of(
            IssueCode.JSON_SYNTAX,
            IssueCode.NOT_UTF8,
            IssueCode.DUPLICATE_KEY,
            IssueCode.FORBIDDEN_CHARACTER,
            IssueCode.NOT_A_RESOURCE,
            IssueCode.TOO_DEEP);

    private static final Pattern OTHER_FORMATS = Pattern.compile("turtle|ttl|rdf|n-?quads|n-?triples|ndjson");

    private final PayloadForms forms;
    private final SubmissionReader reader;
    private final PayloadReview review;

    PayloadInterceptor(PayloadForms forms, SubmissionReader reader, PayloadReview review) {
        this.review = review;
        this.forms = forms;
        this.reader = reader;
    }

    /** HAPI could answer in RDF and lines of JSON too; nobody has tried that here. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_PROCESSED)
    public boolean refuseOtherFormats(HttpServletRequest request) {
        var asked = request.getHeader("Accept") + " " + request.getParameter("_format");
        if (OTHER_FORMATS.matcher(asked.toLowerCase(Locale.ROOT)).find()) {
            throw Refusal.of(
                    406,
                    MappingIssue.error(
                            IssueCode.CONDITION_NOT_SUPPORTED, "", "Answers are given in JSON or XML of FHIR R4."));
        }
        return true;
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public boolean checkPayload(ServletRequestDetails request) {
        var operation = request.getRestOperationType();
        if (operation == null || !WITH_BODY.contains(operation)) {
            return true;
        }
        var payload = payload(request.getServletRequest(), request.loadRequestContents());
        Payload.keep(request, payload);
        var checked = payload.checked();
        if (isValidation(request.getServletRequest()) && canBeValidated(checked)) {
            answerInTheFormatOfTheRequest(request);
            request.setRequestContents(payload.json());
            return true;
        }
        requireType(checked, expected(request, operation));
        if (!checked.isAcceptable() && !isAboutEntriesOnly(checked)) {
            throw Refusal.of(checked.problems());
        }
        handOver(request, payload);
        return true;
    }

    private Payload payload(HttpServletRequest http, byte[] body) {
        return switch (forms.read(body, http.getContentType())) {
            case PayloadForm.AsSent asSent -> Payload.of(http, body, null, reviewed(http, body, asSent.checked()));
            case PayloadForm.Converted converted ->
                Payload.of(http, body, converted.json(), reviewed(http, converted.json(), converted.checked()));
            case PayloadForm.Refused refused -> throw Refusal.of(refused.issues());
        };
    }

    /** Who asks for validation gets that of the reference. */
    private CheckedPayload reviewed(HttpServletRequest http, byte[] json, CheckedPayload checked) {
        return isValidation(http) ? checked : review.review(json, checked);
    }

    private static boolean isValidation(HttpServletRequest http) {
        return http.getRequestURI().endsWith("/$validate");
    }

    /** Gives HAPI the resource, and JSON in the place of what was sent, so that no parser of HAPI's sees the sender's XML. */
    private void handOver(ServletRequestDetails request, Payload payload) {
        switch (reader.parse(payload.json())) {
            case Parsed.Understood understood -> request.setResource(understood.resource());
            case Parsed.Broken broken ->
                throw payload.checked().isAcceptable()
                        ? Refusal.of(List.of(broken.issue()))
                        : Refusal.of(payload.checked().problems());
        }
        answerInTheFormatOfTheRequest(request);
        request.setRequestContents(payload.json());
        request.setHeaders("Content-Type", List.of("application/fhir+json; charset=utf-8"));
    }

    /** Where the sender asks for none, which HAPI could no longer tell. */
    private static void answerInTheFormatOfTheRequest(ServletRequestDetails request) {
        var asked =
                request.getHeader("Accept") + " " + request.getServletRequest().getParameter("_format");
        if (!asked.contains("json") && !asked.contains("xml")) {
            var sent = String.valueOf(request.getHeader("Content-Type"));
            request.setHeaders(
                    "Accept", List.of(sent.contains("xml") ? "application/fhir+xml" : "application/fhir+json"));
        }
    }

    /** The type of resource that an address takes; absent where it takes several. */
    private static @Nullable String expected(ServletRequestDetails request, RestOperationTypeEnum operation) {
        return switch (operation) {
            case CREATE, UPDATE -> request.getResourceName();
            case TRANSACTION -> "Bundle";
            default -> String.valueOf(request.getOperation()).startsWith("$process-message") ? "Bundle" : null;
        };
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

    /** Faults are what the sender asks about; what could harm the validator is refused all the same. */
    private static boolean canBeValidated(CheckedPayload checked) {
        return checked.isHarmless()
                && !checked.resourceType().isEmpty()
                && checked.problems().stream()
                        .filter(MappingIssue::isError)
                        .noneMatch(issue -> issue.code().refusal() == IssueCode.Refusal.TOO_LARGE
                                || NOT_FOR_VALIDATORS.contains(issue.code()));
    }

    /** Such faults refuse a transaction as a whole, but only their own entry of a batch; who handles the Bundle decides. */
    private static boolean isAboutEntriesOnly(CheckedPayload checked) {
        return checked.isHarmless()
                && checked.problems().stream()
                        .filter(MappingIssue::isError)
                        .allMatch(issue -> issue.expression().startsWith("Bundle.entry[")
                                && issue.code().refusal() != IssueCode.Refusal.TOO_LARGE);
    }
}
