package org.referralgateway.api.access;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestSenders;

/** Keys that a sender publishes at an address: fetched from there, kept for a while, and from nowhere else. */
class PublishedKeysTest {

    private static final WireMockServer EHR =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private static TestGateway gateway;

    @BeforeAll
    static void aGatewayThatMayFetchFromHere() {
        EHR.start();
        gateway = TestGateway.start("--referral.identity.private-key-urls=true", "--referral.assessment.enabled=false");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        EHR.stop();
    }

    @Test
    void areFetchedOnceForManyTokens() {
        publish("/steady", okJson(new JWKSet(TestSenders.KEY.toPublicJWK()).toString()));
        register("steady", EHR.baseUrl() + "/steady");

        for (int i = 0; i < 5; i++) {
            assertThat(ask("steady")).isEqualTo(200);
        }
        EHR.verify(1, getRequestedFor(urlEqualTo("/steady")));
    }

    @Test
    void aFaultyAnswerIsAClosedDoor() {
        var faults = java.util.Map.of(
                "redirect", aResponse().withStatus(302).withHeader("Location", EHR.baseUrl() + "/steady"),
                "error", aResponse().withStatus(500),
                "huge", aResponse().withStatus(200).withBody("{\"keys\": [" + " ".repeat(70_000) + "]}"),
                "no-json", aResponse().withStatus(200).withBody("<html>"),
                "empty", okJson("{\"keys\": []}"),
                "slow",
                        okJson(new JWKSet(TestSenders.KEY.toPublicJWK()).toString())
                                .withFixedDelay(8000),
                "other-key", okJson(new JWKSet(TestSenders.newKey("other").toPublicJWK()).toString()));
        faults.forEach((name, answer) -> {
            publish("/" + name, answer);
            register("keys-" + name, EHR.baseUrl() + "/" + name);

            assertThat(ask("keys-" + name)).as(name).isEqualTo(401);
        });
    }

    @Test
    void aJkuMustBeTheRegisteredAddress() {
        publish("/registered", okJson(new JWKSet(TestSenders.KEY.toPublicJWK()).toString()));
        publish("/unlisted", okJson(new JWKSet(TestSenders.KEY.toPublicJWK()).toString()));
        register("jku", EHR.baseUrl() + "/registered");

        assertThat(gateway.senders()
                        .ask(withKeyUrl("jku", EHR.baseUrl() + "/registered"), TestSenders.EVERYTHING)
                        .status())
                .isEqualTo(200);
        assertThat(gateway.senders()
                        .ask(withKeyUrl("jku", EHR.baseUrl() + "/unlisted"), TestSenders.EVERYTHING)
                        .status())
                .isEqualTo(401);
        EHR.verify(0, getRequestedFor(urlEqualTo("/unlisted")));
    }

    @Test
    void privateAddressesAreNotAskedUnlessThatIsAllowed() {
        publish("/private", okJson(new JWKSet(TestSenders.KEY.toPublicJWK()).toString()));
        var shared = TestGateway.shared();
        shared.senders().register("private-keys", "private-keys", TestSenders.EVERYTHING);
        for (var url : new String[] {
            EHR.baseUrl() + "/private",
            "https://127.0.0.1:" + EHR.port() + "/private",
            "https://localhost/private",
            "https://[::1]/private",
            "https://169.254.169.254/latest",
            "https://10.0.0.1/keys",
            "https://user@127.0.0.1/keys",
            "file:///etc/passwd"
        }) {
            shared.db()
                    .sql("update sender_client set jwks = null, jwks_url = :url where client = 'private-keys'")
                    .param("url", url)
                    .update();
            org.awaitility.Awaitility.await()
                    .until(() -> shared.bean(SenderClients.class)
                            .active("private-keys")
                            .filter(client -> url.equals(client.jwksUrl()))
                            .isPresent());

            assertThat(shared.senders()
                            .ask(TestSenders.assertion("private-keys"), TestSenders.EVERYTHING)
                            .status())
                    .as(url)
                    .isEqualTo(401);
        }
        EHR.verify(0, getRequestedFor(urlEqualTo("/private")));
    }

    private static String withKeyUrl(String client, String url) {
        try {
            var jwt = new com.nimbusds.jwt.SignedJWT(
                    new com.nimbusds.jose.JWSHeader.Builder(JWSAlgorithm.ES384)
                            .keyID(TestSenders.KEY.getKeyID())
                            .jwkURL(java.net.URI.create(url))
                            .build(),
                    TestSenders.claims(client).build());
            jwt.sign(new com.nimbusds.jose.crypto.ECDSASigner(TestSenders.KEY));
            return jwt.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void publish(String path, ResponseDefinitionBuilder answer) {
        EHR.stubFor(get(path).willReturn(answer));
    }

    private static void register(String client, String url) {
        gateway.db().sql("""
                        insert into sender_client (client, sender, name, jwks_url, scopes)
                        values (:client, :client, :client, :url, '{system/*.cruds}')
                        on conflict (client) do update set jwks_url = excluded.jwks_url
                        """).param("client", client).param("url", url).update();
    }

    private static int ask(String client) {
        return gateway.senders()
                .ask(TestSenders.assertion(client), TestSenders.EVERYTHING)
                .status();
    }
}
