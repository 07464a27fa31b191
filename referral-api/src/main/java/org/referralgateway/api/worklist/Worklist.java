package org.referralgateway.api.worklist;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.worklist.WorklistFilter.Position;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The coordinator's list. It shows patients, so every look at it is on the trail. */
@Component
class Worklist {

    static final int PAGE = 50;

    private final OpenTasks tasks;
    private final Identity identity;
    private final AuditTrail trail;
    private final Clock clock;

    Worklist(OpenTasks tasks, Identity identity, AuditTrail trail, Clock clock) {
        this.tasks = tasks;
        this.identity = identity;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * @param next where the next page starts; absent on the last
     */
    record Page(
            List<WorklistRow> rows,
            WorklistCounts counts,
            WorklistFilter filter,
            @Nullable Position next) {

        public @Nullable String nextPath() {
            return next == null ? null : filter.from(next).path();
        }
    }

    @Transactional
    Page page(WorklistFilter filter, String person, String requestId) {
        var now = clock.instant();
        var senders = identity.clinicSenders();
        var found = tasks.list(senders, filter, person, now, PAGE + 1);
        var rows = found.subList(0, Math.min(PAGE, found.size()));
        var next = found.size() > PAGE ? rows.getLast().position() : null;
        seen(rows, person, requestId);
        return new Page(rows, tasks.counts(senders, filter, person, now), filter, next);
    }

    /** One task, open or not. */
    @Transactional
    Optional<WorklistRow> task(UUID task, String person, String requestId) {
        var row = tasks.find(identity.clinicSenders(), task);
        row.ifPresent(found -> seen(List.of(found), person, requestId));
        return row;
    }

    /** The tasks of the same referral. For the answer to a click: that is on the trail already, and so is the look before it. */
    List<WorklistRow> siblings(WorklistRow row) {
        return tasks.ofReferral(row.sender(), row.referral());
    }

    /** One task, open or not, for a request that leaves its own trace on the trail. */
    Optional<WorklistRow> find(UUID task) {
        return tasks.find(identity.clinicSenders(), task);
    }

    private void seen(List<WorklistRow> rows, String person, String requestId) {
        if (rows.isEmpty()) {
            // Looking and finding nothing is a look, too.
            seen(identity.clinicSenders().getFirst(), List.of(), person, requestId);
        }
        var bySender = rows.stream().collect(Collectors.groupingBy(WorklistRow::sender));
        bySender.forEach((sender, shown) -> seen(sender, shown, person, requestId));
    }

    private void seen(String sender, List<WorklistRow> shown, String person, String requestId) {
        trail.append(new AuditEntry(
                sender,
                clock.instant(),
                "person:" + person,
                "worklist.viewed",
                "success",
                null,
                null,
                requestId,
                Map.of(
                        "referrals",
                        shown.stream().map(WorklistRow::referral).distinct().toList())));
    }
}
