package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.referralgateway.api.intake.IntakeResult.Accepted;
import org.referralgateway.api.intake.IntakeResult.Followed;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Parked;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.intake.StoredSubmission.Place;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.Refusal;
import org.referralgateway.api.platform.SystemProvider;
import org.referralgateway.mapper.Dialects;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Outcomes;
import org.referralgateway.mapper.Submission;
import org.referralgateway.mapper.SubmissionReader;
import org.springframework.stereotype.Component;

/** {@code POST /fhir}: a Bundle with a referral and its parts. */
@Component
class BundleProvider implements SystemProvider {

    private final ReferralIntake intake;
    private final SubmissionReader reader;
    private final Receipts receipts;
    private final MessageAnswers messages;

    BundleProvider(ReferralIntake intake, SubmissionReader reader, Receipts receipts, MessageAnswers messages) {
        this.messages = messages;
        this.intake = intake;
        this.reader = reader;
        this.receipts = receipts;
    }

    @Transaction
    public Bundle receive(@TransactionParam Bundle bundle, RequestDetails details) {
        var payload = Payload.of(details);
        var submission = reader.read(payload.checked(), bundle);
        if (submission.dialect().wireName().equals(Dialects.BATCH_BUNDLE)) {
            return new Batch(intake, this::entries)
                    .process(payload, submission, bundle.getEntry().size());
        }
        if (submission.message() != null) {
            return messages.answer(payload, submission);
        }
        if (!submission.isAcceptable()) {
            throw Refusal.of(submission.issues());
        }
        return switch (entries(payload, submission)) {
            case Entries.Some some ->
                Answer.of(
                        Bundle.BundleType.TRANSACTIONRESPONSE, bundle.getEntry().size(), some.entries());
            case Entries.None none -> throw Refusal.of(none.issues());
            case Entries.Waiting waiting -> throw Waits.answer(waiting.parked());
        };
    }

    /** What each entry of a Bundle is answered with. */
    sealed interface Entries {
        record Some(List<Answered> entries) implements Entries {}

        record None(List<MappingIssue> issues) implements Entries {}

        record Waiting(Parked parked) implements Entries {}
    }

    record Answered(int entry, BundleEntryComponent answer) {}

    private Entries entries(Payload payload, Submission submission) {
        return switch (intake.receive(payload, submission)) {
            case Accepted accepted ->
                new Entries.Some(accepted.stored().places().stream()
                        .map(place -> answered(
                                place,
                                accepted.stored(),
                                place.created() ? "201 Created" : "200 OK",
                                isReferral(accepted, place) ? receipts.of(accepted, place.entry()) : null))
                        .toList());
            case Known known ->
                new Entries.Some(known.stored().places().stream()
                        .map(place -> answered(
                                place,
                                known.stored(),
                                "200 OK",
                                place.type().equals("ServiceRequest")
                                        ? receipts.ofStored(UUID.fromString(place.id()))
                                        : null))
                        .toList());
            case Parked parked -> new Entries.Waiting(parked);
            case Followed followed -> throw new IllegalStateException("Only a Task follows a referral.");
            case Refused refused -> new Entries.None(refused.issues());
        };
    }

    private static boolean isReferral(Accepted accepted, Place place) {
        return accepted.receipts().stream().anyMatch(receipt -> receipt.entry() == place.entry());
    }

    private static Answered answered(
            Place place,
            StoredSubmission stored,
            String status,
            @org.jspecify.annotations.Nullable OperationOutcome receipt) {
        var answer = new BundleEntryComponent();
        answer.getResponse()
                .setStatus(status)
                .setLocation(place.location())
                .setEtag("W/\"" + place.version() + "\"")
                .setLastModified(Date.from(stored.receivedAt()));
        if (receipt != null) {
            answer.getResponse().setOutcome(receipt);
        }
        return new Answered(place.entry(), answer);
    }

    /** Puts the answers in the order of the entries. */
    static final class Answer {

        private Answer() {}

        static Bundle of(Bundle.BundleType type, int entries, List<Answered> answers) {
            var bundle = new Bundle();
            bundle.setType(type);
            var inOrder = new ArrayList<BundleEntryComponent>();
            for (int i = 0; i < entries; i++) {
                inOrder.add(new BundleEntryComponent());
            }
            answers.forEach(answered -> inOrder.set(answered.entry(), answered.answer()));
            bundle.setEntry(inOrder);
            return bundle;
        }

        static BundleEntryComponent waiting(Parked parked) {
            var answer = new BundleEntryComponent();
            answer.getResponse()
                    .setStatus("202 Accepted")
                    .setLocation("Task/" + parked.task())
                    .setOutcome(Outcomes.of(parked.issues()));
            return answer;
        }

        static BundleEntryComponent refused(List<MappingIssue> issues) {
            var answer = new BundleEntryComponent();
            answer.getResponse()
                    .setStatus(Integer.toString(Outcomes.refusalStatus(issues)))
                    .setOutcome(Outcomes.of(issues));
            return answer;
        }
    }
}
