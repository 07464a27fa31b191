package org.referralgateway.api.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.RowScope.Work;
import org.referralgateway.api.platform.RefusedToStart;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens the vault before anything is served, with the keyring that belongs to the database, or refuses to start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
class VaultConfiguration {

    private static final String KEEP_IT = "Put back the keyring that this database was used with, from its own backup"
            + " (deploy/docs/operations.md). Without it nobody can read what is encrypted.";

    @Bean
    Vault vault(VaultSettings settings, JdbcClient db, TransactionTemplate transaction) {
        var known = keyringOf(db);
        if (!settings.enabled()) {
            if (known.isPresent()) {
                throw new RefusedToStart(
                        "referral.vault.enabled is false, but this database holds encrypted data.",
                        "Leave referral.vault.enabled out.");
            }
            return Vault.off();
        }
        if (settings.keyring() == null || settings.keyFile() == null) {
            throw new RefusedToStart(
                    "It is not said where the keys of persons' data are kept.",
                    "Set referral.vault.keyring and referral.vault.key-file to files outside the database; both are made"
                            + " where they are missing. Or set referral.vault.enabled=false: then everything is stored"
                            + " unencrypted, and nobody can be erased.");
        }
        try {
            return opened(settings.keyring(), settings.keyFile(), settings, known, db, transaction);
        } catch (IOException e) {
            throw new RefusedToStart("The keyring cannot be used: " + e.getMessage(), KEEP_IT);
        }
    }

    private static Vault opened(
            Path keyring,
            Path keyFile,
            VaultSettings settings,
            Optional<UUID> known,
            JdbcClient db,
            TransactionTemplate transaction)
            throws IOException {
        var file = new KeyringFile(keyring, new KeyEncryptionFile(keyFile));
        if (known.isPresent() && !file.exists()) {
            throw new RefusedToStart(
                    "This database holds encrypted data, but there is no keyring at " + keyring + ".", KEEP_IT);
        }
        if (file.exists() && !Files.exists(keyFile)) {
            throw new RefusedToStart(
                    "There is a keyring, but the key that it is encrypted under is not at " + keyFile + ".",
                    "Put it back, or name it in referral.vault.key-file.");
        }
        makeKeyFile(keyFile);
        var ring = file.readOrMake();
        var vault = Vault.of(file, settings.events() == VaultSettings.Events.LOCKED);
        if (known.isEmpty()) {
            Work.ERASURE.run(() -> transaction.executeWithoutResult(status -> new FirstUse(db, vault).take(ring.id())));
        }
        var now = keyringOf(db).orElseThrow();
        if (!now.equals(ring.id())) {
            throw new RefusedToStart("The keyring at " + keyring + " belongs to another database.", KEEP_IT);
        }
        return vault;
    }

    private static Optional<UUID> keyringOf(JdbcClient db) {
        return db.sql("select keyring from vault").query(UUID.class).optional();
    }

    /** Another instance may be doing the same. */
    private static void makeKeyFile(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        @Nullable Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(Objects.requireNonNull(folder));
        var next = Files.createTempFile(
                folder,
                "key",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(next, Base64.getEncoder().encodeToString(key) + "\n");
        try {
            Files.createLink(file, next);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // the other one was first
        }
        Files.delete(next);
    }
}
