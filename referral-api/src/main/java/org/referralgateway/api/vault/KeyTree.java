package org.referralgateway.api.vault;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * All keys there can be, in one secret, of which single ones can be taken out for good (a puncturable pseudorandom function
 * after Goldreich, Goldwasser and Micali). A binary tree of 64 levels: each seed gives its two children by HMAC-SHA256, and a
 * leaf is a key. At first only the root is kept. To take out a leaf, the seed above it is replaced by those of the siblings
 * on the way down: every other leaf can still be derived, this one by nobody, because HMAC does not run backwards.
 *
 * <p>Immutable. A name leads to the leaf that the first 64 bits of its SHA-256 name.
 */
final class KeyTree {

    private static final int LEVELS = 64;
    private static final int SEED = 32;
    private static final String HMAC = "HmacSHA256";

    /** By the first leaf below it. The nodes never overlap; what lies below none of them was taken out. */
    private final TreeMap<Long, Node> nodes;

    private record Node(int depth, byte[] seed) {}

    private KeyTree(TreeMap<Long, Node> nodes) {
        this.nodes = nodes;
    }

    static KeyTree grow(SecureRandom random) {
        var root = new byte[SEED];
        random.nextBytes(root);
        var nodes = empty();
        nodes.put(0L, new Node(0, root));
        return new KeyTree(nodes);
    }

    private static TreeMap<Long, Node> empty() {
        return new TreeMap<>(Long::compareUnsigned);
    }

    /** The key of that name; nothing where it was taken out. */
    Optional<SecretKey> key(UUID name) {
        long leaf = leaf(name);
        var above = nodes.floorEntry(leaf);
        if (above == null || !covers(above.getKey(), above.getValue().depth(), leaf)) {
            return Optional.empty();
        }
        var children = new Children();
        var seed = above.getValue().seed();
        for (int depth = above.getValue().depth(); depth < LEVELS; depth++) {
            seed = children.of(seed, bit(leaf, depth));
        }
        return Optional.of(new SecretKeySpec(seed, "AES"));
    }

    /** The tree without the key of that name; the same where it is not in it. */
    KeyTree without(UUID name) {
        long leaf = leaf(name);
        var above = nodes.floorEntry(leaf);
        if (above == null || !covers(above.getKey(), above.getValue().depth(), leaf)) {
            return this;
        }
        var left = new TreeMap<>(nodes);
        left.remove(above.getKey());
        var children = new Children();
        var seed = above.getValue().seed();
        long start = above.getKey();
        for (int depth = above.getValue().depth(); depth < LEVELS; depth++) {
            long right = start | 1L << (LEVELS - 1 - depth);
            boolean goesRight = bit(leaf, depth) == 1;
            left.put(goesRight ? start : right, new Node(depth + 1, children.of(seed, goesRight ? 0 : 1)));
            seed = children.of(seed, goesRight ? 1 : 0);
            start = goesRight ? right : start;
        }
        return new KeyTree(left);
    }

    /** How many seeds are kept: one at first, some sixty more for each key that was taken out. */
    int size() {
        return nodes.size();
    }

    private static boolean covers(long start, int depth, long leaf) {
        return depth == 0 || start >>> (LEVELS - depth) == leaf >>> (LEVELS - depth);
    }

    private static int bit(long leaf, int depth) {
        return (int) (leaf >>> (LEVELS - 1 - depth)) & 1;
    }

    private static long leaf(UUID name) {
        try {
            var text = ByteBuffer.allocate(16)
                    .putLong(name.getMostSignificantBits())
                    .putLong(name.getLeastSignificantBits());
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.array()))
                    .getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(nodes.size());
        for (var node : nodes.entrySet()) {
            out.writeLong(node.getKey());
            out.writeByte(node.getValue().depth());
            out.write(node.getValue().seed());
        }
    }

    static KeyTree read(DataInputStream in) throws IOException {
        var nodes = empty();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            long start = in.readLong();
            int depth = in.readUnsignedByte();
            nodes.put(start, new Node(depth, in.readNBytes(SEED)));
        }
        return new KeyTree(nodes);
    }

    /** Seeds of the next level. */
    private static final class Children {
        private final Mac mac;
        private final byte[] side = new byte[1];

        Children() {
            try {
                mac = Mac.getInstance(HMAC);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        byte[] of(byte[] seed, int bit) {
            try {
                mac.init(new SecretKeySpec(seed, HMAC));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            side[0] = (byte) bit;
            return mac.doFinal(side);
        }
    }
}
