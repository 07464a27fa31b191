package org.referralgateway.api.intake;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.intake.Assembly.Assembled;
import org.referralgateway.api.intake.IntakeResult.Accepted;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Receipt;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.outbox.RelaySignal;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.mapper.ContentHash;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.ReferralMapper;
import org.referralgateway.mapper.ResourceGraph;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.Submission;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides about what a placer sent. Accepted means committed: payload, resources, referrals, events and audit rows are on
 * disk, in one transaction, before the answer leaves.
 */
@Service
class ReferralIntake {

    /** A lost race for a key is over once the winner has committed, so the second look finds it. */
    private static final int ATTEMPTS = 3;

    private final Submissions submissions;
    private final ReceivedResources received;
    private final ReferralMapper mapper;
    private final Identity identity;
    private final RelaySignal relay;
    private final AuditTrail audit;
    private final Clock clock;
    private final Ids ids;
    private final JsonMapper json;
    private final MeterRegistry meters;

    ReferralIntake(
            Submissions submissions,
            ReceivedResources received,
            ReferralMapper mapper,
            Identity identity,
            RelaySignal relay,
            AuditTrail audit,
            Clock clock,
            Ids ids,
            JsonMapper json,
            MeterRegistry meters) {
        this.submissions = submissions;
        this.received = received;
        this.mapper = mapper;
        this.identity = identity;
        this.relay = relay;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
        this.json = json;
        this.meters = meters;
    }

    IntakeResult receive(Payload payload, Submission submission) {
        var result = decide(payload, submission);
        meters.counter("referral.intake", "dialect", submission.dialect().wireName(), "outcome", nameOf(result))
                .increment();
        return result;
    }

    private static String nameOf(IntakeResult result) {
        return switch (result) {
            case Accepted accepted -> "accepted";
            case Known known -> "known";
            case Refused refused -> "refused";
        };
    }

    private IntakeResult decide(Payload payload, Submission submission) {
        if (!submission.isAcceptable()) {
            return new Refused(submission.issues());
        }
        var sender = identity.sender();
        var graph = ResourceGraph.of(submission.resources());
        graph.withEarlier(received.find(sender, graph.unresolved()));
        var receivedAt = clock.instant();
        var mappings = new LinkedHashMap<SentResource, Mapped>();
        for (var request : submission.serviceRequests()) {
            mappings.put(request, mapper.map(submission.dialect(), request, graph, submission.issues(), receivedAt));
        }
        var refusals = refusals(mappings);
        if (!refusals.isEmpty()) {
            return new Refused(refusals);
        }
        var referrals = complete(mappings);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var assembled = new Assembly(sender, payload, submission, graph, receivedAt, ids, json, submissions)
                    .assemble(referrals);
            if (submissions.store(assembled.submission()) == Submissions.Stored.NEW) {
                relay.committed();
                return accepted(assembled, companions(mappings));
            }
            var earlier = earlier(sender, payload, assembled);
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        throw new IllegalStateException("The keys of a submission are taken, yet nobody has them.");
    }

    /**
     * Why the whole is refused. A laboratory order beside a referral is no reason: it is stored with it and said not to be
     * a referral.
     */
    private static List<MappingIssue> refusals(Map<SentResource, Mapped> mappings) {
        var refused = mappings.values().stream()
                .filter(Mapped.Refused.class::isInstance)
                .map(mapped -> ((Mapped.Refused) mapped).issues())
                .toList();
        boolean someReferral = refused.size() < mappings.size();
        return refused.stream()
                .filter(issues -> !(someReferral && isOnlyNoReferral(issues)))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static boolean isOnlyNoReferral(List<MappingIssue> issues) {
        return issues.stream()
                .filter(MappingIssue::isError)
                .allMatch(issue -> issue.code() == IssueCode.NOT_A_REFERRAL);
    }

    private static Map<SentResource, Mapped.Complete> complete(Map<SentResource, Mapped> mappings) {
        var complete = new LinkedHashMap<SentResource, Mapped.Complete>();
        mappings.forEach((request, mapped) -> {
            if (mapped instanceof Mapped.Complete whole) {
                complete.put(request, whole);
            }
        });
        return complete;
    }

    private static List<MappingIssue> companions(Map<SentResource, Mapped> mappings) {
        return mappings.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Mapped.Refused)
                .map(entry -> MappingIssue.warning(
                        IssueCode.NOT_TAKEN_AS_REFERRAL,
                        entry.getKey().path(),
                        "This ServiceRequest is an order for something else. It is kept with the referral; no referral was"
                                + " made of it."))
                .toList();
    }

    private static Accepted accepted(Assembled assembled, List<MappingIssue> companions) {
        var submission = assembled.submission();
        var receipts = submission.referrals().stream()
                .map(referral -> {
                    var issues = new ArrayList<>(referral.content().issues());
                    issues.addAll(companions);
                    return new Receipt(referral.id(), referral.entry(), issues);
                })
                .toList();
        return new Accepted(
                new StoredSubmission(submission.id(), submission.receivedAt(), assembled.places()), receipts);
    }

    /** The answer where keys were taken; nothing where whoever took them only created a resource under a condition. */
    private Optional<IntakeResult> earlier(String sender, Payload payload, Assembled assembled) {
        var taken = submissions.taken(sender, assembled.submission().keys()).stream()
                .filter(one -> !one.key().kind().equals("create"))
                .toList();
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        var first = taken.stream().map(Submissions.Taken::submission).distinct().toList();
        if (first.size() == 1 && saysTheSame(payload.body(), submissions.body(sender, first.getFirst()))) {
            var stored = submissions.stored(sender, first.getFirst());
            sentAgain(sender, payload, taken.getFirst().referral());
            return Optional.of(new Known(stored));
        }
        return Optional.of(new Refused(List.of(conflict(taken))));
    }

    private static boolean saysTheSame(byte[] body, byte[] earlier) {
        return java.util.Arrays.equals(body, earlier) || ContentHash.of(body).equals(ContentHash.of(earlier));
    }

    private static MappingIssue conflict(List<Submissions.Taken> taken) {
        var where = taken.stream()
                .map(Submissions.Taken::referral)
                .filter(referral -> referral != null)
                .distinct()
                .map(referral -> "ServiceRequest/" + referral)
                .collect(Collectors.joining(", "));
        var already = where.isEmpty() ? "an earlier submission" : where;
        if (taken.stream().anyMatch(one -> one.key().kind().equals(SubmissionKey.PLACER))) {
            return MappingIssue.error(
                    IssueCode.PLACER_NUMBER_REUSED,
                    "ServiceRequest.identifier",
                    "This placer number was already received as " + already
                            + " with other content; nothing was changed. Use a new number for a new referral.");
        }
        return MappingIssue.error(
                IssueCode.REQUEST_ID_REUSED,
                "",
                "This X-Request-ID was already used for " + already
                        + " with other content; nothing was changed. Use a new one for each request.");
    }

    private void sentAgain(String sender, Payload payload, @org.jspecify.annotations.Nullable UUID referral) {
        audit.append(new AuditEntry(
                sender,
                clock.instant(),
                "sender:" + sender,
                "referral.sent-again",
                "success",
                referral,
                null,
                payload.requestId(),
                Map.of()));
    }
}
