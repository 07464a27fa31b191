package org.referralgateway.api.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.referralgateway.events.LockedBytes;
import org.referralgateway.events.LockedEvents;
import org.referralgateway.events.WireEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks and opens what says who a person is, each with the key of its referral. What was stored before there were keys is
 * recognised and given back as it is. Keys are derived once and kept in memory until the keyring changes; no database is
 * asked.
 */
public final class Vault {

    /** Stands where something was that could not be locked when its person was erased. */
    public static final byte[] NOTHING_LEFT = {0};

    /** Begins every text that is locked. */
    private static final String LOCKED_TEXT = "locked.1.";

    /** Begins every value that was replaced by its fingerprint. */
    private static final String FINGERPRINT = "f1.";

    private static final Logger LOG = LoggerFactory.getLogger(Vault.class);
    private static final String HMAC = "HmacSHA256";
    private static final int FINGERPRINT_BYTES = 18;
    private static final int MOST_KEPT = 20_000;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final @Nullable KeyringFile file;
    private final boolean locksEvents;
    private volatile @Nullable Loaded loaded;
    private volatile long lookedAt;

    /** The keyring as it was read, with what was derived from it. */
    private record Loaded(
            Keyring keyring, SecretKey searchKey, KeyringFile.Stamp stamp, Map<UUID, SecretKey> derived) {}

    private Vault(@Nullable KeyringFile file, boolean locksEvents) {
        this.file = file;
        this.locksEvents = locksEvents;
    }

    /** Keeps everything as it is. */
    static Vault off() {
        return new Vault(null, false);
    }

    static Vault of(KeyringFile file, boolean locksEvents) throws IOException {
        var vault = new Vault(file, locksEvents);
        vault.load(file);
        return vault;
    }

    public boolean isOn() {
        return file != null;
    }

    /** The name under which something is to be locked; none where nothing is. */
    public @Nullable UUID name(UUID name) {
        return isOn() ? name : null;
    }

    /** Whether a value was locked, or emptied by an erasure. */
    public static boolean isLocked(byte[] stored) {
        return LockedBytes.isLocked(stored) || Arrays.equals(stored, NOTHING_LEFT);
    }

    public static boolean isLocked(String stored) {
        return stored.startsWith(LOCKED_TEXT);
    }

    // Bytes and texts

    public byte[] lock(@Nullable UUID name, Place place, byte[] plain) {
        return name == null || !isOn() ? plain : LockedBytes.lock(key(name), place.text(), plain);
    }

    public String lock(@Nullable UUID name, Place place, String plain) {
        return name == null || !isOn()
                ? plain
                : LOCKED_TEXT
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(LockedBytes.lock(key(name), place.text(), plain.getBytes(UTF_8)));
    }

    public @Nullable String lockIfAny(UUID name, Place place, @Nullable String plain) {
        return plain == null ? null : lock(name, place, plain);
    }

    /**
     * @param name absent where it was stored without a key
     * @throws Erased where the key was destroyed
     */
    public byte[] open(@Nullable UUID name, Place place, byte[] stored) {
        if (name == null || !isOn()) {
            return stored;
        }
        refuseErased(name);
        if (!LockedBytes.isLocked(stored)) {
            // From before anything was locked; or emptied by another instance, of which this one has not heard yet.
            lookedAt = System.nanoTime() - LOOK_AGAIN_NANOS;
            refuseErased(name);
            return stored;
        }
        return LockedBytes.open(key(name), place.text(), stored);
    }

    public String open(UUID name, Place place, String stored) {
        if (!isOn()) {
            return stored;
        }
        refuseErased(name);
        if (!stored.startsWith(LOCKED_TEXT)) {
            return stored;
        }
        var locked = Base64.getUrlDecoder().decode(stored.substring(LOCKED_TEXT.length()));
        return new String(LockedBytes.open(key(name), place.text(), locked), UTF_8);
    }

    public @Nullable String openIfAny(UUID name, Place place, @Nullable String stored) {
        return stored == null ? null : open(name, place, stored);
    }

    /** The same for a list, which goes on with others: of an erased one it says when that was. */
    public @Nullable String shown(UUID name, Place place, @Nullable String stored) {
        try {
            refuseErased(name);
            return openIfAny(name, place, stored);
        } catch (Erased e) {
            return e.shortly();
        }
    }

