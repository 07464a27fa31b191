package org.referralgateway.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An Ed25519 public key by which notes are verified, with its name: that of a log (kind 1) or of a witness (kind 4), as
 * C2SP's signed-note and tlog-cosignature have them. Written {@code name+id+base64}.
 *
 * @param raw the 32 bytes of the key
 */
public record NoteKey(String name, byte kind, byte[] raw) {

    public static final byte LOG = 1;
    public static final byte WITNESS = 4;
    private static final int ID_BYTES = 4;
    private static final int TIME_BYTES = 8;

    /** What stands before the raw key in X.509. */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    public NoteKey {
        if (name.isEmpty() || name.matches("(?s).*[\\s+].*") || raw.length != 32 || (kind != LOG && kind != WITNESS)) {
            throw new IllegalArgumentException("not a key of a note: it has a name without spaces and plus signs,"
                    + " is of kind 1 or 4, and has 32 bytes");
        }
    }

    /** Out of the written form. */
    public static NoteKey of(String text) {
        var parts = text.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a key is written name+id+base64");
        }
        var bytes = Base64.getDecoder().decode(parts[2]);
        if (bytes.length != 33) {
            throw new IllegalArgumentException("a key has one byte for its kind and 32 more");
        }
        var key = new NoteKey(parts[0], bytes[0], Arrays.copyOfRange(bytes, 1, bytes.length));
        if (!HexFormat.of().formatHex(key.id()).equals(parts[1])) {
            throw new IllegalArgumentException("the id of the key is not that of its name and bytes");
        }
        return key;
    }

    static NoteKey of(String name, PublicKey key) {
        var encoded = key.getEncoded();
        return new NoteKey(name, LOG, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    byte[] id() {
        var digest = Merkle.sha256();
        digest.update(name.getBytes(UTF_8));
        digest.update((byte) '\n');
        digest.update(kind);
        return Arrays.copyOf(digest.digest(raw), ID_BYTES);
    }

    /** Whether the note bears a good signature of this key. One of the same name that is not good counts as none. */
    public boolean hasSigned(SignedNote note) {
        return note.signatures().stream().anyMatch(signature -> isGood(signature, note.text()));
    }

    public boolean isGood(SignedNote.Signature signature, String text) {
        var bytes = signature.bytes();
        int head = kind == WITNESS ? ID_BYTES + TIME_BYTES : ID_BYTES;
        if (!signature.name().equals(name)
                || bytes.length != head + 64
                || !Arrays.equals(Arrays.copyOf(bytes, ID_BYTES), id())) {
            return false;
        }
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509())));
            verifier.update(signed(text, bytes).getBytes(UTF_8));
            return verifier.verify(bytes, head, 64);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private String signed(String text, byte[] signature) {
        return kind == WITNESS
                ? cosigned(
                        text, ByteBuffer.wrap(signature, ID_BYTES, TIME_BYTES).getLong())
                : text;
    }

    static String cosigned(String text, long unixSeconds) {
        return "cosignature/v1\ntime " + Long.toUnsignedString(unixSeconds) + "\n" + text;
    }

    private byte[] x509() {
        return ByteBuffer.allocate(X509.length + raw.length).put(X509).put(raw).array();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof NoteKey other
                && name.equals(other.name)
                && kind == other.kind
                && Arrays.equals(raw, other.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        var bytes = ByteBuffer.allocate(1 + raw.length).put(kind).put(raw).array();
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(bytes);
    }
}
