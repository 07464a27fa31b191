package org.referralgateway.api.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.Set;
import org.referralgateway.api.platform.RefusedToStart;

/**
 * The keys that sign our tokens: a JWK Set in a file, never in the database, so that who reads the one cannot forge with the
 * other. The first key signs; all of them verify, so that a new one can be put before the old one. Instances share the file.
 */
final class SigningKeys {

    private final JWKSet keys;

    private SigningKeys(JWKSet keys) {
        this.keys = keys;
    }

    static SigningKeys in(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            var keys = JWKSet.parse(Files.readString(file));
            if (keys.isEmpty() || keys.getKeys().stream().anyMatch(key -> !signs(key))) {
                throw unusable(file, "it must hold private keys on curve P-384 for signing, each with a kid");
            }
            return new SigningKeys(keys);
        } catch (IOException | ParseException | JOSEException e) {
            throw unusable(file, e.getClass().getSimpleName());
        }
    }

    private static boolean signs(JWK key) {
        return key.isPrivate() && key.getKeyID() != null && Curve.P_384.equals(curve(key));
    }

    private static Curve curve(JWK key) {
        return key instanceof com.nimbusds.jose.jwk.ECKey ec ? ec.getCurve() : Curve.P_256;
    }

    /** For the owner's eyes only, from the first byte on; of two instances that start at once, one makes it. */
    private static void create(Path file) throws IOException, JOSEException {
        var key = new ECKeyGenerator(Curve.P_384)
                .algorithm(JWSAlgorithm.ES384)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint(true)
                .generate();
        var text = new JWKSet(key).toString(false);
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var draft = Files.createTempFile(folder, "signing-keys", ".new", owner);
        try (var channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE));
                var out = Channels.newOutputStream(channel)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            channel.force(true);
        }
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // the other instance was first; its key is the one
        } finally {
            Files.delete(draft);
        }
    }

    private static RefusedToStart unusable(Path file, String why) {
        return new RefusedToStart(
                "The signing keys in " + file + " cannot be used: " + why + ".",
                "Set referral.identity.keys to a file that the service may read, or to one that is not there yet.");
    }

    JWKSet all() {
        return keys;
    }

    /** The one that signs. */
    JWK current() {
        return keys.getKeys().getFirst();
    }
}
