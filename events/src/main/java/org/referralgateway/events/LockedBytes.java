package org.referralgateway.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Bytes under AES-256-GCM: {@code 01}, twelve bytes of nonce, the ciphertext with its tag of sixteen bytes. The place where
 * they lie is authenticated with them, so that nothing locked for one place can be put into another.
 *
 * <p>JSON, XML and HL7 v2 never begin with the byte {@code 01}: by it a value that was stored before there were keys is told
 * from a locked one.
 */
public final class LockedBytes {

    /** The first byte of what this version locks. */
    public static final byte FORMAT = 1;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LEAST = 1 + NONCE + TAG_BITS / 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private LockedBytes() {}

    public static boolean isLocked(byte[] stored) {
        return stored.length >= LEAST && stored[0] == FORMAT;
    }

    public static byte[] lock(SecretKey key, String place, byte[] plain) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, place);
            var locked = new byte[LEAST + plain.length];
            locked[0] = FORMAT;
            System.arraycopy(nonce, 0, locked, 1, NONCE);
            cipher.doFinal(plain, 0, plain.length, locked, 1 + NONCE);
            return locked;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is not available.", e);
        }
    }

    /**
     * @throws NotForThisKey where they were altered, moved, or locked with another key
     */
    public static byte[] open(SecretKey key, String place, byte[] locked) {
        if (!isLocked(locked)) {
            throw new NotForThisKey();
        }
        try {
            var nonce = java.util.Arrays.copyOfRange(locked, 1, 1 + NONCE);
            return cipher(Cipher.DECRYPT_MODE, key, nonce, place).doFinal(locked, 1 + NONCE, locked.length - 1 - NONCE);
        } catch (GeneralSecurityException e) {
            throw new NotForThisKey();
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(UTF_8));
        return cipher;
    }

    /** What is there was altered, lies where it was not put, or was locked with another key. */
    public static final class NotForThisKey extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotForThisKey() {
            super("What is stored was altered or moved, or was locked with another key.");
        }
    }
}
