package org.referralgateway.api.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.platform.RefusedToStart;
import org.referralgateway.trail.NoteKey;
import org.referralgateway.trail.NoteSigner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The key that signs checkpoints. It is in a file, never in the database: whoever owns that must not be able to sign. */
@Component
class SealKey {

    private static final Logger LOG = LoggerFactory.getLogger(SealKey.class);

    private final @Nullable NoteSigner signer;
    private final List<NoteKey> witnesses;

    SealKey(AuditSettings settings) {
        this.signer = signer(settings);
        this.witnesses = settings.witnesses().stream().map(SealKey::witness).toList();
        if (signer == null) {
            LOG.warn("referral.audit.key-file is not set: the audit trail is written but not sealed.");
        }
    }

    Optional<NoteSigner> signer() {
        return Optional.ofNullable(signer);
    }

    List<NoteKey> witnesses() {
        return witnesses;
    }

    private static @Nullable NoteSigner signer(AuditSettings settings) {
        if (settings.keyFile() == null) {
            return null;
        }
        try {
            return NoteSigner.of(settings.origin(), Files.readString(settings.keyFile()));
        } catch (IOException e) {
            throw new RefusedToStart(
                    "The key that seals the audit trail, " + settings.keyFile() + ", cannot be read.",
                    "Make one with: openssl genpkey -algorithm ed25519 -out FILE; readable by the service only. Or leave"
                            + " referral.audit.key-file out.");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new RefusedToStart(
                    "referral.audit.key-file or referral.audit.origin cannot be used: " + e.getMessage() + ".",
                    "The key is Ed25519, PKCS #8 in PEM, as openssl genpkey -algorithm ed25519 makes it; the origin has no"
                            + " spaces and no plus sign.");
        }
    }

    private static NoteKey witness(String text) {
        try {
            var key = NoteKey.of(text);
            if (key.kind() == NoteKey.WITNESS) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("A key cannot be read.", e);
        }
        throw new RefusedToStart(
                "referral.audit.witnesses holds something that is no key of a witness.",
                "It is written name+id+base64, with 4 as the kind: see deploy/docs/audit-format.md.");
    }
}
