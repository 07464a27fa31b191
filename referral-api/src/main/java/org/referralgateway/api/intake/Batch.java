package org.referralgateway.api.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.hl7.fhir.r4.model.Bundle;
import org.referralgateway.api.intake.BundleProvider.Answer;
import org.referralgateway.api.intake.BundleProvider.Answered;
import org.referralgateway.api.intake.BundleProvider.Entries;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.Refusal;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.Submission;

/**
 * A batch: each ServiceRequest succeeds or fails by itself. What the other entries hold is stored with the first referral
 * that is taken, because real batches refer to each other's entries although FHIR does not let them.
 */
final class Batch {

    private final ReferralIntake intake;
    private final BiFunction<Payload, Submission, Entries> receive;

    Batch(ReferralIntake intake, BiFunction<Payload, Submission, Entries> receive) {
        this.intake = intake;
        this.receive = receive;
    }

    Bundle process(Payload payload, Submission submission, int size) {
        var errors = errorsByEntry(submission);
        if (isFaultyAsAWhole(submission)) {
            throw Refusal.of(submission.issues());
        }
        var answers = new HashMap<Integer, Answered>();
        errors.forEach((entry, issues) -> answers.put(entry, new Answered(entry, Answer.refused(issues))));
        var storedAs = new HashMap<Integer, String>();
        for (var request : submission.serviceRequests()) {
            int entry = request.part().entry();
            if (errors.containsKey(entry)) {
                continue;
            }
            switch (receive.apply(payload, only(submission, request, errors.keySet(), storedAs))) {
                case Entries.Some some -> {
                    some.entries().forEach(answered -> {
                        answers.putIfAbsent(answered.entry(), answered);
                        storedAs.putIfAbsent(answered.entry(), idIn(answered));
                    });
                }
                case Entries.Waiting waiting ->
                    answers.put(entry, new Answered(entry, Answer.waiting(waiting.parked())));
                case Entries.None none -> answers.put(entry, new Answered(entry, Answer.refused(none.issues())));
            }
        }
        for (int i = 0; i < size; i++) {
            answers.computeIfAbsent(i, entry -> new Answered(entry, notStored()));
        }
        return Answer.of(Bundle.BundleType.BATCHRESPONSE, size, List.copyOf(answers.values()));
    }

    private static org.hl7.fhir.r4.model.Bundle.BundleEntryComponent notStored() {
        return Answer.refused(List.of(MappingIssue.error(
                org.referralgateway.mapper.IssueCode.BUNDLE_WITHOUT_SERVICE_REQUEST,
                "",
                "Not stored, because no referral of this batch was taken.")));
    }

    /** Marks what is wrong with the Bundle as a whole. */
    private static final class SentAs {
        static final int WHOLE = -1;
    }

    /** True where no entry can be taken by itself. */
    static boolean isFaultyAsAWhole(Submission submission) {
        return submission.serviceRequests().isEmpty()
                || errorsByEntry(submission).containsKey(SentAs.WHOLE);
    }

    /** What is wrong, by the entry it is in. */
    static Map<Integer, List<MappingIssue>> errorsByEntry(Submission submission) {
        var errors = new HashMap<Integer, List<MappingIssue>>();
        submission.issues().stream().filter(MappingIssue::isError).forEach(issue -> {
            var expression = issue.expression();
            int entry = expression.startsWith("Bundle.entry[")
                    ? Integer.parseInt(expression.substring("Bundle.entry[".length(), expression.indexOf(']')))
                    : SentAs.WHOLE;
            errors.computeIfAbsent(entry, key -> new ArrayList<>()).add(issue);
        });
        return errors;
    }

    /** One request of the batch with everything in it that is none. */
    static Submission only(
            Submission submission, SentResource request, java.util.Set<Integer> faulty, Map<Integer, String> storedAs) {
        var resources = submission.resources().stream()
                .filter(sent -> sent == request
                        || (!submission.serviceRequests().contains(sent)
                                && !faulty.contains(sent.part().entry())))
                .map(sent -> alreadyStored(sent, storedAs.get(sent.part().entry())))
                .toList();
        var issues =
                submission.issues().stream().filter(issue -> !issue.isError()).toList();
        return Submission.of(submission.dialect(), resources, issues);
    }

    private static SentResource alreadyStored(SentResource sent, @org.jspecify.annotations.Nullable String id) {
        return id == null
                ? sent
                : new SentResource(
                        sent.part(), sent.path(), sent.resource(), sent.fullUrl(), new SentResource.Write.StoredAs(id));
    }

    /** The id in {@code Type/id/_history/1}. */
    private static String idIn(Answered answered) {
        return answered.answer().getResponse().getLocation().split("/", -1)[1];
    }
}
