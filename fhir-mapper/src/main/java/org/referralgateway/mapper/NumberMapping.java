package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * The numbers by which the placer knows the referral: the ServiceRequest's own; else the one in an extension (Ontario); else
 * the Task's (BSeR, Gravity); else the case number of the Encounter (BaRS). Source: the reference notes, section 4.9.
 */
final class NumberMapping {

    private final ServiceRequest request;
    private final String path;
    private final Belongings belongings;
    private final Trace trace;
    private final List<BusinessIdentifier> numbers = new ArrayList<>();

    NumberMapping(ServiceRequest request, String path, Belongings belongings, Trace trace) {
        this.request = request;
        this.path = path;
        this.belongings = belongings;
        this.trace = trace;
    }

    List<BusinessIdentifier> placerNumbers() {
        ofTheRequest();
        if (numbers.isEmpty()) {
            inExtensions(request, path);
        }
        if (numbers.isEmpty()) {
            belongings.all(MessageHeader.class).forEach(header -> inExtensions(header.resource(), header.path()));
        }
        if (numbers.isEmpty()) {
            belongings.tasks().forEach(task -> add(task.resource().getIdentifier(), task.path(), true));
        }
        if (numbers.isEmpty()) {
            belongings
                    .resolve(request, request.getEncounter(), Encounter.class)
                    .ifPresent(encounter -> add(encounter.resource().getIdentifier(), encounter.path(), false));
        }
        if (numbers.isEmpty()) {
            trace.information(
                    IssueCode.PLACER_NUMBER_MISSING,
                    path + ".identifier",
                    "No placer number was sent. Add one, so that you can find the referral by it and send it again safely.");
        }
        return numbers;
    }

    /** Where some are marked as the placer's, the others are somebody else's, such as the filler's. */
    private void ofTheRequest() {
        boolean marked = request.getIdentifier().stream().anyMatch(Identifiers::isPlacerNumber);
        add(request.getIdentifier(), path, marked);
        incomplete();
    }

    private void incomplete() {
        for (int i = 0; i < request.getIdentifier().size(); i++) {
            var identifier = request.getIdentifier().get(i);
            if (Identifiers.isOfAPerson(identifier)) {
                trace.information(
                        IssueCode.IDENTIFIER_OF_A_PERSON,
                        path + ".identifier[" + i + "]",
                        "This is a number of a person, so it does not say which referral this is. Send the placer's number"
                                + " of the referral, and this with the Patient.");
            }
            if (!identifier.hasValue() || !identifier.hasSystem()) {
                trace.information(
                        IssueCode.IDENTIFIER_INCOMPLETE,
                        path + ".identifier[" + i + "]",
                        "An identifier needs both system and value to be found again.");
            }
        }
    }

    private void add(List<Identifier> identifiers, String from, boolean onlyPlacerNumbers) {
        for (int i = 0; i < identifiers.size(); i++) {
            var known = Identifiers.of(identifiers.get(i));
            if (known.isPresent()
                    && !Identifiers.isOfAPerson(identifiers.get(i))
                    && (!onlyPlacerNumbers || Identifiers.isPlacerNumber(identifiers.get(i)))) {
                trace.copied("placerNumbers[" + numbers.size() + "]", from + ".identifier[" + i + "]");
                numbers.add(known.get());
            }
        }
    }

    private void inExtensions(DomainResource resource, String from) {
        for (int i = 0; i < resource.getExtension().size(); i++) {
            var number = Identifiers.inExtension(resource.getExtension().get(i));
            if (number.isPresent()) {
                trace.copied("placerNumbers[" + numbers.size() + "]", from + ".extension[" + i + "].value");
                numbers.add(number.get());
            }
        }
    }

    @Nullable
    BusinessIdentifier requisition() {
        var requisition = Identifiers.of(request.getRequisition()).orElse(null);
        if (requisition != null) {
            trace.copied("requisition", path + ".requisition");
        }
        return requisition;
    }
}
