package org.referralgateway.api.vault;

import java.io.IOException;

/**
 * What the keyring is encrypted under: a key in a file ({@link KeyEncryptionFile}), or one that never leaves a key management
 * service, which has these two operations in some form (AWS KMS and Google Cloud KMS: Encrypt and Decrypt; Azure Key Vault:
 * wrapKey and unwrapKey; HashiCorp Vault: transit).
 */
interface KeyEncryption {

    /** Encrypts 32 bytes. */
    byte[] wrap(byte[] key) throws IOException;

    /**
     * @throws IOException where it cannot be reached, or was not it that wrapped them; never says what is in them
     */
    byte[] unwrap(byte[] wrapped) throws IOException;
}
