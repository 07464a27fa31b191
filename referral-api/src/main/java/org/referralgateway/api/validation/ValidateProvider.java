package org.referralgateway.api.validation;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.Refusal;
import org.referralgateway.api.platform.SystemProvider;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.validation.Objection;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code $validate}: the reference validator's full answer, and nothing is stored. It is the one answer that may repeat what
 * stands in the payload: it goes to whoever has just sent it, and nowhere else.
 */
@Component
class ValidateProvider implements SystemProvider {

    private static final int MOST_PROFILES = 5;

    private final ValidationSettings settings;
    private final ReferencePool pool;
    private final JsonMapper json;

    ValidateProvider(ValidationSettings settings, ReferencePool pool, JsonMapper json) {
        this.settings = settings;
        this.pool = pool;
        this.json = json;
    }

    @Operation(name = "$validate", type = ServiceRequest.class, manualRequest = true)
    public OperationOutcome serviceRequest(RequestDetails details) {
        return validated(details);
    }

    @Operation(name = "$validate", type = Bundle.class, manualRequest = true)
    public OperationOutcome bundle(RequestDetails details) {
        return validated(details);
    }

    private OperationOutcome validated(RequestDetails details) {
        if (!settings.enabled()) {
            throw busy("Validation is switched off here.");
        }
        var asked = asked(Payload.of(details), details);
        return switch (pool.check(asked.resource(), asked.profiles())) {
            case ReferencePool.Outcome.Done(var objections) -> outcome(objections);
            case ReferencePool.Outcome.Busy busy ->
                throw busy("Too many ask for it, or the validator is not ready. Ask again in a few seconds.");
            case ReferencePool.Outcome.TooCostly tooCostly ->
                throw Refusal.of(List.of(MappingIssue.error(
                        IssueCode.VALIDATION_TOO_COSTLY,
                        "",
                        "The payload is too large or too intricate to validate here. Send less at once.")));
        };
    }

    private static Refusal busy(String why) {
        return Refusal.of(List.of(MappingIssue.error(IssueCode.VALIDATION_BUSY, "", why)));
    }

    /** What to validate, against what. */
    private record Asked(byte[] resource, List<String> profiles) {}

    private Asked asked(Payload payload, RequestDetails details) {
        var profiles = new ArrayList<String>();
        var inUrl = details.getParameters().get("profile");
        if (inUrl != null) {
            profiles.addAll(List.of(inUrl));
        }
        if (!payload.checked().resourceType().equals("Parameters")) {
            return new Asked(payload.json(), limited(profiles));
        }
        JsonNode resource = null;
        for (var parameter : json.readTree(payload.json()).path("parameter")) {
            switch (parameter.path("name").asString("")) {
                case "resource" -> resource = parameter.path("resource");
                case "profile" ->
                    profiles.add(parameter
                            .path("valueUri")
                            .asString(parameter.path("valueCanonical").asString("")));
                default -> {
                    // mode and usageContext say nothing to this validator
                }
            }
        }
        if (resource == null) {
            throw Refusal.of(List.of(MappingIssue.error(
                    IssueCode.ENTRY_WITHOUT_RESOURCE,
                    "Parameters.parameter",
                    "No parameter called resource holds a resource. Send what is to be validated.")));
        }
        return new Asked(json.writeValueAsBytes(resource), limited(profiles));
    }

    private static List<String> limited(List<String> profiles) {
        return profiles.stream()
                .filter(url -> !url.isBlank())
                .distinct()
                .limit(MOST_PROFILES)
                .toList();
    }

    private static OperationOutcome outcome(List<Objection> objections) {
        var outcome = new OperationOutcome();
        for (var objection : objections) {
            var issue = outcome.addIssue()
                    .setSeverity(
                            switch (objection.severity()) {
                                case FATAL -> IssueSeverity.FATAL;
                                case ERROR -> IssueSeverity.ERROR;
                                case WARNING -> IssueSeverity.WARNING;
                                case INFORMATION -> IssueSeverity.INFORMATION;
                            })
                    .setCode(objection.isError() ? IssueType.INVALID : IssueType.INFORMATIONAL)
                    .setDiagnostics(objection.text());
            if (!objection.rule().isEmpty()) {
                issue.getDetails().setText(objection.rule());
            }
            if (!objection.location().isEmpty()) {
                issue.addExpression(objection.location());
            }
        }
        if (objections.isEmpty()) {
            outcome.addIssue()
                    .setSeverity(IssueSeverity.INFORMATION)
                    .setCode(IssueType.INFORMATIONAL)
                    .setDiagnostics("All OK.");
        }
        return outcome;
    }
}
