package org.referralgateway.trail;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tree to which leaves are added and whose root can be asked for at any size. Keeps only the roots of its complete
 * subtrees, one per level at most.
 */
public final class GrowingTree {

    /** Hears of every complete subtree, lower ones first. */
    @FunctionalInterface
    public interface Completed {
        void subtree(int level, long index, byte[] hash);
    }

    private final List<byte @Nullable []> subtrees = new ArrayList<>();
    private final Completed completed;
    private long size;

    public GrowingTree() {
        this((level, index, hash) -> {});
    }

    public GrowingTree(Completed completed) {
        this.completed = completed;
    }

    /** A tree of that size whose subtrees are known. */
    public static GrowingTree resume(long size, SubtreeHashes known, Completed completed) {
        var tree = new GrowingTree(completed);
        tree.size = size;
        for (int level = 0; size >> level != 0; level++) {
            tree.subtrees.add((size >> level & 1) == 1 ? known.hash(level, (size >> level) - 1) : null);
        }
        return tree;
    }

    public void add(byte[] leafHash) {
        byte[] hash = leafHash;
        int level = 0;
        long index = size;
        completed.subtree(0, index, hash);
        while (level < subtrees.size() && subtrees.get(level) instanceof byte[] left) {
            hash = Merkle.node(left, hash);
            subtrees.set(level, null);
            level++;
            index >>= 1;
            completed.subtree(level, index, hash);
        }
        if (level == subtrees.size()) {
            subtrees.add(hash);
        } else {
            subtrees.set(level, hash);
        }
        size++;
    }

    public long size() {
        return size;
    }

    public byte[] root() {
        byte @Nullable [] root = null;
        for (var subtree : subtrees) {
            if (subtree != null) {
                root = root == null ? subtree : Merkle.node(subtree, root);
            }
        }
        return root == null ? Merkle.empty() : root;
    }
}
