package org.referralgateway.api.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.intake.Plan.Revision;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.mapper.Dialects;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Outcomes;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.Submission;
import org.springframework.stereotype.Component;

/** Says what would become of something, as intake would decide it now, and stores nothing. */
@Component
public class Previews {

    private final Planning planning;
    private final SentBefore sentBefore;
    private final Identity identity;
    private final Clock clock;

    Previews(Planning planning, SentBefore sentBefore, Identity identity, Clock clock) {
        this.planning = planning;
        this.sentBefore = sentBefore;
        this.identity = identity;
        this.clock = clock;
    }

    /** What would be done. */
    public enum Action {
        CREATED,
        AMENDED,
        WITHDRAWN,
        ALREADY_KNOWN,
        WAITS,
        REFUSED
    }

    /**
     * @param status of HTTP with which the real request would be answered
     * @param issues of the receipt
     */
    public record Previewed(
            String dialect, Action action, int status, List<MappingIssue> issues, List<OneReferral> referrals) {}

    /**
     * @param known the referral's id where it is there already
     * @param mapped absent where it would be withdrawn
     */
    public record OneReferral(
            String path, Action action, @Nullable UUID known, Mapped.@Nullable Complete mapped) {}

    public Previewed of(Payload payload, Submission submission) {
        return submission.dialect().wireName().equals(Dialects.BATCH_BUNDLE)
                ? batch(payload, submission)
                : one(payload, submission);
    }

    /** Each referral of a batch is taken or refused by itself, and the batch is answered by 200. */
    private Previewed batch(Payload payload, Submission submission) {
        var dialect = submission.dialect().wireName();
        if (Batch.isFaultyAsAWhole(submission)) {
            return refused(dialect, submission.issues());
        }
        var issues = new ArrayList<MappingIssue>();
        var referrals = new ArrayList<OneReferral>();
        var errors = Batch.errorsByEntry(submission);
        errors.values().forEach(issues::addAll);
        for (var request : submission.serviceRequests()) {
            if (errors.containsKey(request.part().entry())) {
                referrals.add(new OneReferral(request.path(), Action.REFUSED, null, null));
                continue;
            }
            var alone = one(payload, Batch.only(submission, request, errors.keySet(), Map.of()));
            issues.addAll(alone.issues());
            referrals.addAll(
                    alone.referrals().isEmpty()
                            ? List.of(new OneReferral(request.path(), alone.action(), null, null))
                            : alone.referrals());
        }
        var action = referrals.stream()
                .map(OneReferral::action)
                .filter(one -> one != Action.REFUSED)
                .findFirst()
                .orElse(Action.REFUSED);
        return new Previewed(dialect, action, 200, issues.stream().distinct().toList(), referrals);
    }

    private Previewed one(Payload payload, Submission submission) {
        var arrival = Arrival.now(identity.sender(), payload, submission, clock.instant());
        var dialect = submission.dialect().wireName();
        return switch (planning.plan(arrival)) {
            case Plan.Refuse refuse -> refused(dialect, refuse.issues());
            case Plan.Follow follow -> new Previewed(dialect, Action.ALREADY_KNOWN, 200, List.of(), List.of());
            case Plan.Park park -> new Previewed(dialect, Action.WAITS, 202, park.issues(), List.of());
            case Plan.Store store -> stored(arrival, store);
        };
    }

    private static Previewed refused(String dialect, List<MappingIssue> issues) {
        return new Previewed(dialect, Action.REFUSED, Outcomes.refusalStatus(issues), issues, List.of());
    }

    private Previewed stored(Arrival arrival, Plan.Store plan) {
        var dialect = arrival.submission().dialect().wireName();
        var keys = SubmissionKey.of(
                arrival.payload(),
                arrival.submission(),
                List.copyOf(plan.created().keySet()),
                List.copyOf(plan.revised().keySet()));
        var earlier = sentBefore.look(arrival, keys);
        if (earlier.isPresent() && earlier.get() instanceof Refused refused) {
            return refused(dialect, refused.issues());
        }
        if (earlier.isPresent() && earlier.get() instanceof Known) {
            return new Previewed(dialect, Action.ALREADY_KNOWN, 200, List.of(), List.of());
        }
        var referrals = referrals(plan);
        var issues = Stream.concat(
                        referrals.stream()
                                .flatMap(one ->
                                        one.mapped() == null ? Stream.of() : one.mapped().referral().issues().stream()),
                        plan.companions().stream())
                .toList();
        var action = referrals.isEmpty() ? Action.CREATED : referrals.getFirst().action();
        return new Previewed(dialect, action, status(arrival, action), issues, referrals);
    }

    private static List<OneReferral> referrals(Plan.Store plan) {
        var referrals = new ArrayList<OneReferral>();
        plan.created()
                .forEach((request, mapped) ->
                        referrals.add(new OneReferral(request.path(), Action.CREATED, null, mapped)));
        plan.revised().forEach((request, revision) -> referrals.add(revised(request, revision)));
        return referrals;
    }

    private static OneReferral revised(SentResource request, Revision revision) {
        return switch (revision) {
            case Revision.Amended amended ->
                new OneReferral(request.path(), Action.AMENDED, amended.referral(), amended.mapped());
            case Revision.Withdrawn withdrawn ->
                new OneReferral(request.path(), Action.WITHDRAWN, withdrawn.referral(), null);
        };
    }

    /** A Bundle is answered by a Bundle with 200, a resource of its own by 201. */
    private static int status(Arrival arrival, Action action) {
        boolean bundle = arrival.payload().checked().resourceType().equals("Bundle");
        return action == Action.CREATED && !bundle ? 201 : 200;
    }
}
