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
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.intake.StoredSubmission.Place;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.Refusal;
import org.referralgateway.api.platform.SystemProvider;
import org.referralgateway.mapper.Dialect;
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

    BundleProvider(ReferralIntake intake, SubmissionReader reader, Receipts receipts) {
        this.intake = intake;
        this.reader = reader;
        this.receipts = receipts;
    }

    @Transaction
    public Bundle receive(@TransactionParam Bundle bundle, RequestDetails details) {
        var payload = Payload.of(details);
        var submission = reader.bundle(payload.checked(), bundle);
        if (submission.dialect() == Dialect.BATCH_BUNDLE) {
            return new Batch(intake, this::entries)
                    .process(payload, submission, bundle.getEntry().size());
        }
        if (!submission.isAcceptable()) {
            throw Refusal.of(submission.issues());
        }
        var entries = entries(payload, submission);
        if (entries instanceof Entries.None none) {
            throw Refusal.of(none.issues());
        }
        return Answer.of(
                Bundle.BundleType.TRANSACTIONRESPONSE, bundle.getEntry().size(), ((Entries.Some) entries).entries());
    }

    /** What each entry of a Bundle is answered with. */
    sealed interface Entries {
        record Some(List<Answered> entries) implements Entries {}

        record None(List<MappingIssue> issues) implements Entries {}
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

        static BundleEntryComponent refused(List<MappingIssue> issues) {
            var answer = new BundleEntryComponent();
            answer.getResponse()
                    .setStatus(Integer.toString(Outcomes.refusalStatus(issues)))
                    .setOutcome(Outcomes.of(issues));
            return answer;
        }
    }
}
