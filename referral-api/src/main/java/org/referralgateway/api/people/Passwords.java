package org.referralgateway.api.people;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Makes and checks hashes of passwords: Argon2id with what OWASP recommends (19 MiB, two passes). A hash begins with the
 * name of how it was made, so that another way can follow without anybody noticing.
 *
 * <p>Only a few are worked on at once: else a flood of logins takes the memory that referrals need.
 */
public final class Passwords {

    private static final int MOST_AT_ONCE = 4;
    private static final int PATIENCE_SECONDS = 10;
    private static final int GROUPS = 4;
    private static final int GROUP = 5;
    /** Without what is easily misread. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final String WAY = "argon2id";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    private final PasswordEncoder encoder = new DelegatingPasswordEncoder(
            WAY, Map.of(WAY, new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, MEMORY_KIB, PASSES)));
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final SecureRandom random = new SecureRandom();
    private final String nobodys = ofNoPassword();

    public String hash(String password) {
        places.acquireUninterruptibly();
        try {
            return String.valueOf(encoder.encode(password));
        } finally {
            places.release();
        }
    }

    /** Made up, so that a start need not wait for one; a look at it takes as long as at any other. */
    String ofNoPassword() {
        return "{%s}$%s$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(WAY, WAY, MEMORY_KIB, PASSES, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
    }

    private String randomBytes(int many) {
        var bytes = new byte[many];
        random.nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What a look at a password said. */
    enum Look {
        RIGHT,
        WRONG,
        /** Too many wanted a look at once. */
        BUSY
    }

    /** Takes as long where there is no hash, so that nobody learns who has an account. */
    Look look(String password, @Nullable String hash) {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Look.BUSY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Look.BUSY;
        }
        try {
            boolean same = encoder.matches(password, hash == null ? nobodys : hash);
            return same && hash != null ? Look.RIGHT : Look.WRONG;
        } finally {
            places.release();
        }
    }

    /** Whether a hash was made in a way that we have left behind. */
    boolean isOutdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    /** Twenty letters and digits, about 99 bits: {@code k7m2p-…}. */
    public String generated() {
        var password = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            password.append(group == 0 ? "" : "-");
            for (int letter = 0; letter < GROUP; letter++) {
                password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return password.toString();
    }
}
