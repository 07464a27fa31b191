package org.referralgateway.standalone;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.referralgateway.embedded.OwnerOnly;

/** The private key of a sender, with which it says who it is: a JWK Set in a file that only its owner reads. */
record SenderKey(JWK key) {
    private static final int LIFE_SECONDS = 240;

    static Path fileOf(Path data, String sender) {
        return data.resolve("identity").resolve(sender + ".jwks.json");
    }

    /** The one in the file. */
    static SenderKey in(Path file) throws IOException {
        try {
            for (var key : JWKSet.parse(Files.readString(file)).getKeys()) {
                if (key.isPrivate() && key.getKeyID() != null) {
                    return new SenderKey(key);
                }
            }
        } catch (ParseException e) {
            throw new CannotStart(file + " is no JWK Set (RFC 7517).");
        }
        throw new CannotStart(file + " holds no private key with a kid.");
    }

    /** A new one, kept in the file. */
    static SenderKey madeIn(Path file) throws IOException {
        try {
            var key = new ECKeyGenerator(Curve.P_384)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES384)
                    .keyIDFromThumbprint(true)
                    .generate();
            Files.createDirectories(file.toAbsolutePath().getParent());
            OwnerOnly.write(file, new JWKSet(key).toString(false));
            return new SenderKey(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is registered. */
    String publicKeys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** Says once, for a few minutes, that it is this client that asks that endpoint. */
    String assertion(String client, String tokenEndpoint) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(tokenEndpoint)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(LIFE_SECONDS)))
                .build();
        var algorithm = KeyType.RSA.equals(key.getKeyType()) ? JWSAlgorithm.RS384 : JWSAlgorithm.ES384;
        try {
            JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new CannotStart("The key cannot sign with " + algorithm + ": " + e.getMessage());
        }
    }
}
