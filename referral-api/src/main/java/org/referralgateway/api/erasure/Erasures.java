package org.referralgateway.api.erasure;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.audit.Who;
import org.referralgateway.api.outbox.Outbox;
import org.referralgateway.api.vault.ErasureReason;
import org.referralgateway.api.vault.ErasureRecord;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.events.ReferralEvent;
import org.referralgateway.events.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases the persons of referrals. One transaction removes what is left in the tables and says so on the trail and to the
 * consumers; as its last step, before it commits, the keys are destroyed. Where it then cannot commit, the keyring knows, and
 * {@link #settle} does it again.
 */
@Service
class Erasures {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    private static final String SETTLED_BY = "system:erasure";

    private final JdbcClient db;
    private final Vault vault;
    private final Belongings belongings;
    private final Remains remains;
    private final Outbox outbox;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Erasures(
            JdbcClient db,
            Vault vault,
            Belongings belongings,
            Remains remains,
            Outbox outbox,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        this.db = db;
        this.vault = vault;
        this.belongings = belongings;
        this.remains = remains;
        this.outbox = outbox;
        this.trail = trail;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A referral that is there; or a request that waits to become one, or gave up, under the id of its Task. Its row is locked.
     *
     * @param coordinationTask null where it became no referral: then nobody on a topic has heard of it
     * @param isBeingJoined somebody has read it and may be making a referral of it
     */
    private record Found(
            String sender, UUID referral, @Nullable UUID coordinationTask, boolean isBeingJoined) {}

    /**
     * @param senders whose referrals may be erased; null for everybody's
     * @param by as on the trail
     * @param requestId of the click, where it was one
     */
    ErasureResult erase(
            Collection<UUID> referrals,
            ErasureReason reason,
            @Nullable Collection<String> senders,
            String by,
            @Nullable String requestId) {
        var wanted = new LinkedHashSet<>(referrals);
        ErasureResult result;
        try {
            result = java.util.Objects.requireNonNull(
                    transaction.execute(status -> inTransaction(wanted, reason, senders, by, requestId)));
        } catch (KeyringRefused e) {
            LOG.error("The keyring could not be changed: {}", String.valueOf(e.getCause()));
            result = new ErasureResult.NoKeyring();
        }
        if (!(result instanceof ErasureResult.Done)) {
            refused(wanted, reason, result, by, requestId);
        }
        return result;
    }

    /** Takes back the transaction. */
    private static final class KeyringRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyringRefused(IOException cause) {
            super(cause);
        }
    }

    private ErasureResult inTransaction(
            Set<UUID> wanted,
            ErasureReason reason,
            @Nullable Collection<String> senders,
            String by,
            @Nullable String requestId) {
        var found = new ArrayList<Found>();
        for (var referral :
                wanted.stream().sorted(Comparator.comparing(UUID::toString)).toList()) {
            var one = find(referral, senders);
            if (one == null) {
                return new ErasureResult.Unknown(referral);
            }
            if (one.isBeingJoined()) {
                return new ErasureResult.BeingJoined(referral);
            }
            found.add(one);
        }
        var left = found.stream()
                .filter(one -> vault.erasure(one.referral()) == null)
                .distinct() // one named by its id and by the Task that it waited with
                .toList();
        if (left.isEmpty()) {
            var first = found.getFirst().referral();
            var before = java.util.Objects.requireNonNull(vault.erasure(first));
            return new ErasureResult.Already(first, before.at(), before.reason());
        }
        for (var sender : left.stream().map(Found::sender).distinct().toList()) {
            var ofSender =
                    left.stream().filter(one -> one.sender().equals(sender)).toList();
            var notAlone = others(sender, ofSender);
            if (!notAlone.isEmpty()) {
                return new ErasureResult.NotAlone(notAlone);
            }
        }
        left.stream()
                .map(Found::sender)
                .distinct()
                .toList()
                .forEach(sender -> erase(
                        sender,
                        left.stream().filter(one -> one.sender().equals(sender)).toList(),
                        reason,
                        by,
                        requestId));
        return new ErasureResult.Done(left.stream().map(Found::referral).toList());
    }

    /** What has joined while we waited for its row is looked for once more: it is a referral now. */
    private @Nullable Found find(UUID id, @Nullable Collection<String> senders) {
        var referral = referral(id, senders);
        var found = referral == null ? waiting(id, senders) : referral;
        return found == null ? referral(id, senders) : found;
    }

    private @Nullable Found referral(UUID id, @Nullable Collection<String> senders) {
        return row("""
                select sender, referral, coordination_task, null::timestamptz as attempted_until from referral
                -- by the Task, too, where it is stored and the waiting request does not know it yet
                where referral = coalesce((select coalesce(p.referral, r.referral) from parked_submission p
                                           left join referral r on r.sender = p.sender and r.coordination_task = p.task
                                           where p.task = :id limit 1), :id)
                for update
                """, id, senders);
    }

    private @Nullable Found waiting(UUID id, @Nullable Collection<String> senders) {
        return row("""
                select sender, task as referral, null::uuid as coordination_task, attempted_until from parked_submission
                where task = :id and referral is null
                for update
                """, id, senders);
    }

    private @Nullable Found row(String sql, UUID id, @Nullable Collection<String> senders) {
        return db.sql(sql)
                .param("id", id)
                .query((row, number) -> new Found(
                        row.getString("sender"),
                        row.getObject("referral", UUID.class),
                        row.getObject("coordination_task", UUID.class),
                        isAhead(row.getTimestamp("attempted_until"))))
                .optional()
                .filter(one -> senders == null || senders.contains(one.sender()))
                .orElse(null);
    }

    private boolean isAhead(@Nullable Timestamp until) {
        return until != null && until.toInstant().isAfter(clock.instant());
    }

    private List<UUID> others(String sender, List<Found> referrals) {
        var ids = referrals.stream().map(Found::referral).toList();
        return belongings.others(sender, ids, belongings.submissions(sender, ids));
    }

    private void erase(
            String sender, List<Found> referrals, ErasureReason reason, String by, @Nullable String requestId) {
        var ids = referrals.stream().map(Found::referral).toList();
        var submissions = new LinkedHashSet<>(belongings.submissions(sender, ids));
        submissions.addAll(belongings.parts(sender, ids));
        var keys = belongings.keys(sender, ids, submissions);
        var at = clock.instant();
        var records = new ArrayList<ErasureRecord>();
        for (var one : referrals) {
            // The keys of what came along stand with each of them: what was sent belongs to all.
            var names = new LinkedHashSet<>(keys);
            names.removeAll(ids);
            names.add(one.referral());
            var record = new ErasureRecord(sender, one.referral(), at, reason, by, List.copyOf(names));
            told(record, one.coordinationTask(), by, requestId, Map.of("reason", reason.code(), "keys", names.size()));
            records.add(record);
        }
        remains.clear(sender, ids, submissions);
        destroyAtTheEnd(records);
    }

    /** As the last thing before the commit: what fails before leaves the keys where they are. */
    private void destroyAtTheEnd(List<ErasureRecord> records) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                try {
                    vault.destroy(records);
                } catch (IOException e) {
                    throw new KeyringRefused(e);
                }
            }
        });
    }

    private void told(
            ErasureRecord record,
            @Nullable UUID coordinationTask,
            String by,
            @Nullable String requestId,
            Map<String, Object> detail) {
        boolean first = db.sql("""
                                insert into erasure (sender, referral, erased_at, reason, actor, keys)
                                values (:sender, :referral, :at, :reason, :actor, :keys) on conflict do nothing
                                """)
                        .param("sender", record.sender())
                        .param("referral", record.referral())
                        .param("at", Timestamp.from(record.at()))
                        .param("reason", record.reason().code())
                        .param("actor", record.by())
                        .param("keys", Belongings.uuids(record.keys()))
                        .update()
                == 1;
        if (!first) {
            return;
        }
        if (coordinationTask != null) {
            outbox.append(
                    record.sender(),
                    record.referral(),
                    new ReferralEvent.Erased(
                            new TaskId(coordinationTask), record.reason().code()),
                    null);
        }
        trail.append(new AuditEntry(
                record.sender(),
                clock.instant(),
                Who.of(by),
                "referral.erased",
                "success",
                coordinationTask == null ? null : record.referral(),
                null,
                requestId,
                coordinationTask == null ? withTask(detail, record.referral()) : detail));
    }

    private static Map<String, Object> withTask(Map<String, Object> detail, UUID task) {
        var all = new HashMap<>(detail);
        all.put("task", task);
        return all;
    }

    private void refused(
            Set<UUID> wanted, ErasureReason reason, ErasureResult result, String by, @Nullable String requestId) {
        trail.append(new AuditEntry(
                AuditTrail.HOUSE,
                clock.instant(),
                Who.of(by),
                "referral.erased",
                "refused",
                wanted.size() == 1 ? wanted.iterator().next() : null,
                null,
                requestId,
                Map.of("reason", reason.code(), "answer", result.word())));
    }

    /**
     * Makes database and keyring say the same, whichever of them is older: after a crash between the two, and where one of
     * them was restored from a backup. An erasure is never taken back.
     *
     * @return how many referrals had to be erased once more
     */
    int settle() {
        if (!vault.isOn()) {
            return 0;
        }
        int settled = 0;
        var recorded = recorded();
        var known = new HashSet<>(recorded.stream().map(ErasureRecord::referral).toList());
        for (var record : vault.erasures()) {
            if (!known.contains(record.referral())
                    && Boolean.TRUE.equals(transaction.execute(status -> settleDatabase(record)))) {
                settled++;
            }
        }
        var left = recorded.stream()
                .filter(record -> vault.erasure(record.referral()) == null)
                .toList();
        return settled + (left.isEmpty() ? 0 : settleKeyring(left));
    }

    /** The keyring says so, the database does not: it is from before, or never committed it. */
    private boolean settleDatabase(ErasureRecord record) {
        var found = find(record.referral(), List.of(record.sender()));
        if (found == null || found.isBeingJoined()) {
            return false; // of the latter the keyring knows, and it is settled the next time
        }
        var ids = List.of(found.referral());
        var submissions = new LinkedHashSet<>(belongings.submissions(found.sender(), ids));
        submissions.addAll(belongings.parts(found.sender(), ids));
        told(
                record,
                found.coordinationTask(),
                SETTLED_BY,
                null,
                Map.of(
                        "reason",
                        record.reason().code(),
                        "erasedAt",
                        record.at().toString(),
                        "keys",
                        record.keys().size()));
        remains.clear(found.sender(), ids, submissions);
        return true;
    }

    /** The database says so, the keyring does not: it was restored from a backup. */
    private int settleKeyring(List<ErasureRecord> records) {
        try {
            vault.destroy(records);
            LOG.warn("The keyring still had keys of {} erased referrals; they are destroyed again.", records.size());
            return records.size();
        } catch (IOException e) {
            LOG.error("The keyring still has keys of erased referrals, and cannot be changed: {}", e.getMessage());
            return 0;
        }
    }

    private List<ErasureRecord> recorded() {
        return db.sql("select sender, referral, erased_at, reason, actor, keys from erasure order by erased_at")
                .query((row, number) -> new ErasureRecord(
                        row.getString("sender"),
                        row.getObject("referral", UUID.class),
                        row.getTimestamp("erased_at").toInstant(),
                        ErasureReason.of(row.getString("reason")).orElseThrow(),
                        row.getString("actor"),
                        List.of((UUID[]) row.getArray("keys").getArray())))
                .list();
    }

    /** Who was erased, the newest first. */
    List<ErasureRecord> latest(int most) {
        return recorded().reversed().stream().limit(most).toList();
    }
}
