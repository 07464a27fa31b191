package org.referralgateway.api.intake;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.referralgateway.api.intake.Assembly.Assembled;
import org.referralgateway.api.intake.IntakeResult.Accepted;
import org.referralgateway.api.intake.IntakeResult.Followed;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Parked;
import org.referralgateway.api.intake.IntakeResult.Receipt;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.intake.Submissions.Stored;
import org.referralgateway.api.outbox.RelaySignal;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.Submission;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes in what a placer sent. Accepted means committed: payload, resources, referrals, events and audit rows are on disk,
 * in one transaction, before the answer leaves.
 */
@Service
class ReferralIntake {

    /** A lost race for a key is over once the winner has committed, so the second look finds it. */
    private static final int ATTEMPTS = 3;

    private final Planning planning;
    private final Submissions submissions;
    private final SentBefore sentBefore;
    private final Revisions revisions;
    private final ParkedSubmissions parked;
    private final Identity identity;
    private final RelaySignal relay;
    private final Clock clock;
    private final Ids ids;
    private final JsonMapper json;
    private final MeterRegistry meters;

    ReferralIntake(
            Planning planning,
            Submissions submissions,
            SentBefore sentBefore,
            Revisions revisions,
            ParkedSubmissions parked,
            Identity identity,
            RelaySignal relay,
            Clock clock,
            Ids ids,
            JsonMapper json,
            MeterRegistry meters) {
        this.planning = planning;
        this.submissions = submissions;
        this.sentBefore = sentBefore;
        this.revisions = revisions;
        this.parked = parked;
        this.identity = identity;
        this.relay = relay;
        this.clock = clock;
        this.ids = ids;
        this.json = json;
        this.meters = meters;
    }

    /** What the sender of the current request sent. */
    IntakeResult receive(Payload payload, Submission submission) {
        return receive(Arrival.now(identity.sender(), payload, submission, clock.instant()));
    }

    /** The same, to change the given version only. */
    IntakeResult receive(Payload payload, Submission submission, @org.jspecify.annotations.Nullable Integer ifMatch) {
        return receive(new Arrival(identity.sender(), payload, submission, clock.instant(), null, ifMatch));
    }

    IntakeResult receive(Arrival arrival) {
        var result = carriedOut(arrival, planning.plan(arrival));
        meters.counter(
                        "referral.intake",
                        "dialect",
                        arrival.submission().dialect().wireName(),
                        "outcome",
                        nameOf(result))
                .increment();
        return result;
    }

    private static String nameOf(IntakeResult result) {
        return switch (result) {
            case Accepted accepted -> "accepted";
            case Known known -> "known";
            case Followed followed -> "known";
            case Parked parked -> "parked";
            case Refused refused -> "refused";
        };
    }

    private IntakeResult carriedOut(Arrival arrival, Plan plan) {
        return switch (plan) {
            case Plan.Refuse refuse -> new Refused(refuse.issues());
            case Plan.Follow follow -> new Followed(follow.referral(), follow.task());
            case Plan.Park park ->
                arrival.coordinationTask() == null
                        ? parked.park(arrival, park)
                        : new Parked(arrival.coordinationTask(), arrival.at(), park.issues());
            case Plan.Store store -> stored(arrival, store);
        };
    }

    private IntakeResult stored(Arrival arrival, Plan.Store plan) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var assembly = new Assembly(
                    arrival.sender(),
                    arrival.payload(),
                    arrival.submission(),
                    plan.graph(),
                    arrival.at(),
                    ids,
                    json,
                    submissions);
            var assembled = assembly.assemble(plan.created(), referrals(plan), arrival.coordinationTask());
            boolean onlyNew = plan.revised().isEmpty()
                    && assembled.submission().puts().isEmpty()
                    && assembled.submission().belongsTo().isEmpty();
            var result = onlyNew ? created(assembled, plan) : revisions.store(arrival, assembled, assembly, plan);
            if (result.isPresent()) {
                relay.committed();
                return result.get();
            }
            var earlier = sentBefore.answer(arrival, assembled.submission().keys());
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        throw new IllegalStateException("The keys of a submission are taken, yet nobody has them.");
    }

    private static Map<SentResource, UUID> referrals(Plan.Store plan) {
        var referrals = new LinkedHashMap<SentResource, UUID>();
        plan.revised().forEach((request, revision) -> referrals.put(request, revision.referral()));
        return referrals;
    }

    /** The usual case: nothing but new things, in one statement. */
    private Optional<IntakeResult> created(Assembled assembled, Plan.Store plan) {
        if (!(submissions.store(assembled.submission()) instanceof Stored.New stored)) {
            return Optional.empty();
        }
        return Optional.of(accepted(assembled, stored, receipts(assembled.submission(), plan.companions()), List.of()));
    }

    static Accepted accepted(
            Assembled assembled, Stored.New stored, List<Receipt> receipts, List<MappingIssue> alsoAmended) {
        var submission = assembled.submission();
        return new Accepted(
                new StoredSubmission(submission.id(), submission.receivedAt(), assembled.places(stored.versions())),
                receipts,
                alsoAmended);
    }

    /** One for each new referral. */
    static List<Receipt> receipts(NewSubmission submission, List<MappingIssue> companions) {
        return submission.referrals().stream()
                .map(referral -> {
                    var issues = new ArrayList<>(referral.content().issues());
                    issues.addAll(companions);
                    return new Receipt(referral.id(), referral.entry(), issues);
                })
                .toList();
    }
}
