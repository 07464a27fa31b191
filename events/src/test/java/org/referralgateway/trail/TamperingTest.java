package org.referralgateway.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Somebody who owns the database alters the trail, in nine ways and ten thousand times. One checkpoint that was kept
 * elsewhere finds it each time, and where nothing was altered nothing is found.
 */
class TamperingTest {

    private static final int TAMPERINGS = 10_000;
    private static final int TRAILS = 100;
    private static final String ORIGIN = "trail.example";

    private final Random random = new Random(7);
    private final NoteSigner key = SignedNoteTest.signer(ORIGIN);
    private final NoteSigner madeUp = SignedNoteTest.signer(ORIGIN);

    private final List<Model> made = new ArrayList<>();

    private enum Tampering {
        EDIT_A_ROW,
        EDIT_A_ROW_AND_ITS_HASH,
        DELETE_A_ROW,
        INSERT_A_ROW,
        REORDER_ROWS,
        TRUNCATE,
        RESTORE_AN_OLDER_BACKUP_AND_GO_ON,
        COMPUTE_ALL_ANEW_WITH_ANOTHER_KEY,
        COMPUTE_ALL_ANEW_WITH_THE_STOLEN_KEY
    }

    private record Leaf(long position, byte[] hash) {}

    /** A trail as its owner can write it. */
    private static final class Model {
        final List<AuditRow> rows = new ArrayList<>();
        final List<Leaf> leaves = new ArrayList<>();
        final List<String> checkpoints = new ArrayList<>();

        void seal(NoteSigner signer) {
            for (int i = leaves.size(); i < rows.size(); i++) {
                leaves.add(leaf(rows.get(i)));
            }
            var tree = new GrowingTree();
            leaves.forEach(leaf -> tree.add(leaf.hash()));
            checkpoints.add(signer.sign(new Checkpoint(ORIGIN, tree.size(), tree.root()))
                    .toString());
        }

        Model copy() {
            var copy = new Model();
            copy.rows.addAll(rows);
            copy.leaves.addAll(leaves);
            copy.checkpoints.addAll(checkpoints);
            return copy;
        }

        static Leaf leaf(AuditRow row) {
            return new Leaf(row.position(), Merkle.leaf(row.line()));
        }

        void cutTo(int rows) {
            this.rows.subList(rows, this.rows.size()).clear();
            leaves.subList(rows, leaves.size()).clear();
            checkpoints.removeIf(note ->
                    SignedNote.of(note).orElseThrow().checkpoint().orElseThrow().size() > rows);
        }

        String last() {
            return checkpoints.getLast();
        }
    }

    @Test
    void everyTamperingIsFoundByOneCheckpointThatWasKept() {
        Map<Tampering, Integer> missed = new EnumMap<>(Tampering.class);
        for (int i = 0; i < TAMPERINGS; i++) {
            var kind = Tampering.values()[i % Tampering.values().length];
            var model = trail();
            var kept = model.last();
            if (random.nextBoolean()) {
                goOn(model, key); // the checkpoint that was kept is not the newest
            }
            int size = (int) size(kept);
            tamper(model, kind, size);
            if (check(model, kept).isIntact()) {
                missed.merge(kind, 1, Integer::sum);
            }
        }
        assertThat(missed).isEmpty();
    }

    @Test
    void nothingIsFoundWhereNothingWasAltered() {
        for (int i = 0; i < 500; i++) {
            var model = trail();
            var kept = model.checkpoints.get(random.nextInt(model.checkpoints.size()));
            assertThat(check(model, kept).findings()).isEmpty();
        }
    }

    /** Without the one that was kept, a recomputation by somebody who has the key is not to be seen: that is what it is for. */
    @Test
    void onlyTheKeptCheckpointFindsTheStolenKey() {
        var model = trail();
        var kept = model.last();
        tamper(model, Tampering.COMPUTE_ALL_ANEW_WITH_THE_STOLEN_KEY, model.rows.size());

        assertThat(check(model, null).isIntact()).isTrue();
        assertThat(check(model, kept).findings())
                .extracting(TrailCheck.Finding::kind)
                .containsOnly(TrailCheck.Kind.ROOT_DIFFERS);
    }

