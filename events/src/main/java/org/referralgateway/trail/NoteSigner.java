package org.referralgateway.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** Signs notes with an Ed25519 key that is kept as PKCS #8 in PEM, as {@code openssl genpkey -algorithm ed25519} makes it. */
public final class NoteSigner {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final PrivateKey key;
    private final NoteKey verifier;

    private NoteSigner(PrivateKey key, NoteKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /**
     * @throws GeneralSecurityException where it is no such key
     */
    public static NoteSigner of(String name, String pem) throws GeneralSecurityException {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new GeneralSecurityException("no PRIVATE KEY in PEM");
        }
        var bytes = decoded(pem.substring(begin + BEGIN.length(), end));
        var key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        return new NoteSigner(key, NoteKey.of(name, pair(bytes).getPublic()));
    }

    private static byte[] decoded(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the PEM is broken", e);
        }
    }

    public static String newKey() {
        try {
            var bytes = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            return BEGIN + "\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n" + END
                    + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS #8 holds the seed only; a generator that is given that seed as its randomness makes the same pair again. */
    private static KeyPair pair(byte[] pkcs8) throws GeneralSecurityException {
        var seed = Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length);
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
        return generator.generateKeyPair();
    }

    public NoteKey verifier() {
        return verifier;
    }

    public SignedNote sign(Checkpoint checkpoint) {
        var text = checkpoint.body();
        var signature = bytes(verifier.id(), new byte[0], signed(text));
        return new SignedNote(text, java.util.List.of(new SignedNote.Signature(verifier.name(), signature)));
    }

    /** The signature of a witness that has seen the note at that time. */
    public SignedNote.Signature cosign(SignedNote note, long unixSeconds) {
        var witness = witness();
        var time = ByteBuffer.allocate(Long.BYTES).putLong(unixSeconds).array();
        return new SignedNote.Signature(
                witness.name(), bytes(witness.id(), time, signed(NoteKey.cosigned(note.text(), unixSeconds))));
    }

    /** The same key in the role of a witness. */
    public NoteKey witness() {
        return new NoteKey(verifier.name(), NoteKey.WITNESS, verifier.raw());
    }

    private byte[] signed(String text) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(text.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(byte[] id, byte[] time, byte[] signature) {
        return ByteBuffer.allocate(id.length + time.length + signature.length)
                .put(id)
                .put(time)
                .put(signature)
                .array();
    }

    /** Randomness that is none. */
    private static final class GivenBytes extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] given;

        GivenBytes(byte[] given) {
            this.given = given;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(given, 0, bytes, 0, bytes.length);
        }
    }
}
