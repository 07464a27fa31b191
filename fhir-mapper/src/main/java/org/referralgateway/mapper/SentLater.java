package org.referralgateway.mapper;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What is sent after a referral and says itself that it belongs to it: {@code basedOn}, or a document's context. */
public final class SentLater {

    private static final Pattern REQUEST =
            Pattern.compile("(?:.*/)?(ServiceRequest/[A-Za-z0-9.-]{1,64})(?:/_history/.*)?");

    private SentLater() {}

    /** The referrals that a resource names as those it belongs to, as {@code ServiceRequest/id}. */
    public static List<String> belongsTo(Resource resource) {
        return named(resource).stream()
                .map(Reference::getReference)
                .filter(Objects::nonNull)
                .map(REQUEST::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(matcher -> matcher.group(1))
                .distinct()
                .toList();
    }

    private static List<Reference> named(Resource resource) {
        return switch (resource) {
            case QuestionnaireResponse response -> response.getBasedOn();
            case Observation observation -> observation.getBasedOn();
            case DiagnosticReport report -> report.getBasedOn();
            case Procedure procedure -> procedure.getBasedOn();
            case MedicationStatement statement -> statement.getBasedOn();
            case DocumentReference document -> document.getContext().getRelated();
            default -> List.of();
        };
    }
}