    private void tamper(Model model, Tampering kind, int size) {
        int at = random.nextInt(size);
        switch (kind) {
            case EDIT_A_ROW -> model.rows.set(at, edited(model.rows.get(at)));
            case EDIT_A_ROW_AND_ITS_HASH -> {
                model.rows.set(at, edited(model.rows.get(at)));
                model.leaves.set(at, Model.leaf(model.rows.get(at)));
            }
            case DELETE_A_ROW -> {
                model.rows.remove(at);
                model.leaves.remove(at);
            }
            case INSERT_A_ROW -> {
                var row = row(random.nextInt(1_000_000) + 1_000_000L);
                model.rows.add(at, row);
                model.leaves.add(at, Model.leaf(row));
            }
            case REORDER_ROWS -> {
                int other = (at + 1 + random.nextInt(size - 1)) % size;
                java.util.Collections.swap(model.rows, at, other);
                java.util.Collections.swap(model.leaves, at, other);
            }
            case TRUNCATE -> model.cutTo(at);
            case RESTORE_AN_OLDER_BACKUP_AND_GO_ON -> {
                model.cutTo(at);
                goOn(model, key);
                while (model.rows.size() < size) {
                    goOn(model, key);
                }
            }
            case COMPUTE_ALL_ANEW_WITH_ANOTHER_KEY -> recompute(model, at, madeUp);
            case COMPUTE_ALL_ANEW_WITH_THE_STOLEN_KEY -> recompute(model, at, key);
        }
    }

    private void recompute(Model model, int at, NoteSigner signer) {
        var sizes = model.checkpoints.stream().map(TamperingTest::size).toList();
        model.rows.set(at, edited(model.rows.get(at)));
        var all = List.copyOf(model.rows);
        model.cutTo(0);
        for (long size : sizes) {
            model.rows.addAll(all.subList(model.rows.size(), (int) size));
            model.seal(signer);
        }
    }

    private AuditRow edited(AuditRow row) {
        return switch (random.nextInt(4)) {
            case 0 -> with(row, row.at().plusNanos(1000), row.actor(), row.outcome());
            case 1 -> with(row, row.at(), row.actor() + "x", row.outcome());
            case 2 -> with(row, row.at(), row.actor(), "refused");
            default -> with(row, Instant.EPOCH, "person:somebody else", row.outcome());
        };
    }

    private static AuditRow with(AuditRow row, Instant at, String actor, String outcome) {
        return new AuditRow(
                row.position(),
                at,
                row.sender(),
                actor,
                row.client(),
                row.organisation(),
                row.purpose(),
                row.address(),
                row.action(),
                outcome,
                row.referral(),
                row.version(),
                row.requestId(),
                row.detail());
    }

    /** Signing is what costs, so a few trails are made and each tampering gets a copy of one. */
    private Model trail() {
        while (made.size() < TRAILS) {
            made.add(newTrail());
        }
        return made.get(random.nextInt(TRAILS)).copy();
    }

    private Model newTrail() {
        var model = new Model();
        int pieces = 1 + random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            goOn(model, key);
        }
        return model;
    }

    private void goOn(Model model, NoteSigner signer) {
        int rows = 2 + random.nextInt(20);
        for (int i = 0; i < rows; i++) {
            model.rows.add(row(model.rows.size() + 1L));
        }
        model.seal(signer);
    }

    private AuditRow row(long position) {
        return new AuditRow(
                position,
                Instant.parse("2026-11-28T15:04:05Z").plusSeconds(position),
                "demo",
                "person:" + random.nextInt(5),
                null,
                null,
                null,
                null,
                "referral.viewed",
                "success",
                new UUID(random.nextLong(), random.nextLong()),
                1,
                null,
                "{}");
    }

    private TrailCheck.Report check(Model model, @org.jspecify.annotations.Nullable String kept) {
        var check = new TrailCheck(key.verifier());
        model.checkpoints.forEach(check::checkpoint);
        if (kept != null) {
            check.kept(kept);
        }
        for (int i = 0; i < model.leaves.size(); i++) {
            var leaf = model.leaves.get(i);
            var line = i < model.rows.size() ? model.rows.get(i).line() : null;
            check.leaf(i, leaf.position(), leaf.hash(), line);
        }
        return check.finish();
    }

    private static long size(String note) {
        return SignedNote.of(note).orElseThrow().checkpoint().orElseThrow().size();
    }
}
