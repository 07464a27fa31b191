package org.referralgateway.trail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Proofs of RFC 6962: that a row is in a tree, and that a tree is the beginning of a larger one. */
public final class Proofs {

    private Proofs() {}

    public static byte[] root(long size, SubtreeHashes tree) {
        return size == 0 ? Merkle.empty() : range(0, size, tree);
    }

    public static List<byte[]> inclusion(long leaf, long size, SubtreeHashes tree) {
        if (leaf < 0 || leaf >= size) {
            throw new IllegalArgumentException("The leaf is not in a tree of that size.");
        }
        var path = new ArrayList<byte[]>();
        path(leaf, 0, size, tree, path);
        return path;
    }

    public static List<byte[]> consistency(long from, long to, SubtreeHashes tree) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("The first size must not be larger than the second.");
        }
        var path = new ArrayList<byte[]>();
        if (from > 0 && from < to) {
            subproof(from, 0, to, true, tree, path);
        }
        return path;
    }

    /** Whether the path leads from the leaf to the root. */
    public static boolean isIncluded(byte[] leafHash, long leaf, long size, byte[] root, List<byte[]> path) {
        if (leaf < 0 || leaf >= size) {
            return false;
        }
        long index = leaf;
        long last = size - 1;
        byte[] hash = leafHash;
        for (var other : path) {
            if (last == 0) {
                return false;
            }
            if ((index & 1) == 1 || index == last) {
                hash = Merkle.node(other, hash);
                while ((index & 1) == 0 && index != 0) {
                    index >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Merkle.node(hash, other);
            }
            index >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the path shows that the smaller tree is the beginning of the larger. */
    public static boolean isConsistent(long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> path) {
        if (from < 0 || from > to) {
            return false;
        }
        if (from == 0) {
            return path.isEmpty() && Arrays.equals(fromRoot, Merkle.empty());
        }
        if (from == to) {
            return path.isEmpty() && Arrays.equals(fromRoot, toRoot);
        }
        var hashes = new ArrayList<>(path);
        if (Long.bitCount(from) == 1) {
            hashes.addFirst(fromRoot);
        }
        if (hashes.isEmpty()) {
            return false;
        }
        long index = from - 1;
        long last = to - 1;
        while ((index & 1) == 1) {
            index >>= 1;
            last >>= 1;
        }
        byte[] before = hashes.getFirst();
        byte[] after = hashes.getFirst();
        for (var other : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return false;
            }
            if ((index & 1) == 1 || index == last) {
                before = Merkle.node(other, before);
                after = Merkle.node(other, after);
                while ((index & 1) == 0 && index != 0) {
                    index >>= 1;
                    last >>= 1;
                }
            } else {
                after = Merkle.node(after, other);
            }
            index >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(before, fromRoot) && Arrays.equals(after, toRoot);
    }

    private static byte[] range(long from, long to, SubtreeHashes tree) {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return tree.hash(level, from >> level);
        }
        long left = Long.highestOneBit(count);
        return Merkle.node(range(from, from + left, tree), range(from + left, to, tree));
    }

    private static void path(long leaf, long from, long to, SubtreeHashes tree, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + leftSize(to - from);
        if (leaf < middle) {
            path(leaf, from, middle, tree, path);
            path.add(range(middle, to, tree));
        } else {
            path(leaf, middle, to, tree, path);
            path.add(range(from, middle, tree));
        }
    }

    private static void subproof(
            long size, long from, long to, boolean isOldRoot, SubtreeHashes tree, List<byte[]> path) {
        if (size == to) {
            if (!isOldRoot) {
                path.add(range(from, to, tree));
            }
            return;
        }
        long middle = from + leftSize(to - from);
        if (size <= middle) {
            subproof(size, from, middle, isOldRoot, tree, path);
            path.add(range(middle, to, tree));
        } else {
            subproof(size, middle, to, false, tree, path);
            path.add(range(from, middle, tree));
        }
    }

    /** The largest power of two below a count. */
    private static long leftSize(long count) {
        return Long.highestOneBit(count - 1);
    }
}
