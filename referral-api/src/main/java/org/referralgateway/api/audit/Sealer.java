package org.referralgateway.api.audit;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.referralgateway.trail.AuditRow;
import org.referralgateway.trail.Checkpoint;
import org.referralgateway.trail.GrowingTree;
import org.referralgateway.trail.Merkle;
import org.referralgateway.trail.NoteSigner;
import org.referralgateway.trail.Proofs;
import org.referralgateway.trail.SignedNote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gathers committed rows into the tree and signs its root. Writers never wait for it: they take no lock of it and it takes
 * none of theirs.
 *
 * <p>Rows get their position before they commit, so a lower one may appear after a higher one. Each row therefore bears the
 * id of its transaction. All transactions below the smallest one that still ran are over, so their rows have been seen;
 * from there on every row is looked at again, until it has a leaf. A transaction that runs for long holds nothing up.
 *
 * <p>One instance at a time seals, under a lock that belongs to the transaction. What it remembers of the tree is compared
 * with the database in each round, and before the first one the database is compared with what was published: a database
 * that was set back is not sealed anew.
 */
@Component
class Sealer {

    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

    /** The first key of our advisory locks; the second says for what. */
    private static final int LOCK_CLASS = 0x0EF1;

    private static final int AT_ONCE = 10_000;
    private static final String SYSTEM = "system";

    private static final String UNSEALED = " not exists (select from audit_leaf l where l.position = a.position) ";

    private static final String FROM_THE_BEGINNING = "select " + AuditRows.COLUMNS
            + " from audit_event a where a.position > :after and" + UNSEALED + "order by a.position limit :limit";

    // In two steps, so that the new rows are found by their transactions and not by reading all positions.
    private static final String NEW =
            "with a as materialized (select * from audit_event where tx >= :from::xid8) select " + AuditRows.COLUMNS
                    + " from a where" + UNSEALED + "order by a.position limit :limit";

    private final JdbcClient db;
    private final SealedTree stored;
    private final SealKey key;
    private final SealPlaces places;
    private final AuditTrail trail;
    private final AuditSettings settings;
    private final Clock clock;
    private final TransactionTemplate transaction;

    private volatile SealState state = new SealState.NotHere();
    private boolean compared;
    private @Nullable GrowingTree tree;
    private @Nullable SignedNote newest;
    private final List<Node> completed = new ArrayList<>();
    private String from = "0";
    private @Nullable Long after = 0L;

    private record Node(int level, long index, byte[] hash) {}

