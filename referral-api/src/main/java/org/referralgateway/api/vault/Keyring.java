package org.referralgateway.api.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys of all referrals, the key of the search, and who was erased. Immutable; what it reads and writes is plain and
 * goes nowhere but through {@link KeyringFile}.
 */
final class Keyring {

    private static final int SEARCH_KEY = 32;
    private static final int VERSION = 1;

    private final UUID id;
    private final byte[] searchKey;
    private final KeyTree tree;
    private final List<ErasureRecord> erasures;
    private final Map<UUID, ErasureRecord> erasedByName = new HashMap<>();

    private Keyring(UUID id, byte[] searchKey, KeyTree tree, List<ErasureRecord> erasures) {
        this.id = id;
        this.searchKey = searchKey;
        this.tree = tree;
        this.erasures = List.copyOf(erasures);
        erasures.forEach(erasure -> erasure.keys().forEach(key -> erasedByName.putIfAbsent(key, erasure)));
    }

    static Keyring make(SecureRandom random) {
        var searchKey = new byte[SEARCH_KEY];
        random.nextBytes(searchKey);
        return new Keyring(UUID.randomUUID(), searchKey, KeyTree.grow(random), List.of());
    }

    UUID id() {
        return id;
    }

    byte[] searchKey() {
        return searchKey.clone();
    }

    Optional<SecretKey> key(UUID name) {
        return tree.key(name);
    }

    @Nullable
    ErasureRecord erased(UUID name) {
        return erasedByName.get(name);
    }

    List<ErasureRecord> erasures() {
        return erasures;
    }

    /** Without the keys that they name. */
    Keyring erase(List<ErasureRecord> more) {
        var left = tree;
        for (var erasure : more) {
            for (var name : erasure.keys()) {
                left = left.without(name);
            }
        }
        var all = new ArrayList<>(erasures);
        all.addAll(more);
        return new Keyring(id, searchKey, left, all);
    }

    byte[] write() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, id);
            out.write(searchKey);
            tree.write(out);
            out.writeInt(erasures.size());
            for (var erasure : erasures) {
                write(out, erasure);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Keyring read(byte[] bytes) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                throw new IOException("The keyring was written by a later version.");
            }
            var id = readId(in);
            var searchKey = in.readNBytes(SEARCH_KEY);
            var tree = KeyTree.read(in);
            var erasures = new ArrayList<ErasureRecord>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                erasures.add(readErasure(in));
            }
            return new Keyring(id, searchKey, tree, erasures);
        }
    }

    private static void write(DataOutputStream out, ErasureRecord erasure) throws IOException {
        out.writeUTF(erasure.sender());
        write(out, erasure.referral());
        out.writeUTF(erasure.at().toString());
        out.writeUTF(erasure.reason().code());
        out.writeUTF(erasure.by());
        out.writeInt(erasure.keys().size());
        for (var key : erasure.keys()) {
            write(out, key);
        }
    }

    private static ErasureRecord readErasure(DataInputStream in) throws IOException {
        var sender = in.readUTF();
        var referral = readId(in);
        var at = Instant.parse(in.readUTF());
        var reason = ErasureReason.of(in.readUTF()).orElseThrow(() -> new IOException("A reason is not known."));
        var by = in.readUTF();
        var keys = new ArrayList<UUID>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            keys.add(readId(in));
        }
        return new ErasureRecord(sender, referral, at, reason, by, keys);
    }

    private static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID readId(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
