package org.referralgateway.api.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Caller.PersonCaller;
import org.referralgateway.api.access.Caller.SenderCaller;
import org.referralgateway.api.access.Rule.Allowed;
import org.referralgateway.api.access.Rule.Operation;
import org.springframework.stereotype.Component;

/**
 * Holds each FHIR request to the policy: once HAPI knows which method it will call, before anything reads the body; and, where
 * every entry counts, once more when the body is read, before anything is stored.
 */
@Component
@Interceptor
public class FhirGuard {

    /** Before the body is looked at. */
    public static final int BEFORE_THE_BODY = -100;
    /** When it has been read. */
    public static final int AFTER_THE_BODY = 100;

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = BEFORE_THE_BODY)
    public boolean holdToThePolicy(ServletRequestDetails request) {
        var operation = operation(request);
        var rule = operation.flatMap(Policy::of);
        if (rule.isEmpty()) {
            throw new AccessRefused("", "This is offered to nobody.", "");
        }
        switch (rule.get().allowed()) {
            case Allowed.Anyone anyone -> {
                // as it says
            }
            case Allowed.Sender needed -> requireScopes(sender(), needed);
            case Allowed.EachEntry entries -> sender();
            case Allowed.People people -> requirePerson(rule.get());
            case Allowed.AnyPerson anyPerson -> throw new AccessRefused("", "This is for people, not for systems.", "");
        }
        return true;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = AFTER_THE_BODY)
    public boolean holdEachEntry(ServletRequestDetails request) {
        var isByEntry = operation(request)
                .flatMap(Policy::of)
                .filter(rule -> rule.allowed() instanceof Allowed.EachEntry)
                .isPresent();
        if (isByEntry) {
            Entries.of(body(request)).forEach(entry -> requireEntry(sender(), entry));
        }
        return true;
    }

    private static @Nullable IBaseResource body(RequestDetails request) {
        return request.getResource();
    }

    private static void requireEntry(SenderCaller sender, Entries.Entry entry) {
        for (var scope : entry.needed()) {
            if (!sender.scopes().cover(scope)) {
                throw new AccessRefused(
                        entry.path(),
                        "The token does not allow this entry; it needs " + scope.text() + ". Nothing was stored.",
                        scope.text());
            }
        }
    }

    private static void requireScopes(SenderCaller sender, Allowed.Sender needed) {
        for (var scope : needed.scopes()) {
            if (!sender.scopes().cover(scope)) {
                throw new AccessRefused(
                        "", "The token does not allow this; it needs " + scope.text() + ".", scope.text());
            }
        }
    }

    private static void requirePerson(Rule rule) {
        if (!rule.allows(CallerAuthentication.current().orElse(null))) {
            throw new AccessRefused("", "This is for people with another role, not for systems.", "");
        }
    }

    private static SenderCaller sender() {
        return switch (CallerAuthentication.current().orElse(null)) {
            case SenderCaller sender -> sender;
            case PersonCaller person -> throw new AccessRefused("", "This is for systems, not for people.", "");
            case null -> throw new AccessRefused("", "Nobody is known to be behind this request.", "");
        };
    }

    private static Optional<Operation> operation(RequestDetails request) {
        var kind = request.getRestOperationType();
        return kind == null ? Optional.empty() : Optional.of(operation(kind, request));
    }

    private static Operation operation(RestOperationTypeEnum kind, RequestDetails request) {
        var type = request.getResourceName() == null ? "" : request.getResourceName();
        return switch (kind) {
            case EXTENDED_OPERATION_INSTANCE, EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE ->
                new Operation.Fhir(String.valueOf(request.getOperation()), type);
            default -> new Operation.Fhir(kind.getCode(), type);
        };
    }
}