    Sealer(
            JdbcClient db,
            SealedTree stored,
            SealKey key,
            SealPlaces places,
            AuditTrail trail,
            AuditSettings settings,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.db = db;
        this.stored = stored;
        this.key = key;
        this.places = places;
        this.trail = trail;
        this.settings = settings;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    SealState state() {
        return state;
    }

    /** Seals what there is to seal; says how it stands. */
    SealState round() {
        var signer = key.signer();
        if (signer.isEmpty()) {
            return become(new SealState.NoKey());
        }
        try {
            if (!compared && !become(compare()).isWell()) {
                return state;
            }
            compared = true;
            while (Boolean.TRUE.equals(transaction.execute(status -> seal(signer.get())))) {
                // there is more
            }
            return state;
        } catch (RuntimeException e) {
            // What we remember may be ahead of what was committed.
            forget();
            throw e;
        }
    }

    private SealState become(SealState next) {
        // Sizes change while others write; what matters is told once.
        if (!next.getClass().equals(state.getClass())) {
            if (next.isWell()) {
                LOG.info("{}", next.words());
            } else {
                LOG.error("{}", next.words());
            }
            if (next instanceof SealState.RolledBack || next instanceof SealState.Forked) {
                trail.append(new AuditEntry(
                        SYSTEM,
                        clock.instant(),
                        Who.system("sealer"),
                        "audit.not-sealed",
                        "refused",
                        null,
                        null,
                        null,
                        Map.of("why", next.getClass().getSimpleName())));
            }
        }
        state = next;
        return next;
    }

    private void forget() {
        tree = null;
        completed.clear();
        compared = false;
        from = "0";
        after = 0L;
    }

    /** The database against what is known outside of it. */
    private SealState compare() {
        long size = stored.size();
        for (var place : places.all()) {
            try {
                var known = place.largest().flatMap(SignedNote::checkpoint);
                if (known.isPresent() && !(against(place.name(), known.get(), size) instanceof SealState.Sealing)) {
                    return against(place.name(), known.get(), size);
                }
            } catch (IOException e) {
                LOG.debug("A place of checkpoints does not answer.", e);
                return new SealState.Waiting(place.name());
            }
        }
        var remembered = newest == null ? null : newest.checkpoint().orElse(null);
        return remembered == null ? new SealState.Sealing() : against("memory of this instance", remembered, size);
    }

    private SealState against(String place, Checkpoint known, long size) {
        if (!known.origin().equals(settings.origin())) {
            return new SealState.Sealing();
        }
        if (known.size() > size) {
            return new SealState.RolledBack(place, known.size(), size);
        }
        try {
            return known.hasRoot(Proofs.root(known.size(), stored.hashes()))
                    ? new SealState.Sealing()
                    : new SealState.Forked(place, known.size());
        } catch (IllegalStateException e) {
            LOG.debug("The tree cannot be computed.", e);
            return new SealState.Forked(place, known.size());
        }
    }

    /** One piece, in one transaction; true where there may be more. */
    private boolean seal(NoteSigner signer) {
        var horizon = horizonIfOurs();
        if (horizon == null) {
            return false;
        }
        var growing = current(signer);
        if (growing == null) {
            return false;
        }
        var rows = rows();
        if (!rows.isEmpty()) {
            add(growing, rows, signer);
        }
        boolean more = rows.size() == AT_ONCE;
        if (after != null) {
            // The first time all rows are looked at, piece by piece; what commits meanwhile belongs to younger
            // transactions.
            if (after == 0) {
                from = horizon;
            }
            after = more ? (Long) rows.getLast().position() : null;
            return more || after == null && !rows.isEmpty();
        }
        if (!more) {
            from = horizon;
        }
        return more;
    }

    /** The smallest transaction that was still running; null where another instance is sealing. */
    private @Nullable String horizonIfOurs() {
        return db.sql("""
                        select case when pg_try_advisory_xact_lock(:class, 0)
                                    then pg_snapshot_xmin(pg_current_snapshot())::text end
                        """)
                .param("class", LOCK_CLASS)
                .query((row, number) -> java.util.Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    /** The tree as it is in the database; null where it is not the one it ought to be. */
    private @Nullable GrowingTree current(NoteSigner signer) {
        long size = stored.size();
        var latest = stored.latest();
        var note = latest.map(SealedTree.Stored::note).orElse("");
        if (tree != null && tree.size() == size && note.equals(Objects.toString(newest, ""))) {
            return tree;
        }
        var remembered = newest == null ? null : newest.checkpoint().orElse(null);
        if (remembered != null
                && !become(against("memory of this instance", remembered, size)).isWell()) {
            compared = false;
            return null;
        }
        var resumed = GrowingTree.resume(size, stored.hashes(), this::completed);
        if (!isSigned(latest.orElse(null), signer, resumed)) {
            become(new SealState.Forked("database itself", size));
            compared = false;
            return null;
        }
        tree = resumed;
        newest = latest.map(SealedTree.Stored::signed).orElse(null);
        return resumed;
    }

    /** Whether the leaves are those of the last checkpoint. One of another origin cannot be verified, only compared. */
    private boolean isSigned(SealedTree.@Nullable Stored latest, NoteSigner signer, GrowingTree resumed) {
        if (latest == null) {
            return resumed.size() == 0;
        }
        var signed = latest.signed();
        if (latest.origin().equals(settings.origin()) && !signer.verifier().hasSigned(signed)) {
            return false;
        }
        return signed.checkpoint()
                .filter(checkpoint -> checkpoint.size() == resumed.size() && checkpoint.hasRoot(resumed.root()))
                .isPresent();
    }

    private void completed(int level, long index, byte[] hash) {
        if (level > 0 && level % SealedTree.KEPT_LEVELS == 0) {
            completed.add(new Node(level, index, hash));
        }
    }

    private List<AuditRow> rows() {
        var statement = after == null
                ? db.sql(NEW).param("from", from)
                : db.sql(FROM_THE_BEGINNING).param("after", after);
        return statement.param("limit", AT_ONCE).query(AuditRows::of).list();
    }

    private void add(GrowingTree growing, List<AuditRow> rows, NoteSigner signer) {
        long first = growing.size();
        var hashes = new ArrayList<byte[]>(rows.size());
        for (var row : rows) {
            var hash = Merkle.leaf(row.line());
            hashes.add(hash);
            growing.add(hash);
        }
        stored.addLeaves(first, rows.stream().map(AuditRow::position).toList(), hashes);
        completed.forEach(node -> stored.addNode(node.level(), node.index(), node.hash()));
        completed.clear();
        var note = signer.sign(new Checkpoint(settings.origin(), growing.size(), growing.root()));
        stored.addCheckpoint(settings.origin(), growing.size(), note.toString(), clock.instant());
        newest = note;
    }
}