    // Events

    /** Of an erased referral nothing can be locked any more; what is still said of it is workflow and stays plain. */
    public WireEvent lock(WireEvent event, UUID referral) {
        if (!isOn() || !locksEvents || erasure(referral) != null) {
            return event;
        }
        return LockedEvents.lock(event, key(referral));
    }

    /**
     * The JSON of an event.
     *
     * @throws Erased where it was locked, and its key was destroyed
     */
    public byte @Nullable [] open(Map<String, String> headers, UUID referral, byte @Nullable [] data) {
        if (data == null || !LockedEvents.isLocked(headers)) {
            return data;
        }
        return LockedEvents.open(headers, data, key(referral));
    }

    // Search

    /**
     * Replaces a value that is searched for, but never shown, by something that only the keyring leads to. The same value of
     * the same kind always gives the same.
     *
     * @param kind what is compared with each other and with nothing else
     */
    public String fingerprint(String kind, String value) {
        if (!isOn()) {
            return value;
        }
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(current().searchKey());
            mac.update(kind.getBytes(UTF_8));
            mac.update((byte) 0);
            var hash = mac.doFinal(value.getBytes(UTF_8));
            return FINGERPRINT
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, FINGERPRINT_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    // Erasing

    /** Who was erased, as the keyring says. */
    public List<ErasureRecord> erasures() {
        return isOn() ? current().keyring().erasures() : List.of();
    }

    /** In a sentence, that and when somebody was erased; nothing where they were not. */
    public Optional<String> saysErased(UUID name) {
        return Optional.ofNullable(erasure(name)).map(erasure -> new Erased(erasure).text());
    }

    /**
     * The same name again.
     *
     * @throws Erased where its key was destroyed
     */
    public UUID unlessErased(UUID name) {
        refuseErased(name);
        return name;
    }

    /** That a key was destroyed; absent where it was not. */
    public @Nullable ErasureRecord erasure(UUID name) {
        return isOn() ? current().keyring().erased(name) : null;
    }

    /**
     * Destroys keys. Once this returns, nobody can open what was locked with them; other instances notice within a second.
     *
     * @throws IOException where the keyring could not be changed; the keys are still there
     */
    public void destroy(List<ErasureRecord> erasures) throws IOException {
        var ring = file;
        if (ring == null) {
            throw new IOException("There is no keyring.");
        }
        ring.change(keyring -> keyring.erase(erasures));
        load(ring);
    }

    private void refuseErased(UUID name) {
        var erasure = erasure(name);
        if (erasure != null) {
            throw new Erased(erasure);
        }
    }

    private SecretKey key(UUID name) {
        var now = current();
        var known = now.derived().get(name);
        if (known != null) {
            return known;
        }
        var key = now.keyring().key(name).orElseThrow(() -> {
            var erasure = now.keyring().erased(name);
            return erasure == null
                    ? new IllegalStateException("The keyring has no key of that name, and does not say why.")
                    : new Erased(erasure);
        });
        if (now.derived().size() >= MOST_KEPT) {
            now.derived().clear();
        }
        now.derived().put(name, key);
        return key;
    }

    private Loaded current() {
        var ring = java.util.Objects.requireNonNull(file);
        var now = java.util.Objects.requireNonNull(loaded);
        if (System.nanoTime() - lookedAt < LOOK_AGAIN_NANOS) {
            return now;
        }
        try {
            if (!ring.stamp().equals(now.stamp())) {
                load(ring);
            }
        } catch (IOException e) {
            LOG.error("The keyring cannot be read: {}. What was read before is still used.", e.getMessage());
        }
        lookedAt = System.nanoTime();
        return java.util.Objects.requireNonNull(loaded);
    }

    private synchronized void load(KeyringFile ring) throws IOException {
        // The stamp first: a change in between is then noticed later.
        var stamp = ring.stamp();
        var keyring = ring.read();
        var before = loaded;
        if (before != null && !before.keyring().id().equals(keyring.id())) {
            throw new IOException("the file holds another keyring than the one that this database is locked with");
        }
        loaded = new Loaded(keyring, new SecretKeySpec(keyring.searchKey(), HMAC), stamp, new ConcurrentHashMap<>());
        lookedAt = System.nanoTime();
    }
}
