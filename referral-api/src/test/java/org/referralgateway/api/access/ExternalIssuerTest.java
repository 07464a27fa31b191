package org.referralgateway.api.access;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestSenders;

/** With a provider elsewhere: its tokens are taken, for the senders that are registered here, and for nothing else. */
class ExternalIssuerTest {

    private static final WireMockServer PROVIDER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private static final RSAKey KEY = newKey("theirs");
    private static TestGateway gateway;

    @BeforeAll
    static void aProviderAndAGatewayThatTrustsIt() {
        PROVIDER.start();
        var issuer = PROVIDER.baseUrl();
        PROVIDER.stubFor(get("/.well-known/openid-configuration").willReturn(okJson("""
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/jwks", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"]}
                """.formatted(issuer))));
        PROVIDER.stubFor(get("/jwks").willReturn(okJson(new JWKSet(KEY.toPublicJWK()).toString())));
        gateway = TestGateway.start(
                "--referral.identity.mode=external",
                "--referral.identity.issuer-uri=" + issuer,
                "--referral.people.provider.client-id=gateway",
                "--referral.people.provider.client-secret=of-the-tests",
                "--referral.assessment.enabled=false");
        gateway.db().sql("""
                        insert into sender_client (client, sender, name, scopes)
                        values ('hospital-ehr', 'hospital', 'Hospital', '{system/ServiceRequest.cruds}')
                        on conflict do nothing
                        """).update();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        PROVIDER.stop();
    }

    @Test
    void takesAReferralForATokenOfTheProvider() {
        var answer = gateway.post(
                "/ServiceRequest",
                Referrals.aReferral(Referrals.newNumber()),
                "Authorization",
                "Bearer " + token(KEY, "at+jwt", claims -> claims));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(gateway.db()
                        .sql("select count(*) from referral where sender = 'hospital'")
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @Test
    void findsTheClientWhereKeycloakPutsItAndTheScopesWhereEntraDoes() {
        assertThat(status(token(
                        KEY,
                        "JWT",
                        claims -> claims.claim("client_id", null)
                                .claim("azp", "hospital-ehr")
                                .claim("typ", "Bearer")
                                .claim("scope", null)
                                .claim("scp", java.util.List.of("system/ServiceRequest.rs")))))
                .isEqualTo(200);
    }

    @Test
    void refusesWhatIsNotForUs() {
        assertThat(status(token(KEY, "at+jwt", claims -> claims.audience("https://other.example"))))
                .isEqualTo(401);
        assertThat(status(token(KEY, "at+jwt", claims -> claims.issuer("https://other.example"))))
                .isEqualTo(401);
        assertThat(status(token(KEY, "at+jwt", claims -> claims.claim("client_id", "stranger"))))
                .isEqualTo(401);
        assertThat(status(token(
                        KEY,
                        "at+jwt",
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))))))
                .isEqualTo(401);
        assertThat(status(token(KEY, "at+jwt", claims -> claims.expirationTime(null))))
                .isEqualTo(401);
        assertThat(status(token(newKey("theirs"), "at+jwt", claims -> claims))).isEqualTo(401);
        assertThat(status(token(newKey("unknown"), "at+jwt", claims -> claims))).isEqualTo(401);
    }

    @Test
    void anIdTokenIsNoAccessToken() {
        assertThat(status(token(KEY, "JWT", claims -> claims.claim("nonce", "n"))))
                .isEqualTo(401);
        assertThat(status(token(KEY, "JWT", claims -> claims.claim("typ", "ID"))))
                .isEqualTo(401);
        assertThat(status(token(KEY, "logout+jwt", claims -> claims))).isEqualTo(401);
    }

    @Test
    void aTokenNeverReachesFurtherThanTheRegistration() {
        var token = token(KEY, "at+jwt", claims -> claims.claim("scope", "system/*.cruds"));

        assertThat(status(token)).isEqualTo(200);
        assertThat(gateway.get("/fhir/Task", "Authorization", "Bearer " + token).status())
                .isEqualTo(403);
    }

    @Test
    void saysWhereTheProvidersTokensAreToBeHadAndGivesNoneItself() {
        var configuration = gateway.get("/fhir/.well-known/smart-configuration", "Authorization", "");

        assertThat(configuration.json().path("token_endpoint").asString()).isEqualTo(PROVIDER.baseUrl() + "/token");
        assertThat(gateway.senders()
                        .ask(TestSenders.assertion("hospital-ehr"), TestSenders.EVERYTHING)
                        .status())
                .isNotEqualTo(200);
    }

    private static int status(String token) {
        return gateway.get("/fhir/ServiceRequest?_count=1", "Authorization", "Bearer " + token)
                .status();
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(RSAKey key, String type, UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            var claims = change.apply(new JWTClaimsSet.Builder()
                            .issuer(PROVIDER.baseUrl())
                            .subject("service-account-1")
                            .audience(TestSenders.BASE + "/fhir")
                            .claim("client_id", "hospital-ehr")
                            .claim("scope", "openid system/ServiceRequest.cruds")
                            .issueTime(Date.from(Instant.now()))
                            .expirationTime(Date.from(Instant.now().plusSeconds(300))))
                    .build();
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(new JOSEObjectType(type))
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
