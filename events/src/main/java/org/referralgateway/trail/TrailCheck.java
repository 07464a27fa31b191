package org.referralgateway.trail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a whole trail, leaf by leaf, against its checkpoints and against those that somebody kept elsewhere. Believes
 * nothing but the key and those: neither the stored hashes nor the order in which rows come.
 */
public final class TrailCheck {

    private static final int MOST_FINDINGS = 200;

    private final NoteKey key;
    private final TreeMap<Long, List<Expected>> expected = new TreeMap<>();
    private final GrowingTree tree = new GrowingTree();
    private final List<Finding> findings = new ArrayList<>();
    private final BitSet positions = new BitSet();
    private final Set<Long> largePositions = new HashSet<>();
    private @Nullable Checkpoint latest;
    private long found;
    private long unsealed;
    private int kept;

    private record Expected(Checkpoint checkpoint, boolean isKept) {
        String words() {
            return (isKept ? "the kept checkpoint of " : "the checkpoint of ") + checkpoint.size() + " rows";
        }
    }

    /** What is wrong, as a code. */
    public enum Kind {
        ROW_CHANGED,
        ROW_MISSING,
        ROW_TWICE,
        LEAF_MISSING,
        ROOT_DIFFERS,
        SHORTER,
        NOT_COVERED,
        BAD_SIGNATURE,
        CHECKPOINTS_DISAGREE,
        NO_CHECKPOINT
    }

    /**
     * @param at leaf, position or size, as the words say
     */
    public record Finding(Kind kind, long at, String words) {}

    /**
     * @param leaves rows that are sealed
     * @param unsealed rows that no checkpoint covers yet; nothing is known of them
     * @param latest the largest checkpoint of the trail itself
     * @param kept checkpoints from elsewhere that it was compared with
     * @param found how many things are wrong; the list is cut
     */
    public record Report(
            long leaves, long unsealed, @Nullable Checkpoint latest, int kept, long found, List<Finding> findings) {

        public boolean isIntact() {
            return found == 0;
        }
    }

    public TrailCheck(NoteKey key) {
        this.key = key;
    }

    /** A checkpoint of the trail itself. All of them come before the first leaf, in the order in which they were made. */
    public void checkpoint(String note) {
        signed(note, "A checkpoint of the trail").ifPresent(checkpoint -> {
            if (latest != null && checkpoint.size() <= latest.size()) {
                add(
                        Kind.CHECKPOINTS_DISAGREE,
                        checkpoint.size(),
                        "After the checkpoint of " + latest.size() + " rows comes one of " + checkpoint.size() + ".");
            }
            if (latest == null || checkpoint.size() > latest.size()) {
                latest = checkpoint;
            }
            expect(new Expected(checkpoint, false));
        });
    }

    /** A checkpoint that was kept where nobody who could alter the trail could reach it. Before the first leaf, too. */
    public void kept(String note) {
        signed(note, "A checkpoint given to compare with").ifPresent(checkpoint -> {
            kept++;
            expect(new Expected(checkpoint, true));
        });
    }

    private Optional<Checkpoint> signed(String note, String what) {
        var signed = SignedNote.of(note).filter(key::hasSigned);
        if (signed.isEmpty()) {
            add(Kind.BAD_SIGNATURE, -1, what + " does not bear a good signature of " + key.name() + ".");
        }
        return signed.flatMap(SignedNote::checkpoint)
                .filter(checkpoint -> checkpoint.origin().equals(key.name()));
    }

    private void expect(Expected one) {
        expected.computeIfAbsent(one.checkpoint().size(), size -> new ArrayList<>(1))
                .add(one);
    }

    /**
     * The next leaf.
     *
     * @param leaf its stored number
     * @param position its stored position
     * @param storedHash what was stored as its hash
     * @param line the row at that position; null where there is none
     */
    public void leaf(long leaf, long position, byte[] storedHash, byte @Nullable [] line) {
        if (tree.size() == 0) {
            compare();
        }
        if (leaf != tree.size()) {
            add(
                    Kind.LEAF_MISSING,
                    tree.size(),
                    "Leaf " + tree.size() + " is missing; leaf " + leaf + " comes instead.");
        }
        if (isKnown(position)) {
            add(Kind.ROW_TWICE, position, "The row at position " + position + " is sealed twice.");
        }
        if (line == null) {
            add(Kind.ROW_MISSING, leaf, "The row of leaf " + leaf + ", position " + position + ", is gone.");
            tree.add(storedHash);
        } else {
            var hash = Merkle.leaf(line);
            if (!Arrays.equals(hash, storedHash) || AuditRow.positionOf(line) != position) {
                add(
                        Kind.ROW_CHANGED,
                        leaf,
                        "The row of leaf " + leaf + ", position " + position + ", is not what was sealed.");
            }
            tree.add(hash);
        }
        compare();
    }

    /** A row without a leaf. */
    public void unsealed() {
        unsealed++;
    }

    private boolean isKnown(long position) {
        if (position >= 0 && position < Integer.MAX_VALUE) {
            boolean known = positions.get((int) position);
            positions.set((int) position);
            return known;
        }
        return !largePositions.add(position);
    }

    private void compare() {
        var here = expected.remove(tree.size());
        if (here == null) {
            return;
        }
        var root = tree.root();
        for (var one : here) {
            if (!one.checkpoint().hasRoot(root)) {
                add(Kind.ROOT_DIFFERS, tree.size(), "The rows do not lead to the root of " + one.words() + ".");
            }
        }
    }

    public Report finish() {
        if (tree.size() == 0) {
            compare();
        }
        expected.forEach((size, all) -> all.forEach(one -> add(
                Kind.SHORTER, size, "The trail has " + tree.size() + " sealed rows, fewer than " + one.words() + ".")));
        long covered = latest == null ? 0 : latest.size();
        if (covered < tree.size()) {
            add(Kind.NOT_COVERED, covered, "Leaves from " + covered + " on are in no signed checkpoint of the trail.");
        }
        if (latest == null && kept == 0) {
            add(Kind.NO_CHECKPOINT, 0, "There is no checkpoint with a good signature, so nothing is shown.");
        }
        return new Report(tree.size(), unsealed, latest, kept, found, List.copyOf(findings));
    }

    private void add(Kind kind, long at, String words) {
        found++;
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(kind, at, words));
        }
    }
}
