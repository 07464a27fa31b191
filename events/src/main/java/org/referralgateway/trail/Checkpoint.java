package org.referralgateway.trail;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The state of a trail at one moment, as C2SP's tlog-checkpoint writes it: origin, number of leaves, root. */
public record Checkpoint(String origin, long size, byte[] root) {

    /** What is signed; with the end of its last line. */
    public String body() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** Lines that extend a checkpoint are allowed and say nothing to us. */
    public static Optional<Checkpoint> of(String body) {
        var lines = body.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty() || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        try {
            var root = Base64.getDecoder().decode(lines[2]);
            return root.length == Merkle.HASH_BYTES
                    ? Optional.of(new Checkpoint(lines[0], Long.parseLong(lines[1]), root))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean hasRoot(byte[] other) {
        return Arrays.equals(root, other);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Checkpoint other
                && origin.equals(other.origin)
                && size == other.size
                && Arrays.equals(root, other.root);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(size) * 31 + Arrays.hashCode(root);
    }

    @Override
    public String toString() {
        return origin + " " + size + " " + Merkle.hex(root);
    }
}
