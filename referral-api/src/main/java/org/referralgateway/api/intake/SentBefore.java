package org.referralgateway.api.intake;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.intake.Submissions.Taken;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.mapper.ContentHash;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.MappingIssue;
import org.springframework.stereotype.Component;

/** Answers what was sent before: the same again gets the first answer, another content under the same key is refused. */
@Component
class SentBefore {

    private final Submissions submissions;
    private final AuditTrail audit;
    private final Clock clock;

    SentBefore(Submissions submissions, AuditTrail audit, Clock clock) {
        this.submissions = submissions;
        this.audit = audit;
        this.clock = clock;
    }

    /** The answer where keys are taken, with an audit row; nothing where none is, or only a conditional create's. */
    Optional<IntakeResult> answer(Arrival arrival, List<SubmissionKey> keys) {
        var answer = look(arrival, keys);
        if (answer.isPresent() && answer.get() instanceof Known known) {
            sentAgain(arrival, known);
        }
        return answer;
    }

    /** The same without leaving anything behind. */
    Optional<IntakeResult> look(Arrival arrival, List<SubmissionKey> keys) {
        var taken = submissions.taken(arrival.sender(), keys).stream()
                .filter(one -> !one.key().kind().equals("create"))
                .toList();
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        var first = taken.stream().map(Taken::submission).distinct().toList();
        if (first.size() == 1 && saysTheSame(arrival.sender(), arrival.payload(), first.getFirst())) {
            return Optional.of(new Known(submissions.stored(arrival.sender(), first.getFirst())));
        }
        return Optional.of(new Refused(List.of(conflict(taken))));
    }

    boolean saysTheSame(String sender, Payload payload, UUID submission) {
        var earlier = submissions.json(sender, submission);
        return Arrays.equals(payload.json(), earlier)
                || ContentHash.of(payload.json()).equals(ContentHash.of(earlier));
    }

    private static MappingIssue conflict(List<Taken> taken) {
        var where = taken.stream()
                .map(Taken::referral)
                .filter(Objects::nonNull)
                .distinct()
                .map(referral -> "ServiceRequest/" + referral)
                .collect(Collectors.joining(", "));
        var already = where.isEmpty() ? "an earlier submission" : where;
        var kinds = taken.stream().map(one -> one.key().kind()).collect(Collectors.toSet());
        if (kinds.contains(SubmissionKey.PLACER) || kinds.contains(SubmissionKey.PUT)) {
            return MappingIssue.error(
                    IssueCode.PLACER_NUMBER_REUSED,
                    "ServiceRequest.identifier",
                    "This placer number was already received as " + already
                            + " with other content; nothing was changed. Use a new number for a new referral, or PUT to"
                            + " change that one.");
        }
        var what = kinds.contains(SubmissionKey.MESSAGE) ? "message id" : "X-Request-ID";
        return MappingIssue.error(
                IssueCode.REQUEST_ID_REUSED,
                "",
                "This " + what + " was already used for " + already
                        + " with other content; nothing was changed. Use a new one for each request.");
    }

    private void sentAgain(Arrival arrival, Known known) {
        audit.append(new AuditEntry(
                arrival.sender(),
                clock.instant(),
                "sender:" + arrival.sender(),
                "referral.sent-again",
                "success",
                referral(known),
                null,
                arrival.payload().requestId(),
                Map.of()));
    }

    private static @Nullable UUID referral(Known known) {
        return known.stored().places().stream()
                .filter(place -> place.type().equals("ServiceRequest"))
                .map(place -> UUID.fromString(place.id()))
                .findFirst()
                .orElse(null);
    }
}
