package org.referralgateway.api.platform;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.AccessRefused;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.vault.Erased;
import org.referralgateway.mapper.MappingIssue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Turns every failure into an OperationOutcome that names no patient, no class and no value. HAPI's own texts quote what was
 * sent, so they are replaced. Each refusal leaves an audit row.
 */
@Component
@Interceptor
class FhirErrors {

    private static final Logger LOG = LoggerFactory.getLogger(FhirErrors.class);
    private static final int RETRY_SECONDS = 5;

    private final AuditTrail audit;
    private final Identity identity;
    private final Clock clock;
    private final RefusalTally tally;

    FhirErrors(AuditTrail audit, Identity identity, Clock clock, RefusalTally tally) {
        this.tally = tally;
        this.audit = audit;
        this.identity = identity;
        this.clock = clock;
    }

    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public BaseServerResponseException answer(
            @Nullable RequestDetails request, Throwable failure, HttpServletRequest http) {
        if (failure instanceof Answered answered) {
            return answered;
        }
        if (isDatabaseAway(failure)) {
            LOG.warn(
                    "The database does not answer: {}",
                    rootOf(failure).getClass().getSimpleName());
            tally.add(503);
            return databaseAway();
        }
        var answer = answer(request, failure);
        refused(answer, http);
        return answer;
    }

    private static BaseServerResponseException answer(@Nullable RequestDetails request, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        if (failure instanceof AccessRefused refused) {
            return refused;
        }
        if (rootOf(failure) instanceof Erased erased) {
            return plain(410, IssueType.DELETED, erased.text());
        }
        var payload = request == null ? null : Payload.find(request);
        if (payload != null && !payload.checked().isAcceptable()) {
            return Refusal.of(payload.checked().problems());
        }
        return switch (failure) {
            case ResourceNotFoundException e -> plain(404, IssueType.NOTFOUND, "There is no such resource.");
            case ResourceGoneException e -> plain(410, IssueType.DELETED, "The resource is gone.");
            case MethodNotAllowedException e -> plain(405, IssueType.NOTSUPPORTED, "This method is not offered here.");
            case InvalidRequestException e ->
                plain(
                        400,
                        IssueType.INVALID,
                        "The request is not understood. See /fhir/metadata for what is offered, with its parameters.");
            // Of a parameter's value; what is thrown while a request is worked on comes wrapped.
            case DataFormatException e ->
                plain(
                        400,
                        IssueType.INVALID,
                        "A parameter has a value that it cannot have, such as a date that is none.");
            // The firewall looks at headers when they are asked for, which is here.
            case RequestRejectedException e -> plain(400, IssueType.INVALID, "The request is not understood.");
            case BaseServerResponseException e
            when e.getStatusCode() < 500 ->
                plain(e.getStatusCode(), IssueType.INVALID, "The request is not understood.");
            default -> {
                LOG.error("A request failed", failure);
                yield plain(500, IssueType.EXCEPTION, "The request failed on our side. Nothing was stored.");
            }
        };
    }

    private static BaseServerResponseException plain(int status, IssueType type, String diagnostics) {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.ERROR)
                .setCode(type)
                .setDiagnostics(diagnostics);
        return status == 500
                ? new InternalErrorException(diagnostics, outcome)
                : new UnclassifiedServerFailureException(status, diagnostics, outcome);
    }

    private static BaseServerResponseException databaseAway() {
        var answer = plain(503, IssueType.TRANSIENT, "The database does not answer. Send it again after Retry-After.");
        answer.addResponseHeader("Retry-After", Integer.toString(RETRY_SECONDS));
        return answer;
    }

    /** Connection lost, refused, exhausted or shut down: SQL states 08, 53 and 57. */
    private static boolean isDatabaseAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return Set.of("08", "53", "57").contains(sql.getSQLState().substring(0, 2));
            }
        }
        return failure instanceof TransactionException;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private void refused(BaseServerResponseException answer, HttpServletRequest http) {
        var codes = answer instanceof Refusal refusal
                ? refusal.issues().stream()
                        .filter(MappingIssue::isError)
                        .map(issue -> issue.code().wireName())
                        .collect(Collectors.toCollection(java.util.TreeSet::new))
                : Set.<String>of();
        try {
            var sender = identity.senderIfAny().orElse("");
            audit.append(new AuditEntry(
                    sender,
                    clock.instant(),
                    sender.isEmpty() ? "anonymous" : "sender:" + sender,
                    "fhir." + http.getMethod().toLowerCase(java.util.Locale.ROOT),
                    "refused",
                    null,
                    null,
                    RequestIds.of(http),
                    Map.of("status", answer.getStatusCode(), "issues", codes)));
        } catch (DataAccessException e) {
            LOG.warn("A refusal could not be recorded: {}", rootOf(e).getClass().getSimpleName());
        }
    }
}
