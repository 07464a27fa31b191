package org.referralgateway.api.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.referralgateway.events.LockedBytes.NotForThisKey;

/** A key that was taken out is gone for good, and no other one is. */
class KeyringTest {

    private static final Place PLACE = new Place("referral", "content", "1", "demo");

    @TempDir
    Path folder;

    @Test
    void takingKeysOutLeavesAllOthersAsTheyWere() {
        var tree = KeyTree.grow(new SecureRandom());
        var names = new ArrayList<UUID>();
        for (int i = 0; i < 200; i++) {
            names.add(UUID.randomUUID());
        }
        var before = names.stream().map(name -> tree.key(name).orElseThrow()).toList();
        assertThat(new HashSet<>(before)).hasSize(200);

        var left = tree;
        for (int i = 0; i < 200; i += 2) {
            left = left.without(names.get(i));
        }
        for (int i = 0; i < 200; i++) {
            var now = left.key(names.get(i));
            if (i % 2 == 0) {
                assertThat(now).isEmpty();
            } else {
                assertThat(now).contains(before.get(i));
            }
        }
        assertThat(left.without(names.getFirst())).isSameAs(left);
        assertThat(left.size()).isBetween(100, 100 * 64);
    }

    @Test
    void noSeedThatIsLeftLiesAboveWhatWasTakenOut() {
        var name = UUID.randomUUID();
        var tree = KeyTree.grow(new SecureRandom()).without(name);
        assertThat(tree.size()).isEqualTo(64);
        assertThat(tree.key(name)).isEmpty();
    }

    @Test
    void whatIsLockedOpensAfterTheKeyringWasReadAgain() throws IOException {
        var name = UUID.randomUUID();
        var locked = vault().lock(name, PLACE, "Hazel Nutt");

        assertThat(locked).doesNotContain("Hazel");
        assertThat(vault().open(name, PLACE, locked)).isEqualTo("Hazel Nutt");
        assertThat(vault().open(name, PLACE, "from before there were keys")).isEqualTo("from before there were keys");
        assertThatThrownBy(() -> vault().open(name, new Place("referral", "content", "2", "demo"), locked))
                .isInstanceOf(NotForThisKey.class);
        assertThatThrownBy(() -> vault().open(UUID.randomUUID(), PLACE, locked)).isInstanceOf(NotForThisKey.class);
    }

    @Test
    void afterAnErasureNeitherThisInstanceNorAnotherOpensIt() throws Exception {
        var here = vault();
        var there = vault();
        var erased = UUID.randomUUID();
        var kept = UUID.randomUUID();
        var ofErased = here.lock(erased, PLACE, "Hazel Nutt".getBytes(UTF_8));
        var ofKept = here.lock(kept, PLACE, "Silvia Birch".getBytes(UTF_8));
        assertThat(there.open(erased, PLACE, ofErased)).isEqualTo("Hazel Nutt".getBytes(UTF_8));

        here.destroy(List.of(record(erased)));

        assertThatThrownBy(() -> here.open(erased, PLACE, ofErased))
                .isInstanceOf(Erased.class)
                .hasMessageContaining("2026-11-28")
                .hasMessageContaining("asked for it");
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> there.open(erased, PLACE, ofErased))
                        .isInstanceOf(Erased.class));
        assertThat(there.open(kept, PLACE, ofKept)).isEqualTo("Silvia Birch".getBytes(UTF_8));
        assertThatThrownBy(() -> here.lock(erased, PLACE, "again")).isInstanceOf(Erased.class);
        assertThat(here.shown(erased, PLACE, "anything")).isEqualTo("erased on 2026-11-28");
    }

    @Test
    void instancesThatEraseAtTheSameTimeLoseNoErasure() throws Exception {
        vault();
        var names = new ArrayList<UUID>();
        try (var instances = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 24; i++) {
                var name = UUID.randomUUID();
                names.add(name);
                instances.submit(() -> {
                    vault().destroy(List.of(record(name)));
                    return null;
                });
            }
        }
        assertThat(vault().erasures()).extracting(ErasureRecord::referral).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void theFileHoldsNoKeyInTheClearAndIsItsOwnersAlone() throws IOException {
        vault();
        var keyFile = folder.resolve("keyring.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keyring"))))
                .isEqualTo("rw-------");

        Files.writeString(keyFile, Base64.getEncoder().encodeToString(new byte[32]));
        assertThatThrownBy(this::vault).isInstanceOf(IOException.class).hasMessageContaining("another key");
    }

    @Test
    void aDamagedKeyringIsRefused() throws IOException {
        vault();
        var file = folder.resolve("keyring");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 20] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(this::vault).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    }

    @Test
    void fingerprintsAreTheSameForTheSameAndSayNothing() throws IOException {
        var vault = vault();
        assertThat(vault.fingerprint("person", "hazel nutt")).isEqualTo(vault().fingerprint("person", "hazel nutt"));
        assertThat(vault.fingerprint("person", "hazel nutt"))
                .isNotEqualTo(vault.fingerprint("number demo", "hazel nutt"))
                .doesNotContain("hazel");
    }

    private Vault vault() throws IOException {
        var key = folder.resolve("keyring.key");
        if (!Files.exists(key)) {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            Files.writeString(key, Base64.getEncoder().encodeToString(bytes));
        }
        var file = new KeyringFile(folder.resolve("keyring"), new KeyEncryptionFile(key));
        file.readOrMake();
        return Vault.of(file, true);
    }

    private static ErasureRecord record(UUID name) {
        return new ErasureRecord(
                "demo",
                name,
                Instant.parse("2026-11-28T10:00:00Z"),
                ErasureReason.PERSON_ASKED,
                "person:Robin Ash",
                List.of(name));
    }
}
