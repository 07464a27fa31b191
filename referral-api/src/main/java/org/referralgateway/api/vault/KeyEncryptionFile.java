package org.referralgateway.api.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.referralgateway.events.LockedBytes;

/** A key in a file: 32 bytes in Base64, as {@code openssl rand -base64 32} prints them. */
final class KeyEncryptionFile implements KeyEncryption {

    private static final String PLACE = "keyring-key";
    private static final int BYTES = 32;

    private final Path file;

    KeyEncryptionFile(Path file) {
        this.file = file;
    }

    @Override
    public byte[] wrap(byte[] key) throws IOException {
        return LockedBytes.lock(secret(), PLACE, key);
    }

    @Override
    public byte[] unwrap(byte[] wrapped) throws IOException {
        try {
            return LockedBytes.open(secret(), PLACE, wrapped);
        } catch (LockedBytes.NotForThisKey e) {
            throw new IOException("The keyring was encrypted under another key than that in " + file + ".", e);
        }
    }

    private SecretKey secret() throws IOException {
        try {
            var key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == BYTES) {
                return new SecretKeySpec(key, "AES");
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("The file " + file + " is not Base64.", e);
        }
        throw new IOException("The file " + file + " does not hold 32 bytes in Base64.");
    }
}
