package org.referralgateway.api.intake;

import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Reference;
import org.referralgateway.api.intake.IntakeResult.Accepted;
import org.referralgateway.api.intake.IntakeResult.Followed;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Parked;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.intake.StoredSubmission.Place;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.Refusal;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Message;
import org.referralgateway.mapper.Submission;
import org.springframework.stereotype.Component;

/**
 * Takes messages and answers each with a message: whose answer it is, the receipt, and under which ids we hold what was
 * sent. Source: <a href="http://hl7.org/fhir/R4/messageheader-operation-process-message.html">$process-message</a>.
 */
@Component
class MessageAnswers {

    private static final String NAME = "Referral gateway";

    private final ReferralIntake intake;
    private final Receipts receipts;
    private final Ids ids;

    MessageAnswers(ReferralIntake intake, Receipts receipts, Ids ids) {
        this.intake = intake;
        this.receipts = receipts;
        this.ids = ids;
    }

    Bundle answer(Payload payload, Submission submission) {
        if (!submission.isAcceptable()) {
            throw Refusal.of(submission.issues());
        }
        if (submission.message() == null) {
            throw Refusal.of(List.of(MappingIssue.error(
                    IssueCode.BUNDLE_TYPE_NOT_SUPPORTED,
                    "Bundle.type",
                    "This address takes Bundles of type message. Send others to the base.")));
        }
        var message = submission.message();
        return switch (intake.receive(payload, submission)) {
            case Accepted accepted ->
                of(
                        message,
                        accepted.stored(),
                        accepted.receipts().isEmpty()
                                ? receipts.nothingToSay()
                                : receipts.of(
                                        accepted, accepted.receipts().getFirst().entry()));
            case Known known -> known(message, known.stored());
            case Parked parked -> throw Waits.answer(parked);
            case Followed followed -> throw new IllegalStateException("Only a Task follows a referral.");
            case Refused refused -> throw Refusal.of(refused.issues());
        };
    }

    private Bundle known(Message message, StoredSubmission stored) {
        var referral = stored.places().stream()
                .filter(place -> place.type().equals("ServiceRequest"))
                .findFirst();
        if (message.repeatIsConflict()) {
            throw Refusal.of(List.of(MappingIssue.error(
                    IssueCode.MESSAGE_REPEATED,
                    "",
                    "This message was taken before"
                            + referral.map(place -> ", as ServiceRequest/" + place.id())
                                    .orElse("")
                            + ". Nothing was done again.")));
        }
        return of(
                message,
                stored,
                referral.map(place -> receipts.ofStored(UUID.fromString(place.id())))
                        .orElseGet(receipts::nothingToSay));
    }

    private Bundle of(Message message, StoredSubmission stored, OperationOutcome outcome) {
        outcome.setId("receipt");
        var header = new MessageHeader();
        header.setId(ids.next().toString());
        header.setEvent(message.answer());
        header.getSource().setName(NAME).setEndpoint("urn:referral-gateway");
        header.getResponse()
                .setIdentifier(message.responseTo())
                .setCode(MessageHeader.ResponseType.OK)
                .setDetails(new Reference("urn:uuid:" + stored.submission()));
        stored.places().stream()
                .filter(place -> place.type().equals("ServiceRequest"))
                .map(Place::location)
                .forEach(location -> header.addFocus(new Reference(location.replaceFirst("/_history/.*", ""))));
        var bundle = new Bundle();
        bundle.setType(Bundle.BundleType.MESSAGE);
        bundle.setTimestamp(Date.from(stored.receivedAt()));
        bundle.addEntry()
                .setFullUrl("urn:uuid:" + header.getIdElement().getIdPart())
                .setResource(header);
        bundle.addEntry().setFullUrl("urn:uuid:" + stored.submission()).setResource(outcome);
        return bundle;
    }
}
