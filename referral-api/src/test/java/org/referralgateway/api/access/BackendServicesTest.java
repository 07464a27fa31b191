package org.referralgateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestSenders;

/** SMART Backend Services, from discovery to the first referral. */
class BackendServicesTest {

    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final TestSenders SENDERS = GATEWAY.senders();

    @Test
    void saysWhereTokensAreToBeHad() {
        for (var path : new String[] {"/fhir/.well-known/smart-configuration", "/.well-known/smart-configuration"}) {
            var answer = GATEWAY.get(path, "Authorization", "");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("token_endpoint").asString()).isEqualTo(TestSenders.TOKEN_ENDPOINT);
            assertThat(answer.body())
                    .contains("private_key_jwt", "RS384", "ES384", "client_credentials", "S256", "permission-v2");
        }
        var security = GATEWAY.get("/fhir/metadata").json().at("/rest/0/security");
        assertThat(security.at("/service/0/coding/0/code").asString()).isEqualTo("SMART-on-FHIR");
        assertThat(security.at("/extension/0/extension/0/valueUri").asString()).isEqualTo(TestSenders.TOKEN_ENDPOINT);
    }

    @Test
    void givesATokenForAnAssertionAndTakesAReferralForTheToken() {
        SENDERS.register("first-practice", "first-practice", "system/ServiceRequest.cru system/Task.rs");

        var answer = SENDERS.ask(TestSenders.assertion("first-practice"), "system/ServiceRequest.cr system/Task.rs");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("token_type").asString()).isEqualToIgnoringCase("Bearer");
        assertThat(answer.json().path("expires_in").asInt()).isBetween(1, 300);
        assertThat(answer.json().path("scope").asString()).contains("system/ServiceRequest.cr", "system/Task.rs");
        assertThat(answer.json().has("refresh_token")).isFalse();
        var created = GATEWAY.post(
                "/ServiceRequest",
                Referrals.aReferral(Referrals.newNumber()),
                "Authorization",
                "Bearer " + answer.token());
        assertThat(created.status()).isEqualTo(201);
        assertThat(GATEWAY.db()
                        .sql("select count(*) from referral where sender = 'first-practice'")
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @Test
    void turnsAwayWhoHasNoTokenAndSaysWhereToGetOne() {
        var answer = GATEWAY.get("/fhir/ServiceRequest", "Authorization", "");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.json().path("resourceType").asString()).isEqualTo("OperationOutcome");
        assertThat(answer.json().at("/issue/0/code").asString()).isEqualTo("login");
    }

    @Test
    void turnsAwayWhoMayNotDoThatAndSaysWhatItTakes() {
        var token = SENDERS.token("reader", "reader", "system/ServiceRequest.rs");

        var answer = GATEWAY.post(
                "/ServiceRequest", Referrals.aReferral(Referrals.newNumber()), "Authorization", "Bearer " + token);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("WWW-Authenticate"))
                .contains("insufficient_scope")
                .contains("system/ServiceRequest.c");
        assertThat(answer.json().at("/issue/0/code").asString()).isEqualTo("forbidden");
    }

    @Test
    void noSpellingOfAnAddressGoesRoundTheDoor() {
        for (var path : new String[] {
            "/fhir/ServiceRequest",
            "/fhir",
            "/fhir/",
            "/fhir/ServiceRequest/",
            "/fhir//ServiceRequest",
            "//fhir/ServiceRequest",
            "/fhir/./ServiceRequest",
            "/x/../fhir/ServiceRequest",
            "/assets/../fhir/ServiceRequest",
            "/fhir;a=b/ServiceRequest",
            "/fhir/ServiceRequest;jsessionid=1",
            "/%66hir/ServiceRequest",
            "/fhir%2FServiceRequest",
            "/fhir%5CServiceRequest",
            "/FHIR/ServiceRequest",
            "/fhir/metadata/../ServiceRequest",
            "/fhir/metadata/ServiceRequest",
            "/fhir/metadata%2F..%2FServiceRequest",
            "/fhir/.well-known/smart-configuration/../../ServiceRequest",
            "/fhir/OperationDefinition/..%2FServiceRequest",
            "/fhir/OperationDefinition/%2e%2e/ServiceRequest",
            "/fhir/ServiceRequest%00",
            "/fhir?_getpages=1",
        }) {
            var answer = GATEWAY.get(path, "Authorization", "");

            assertThat(answer.status()).as(path).isIn(400, 401, 403, 404);
            assertThat(answer.body()).as(path).doesNotContain("Bundle");
        }
    }

    @Test
    void aTokenCountsInTheHeaderOnly() {
        var token = SENDERS.token("header-only");

        assertThat(GATEWAY.get("/fhir/ServiceRequest?access_token=" + token, "Authorization", "")
                        .status())
                .isEqualTo(401);
        assertThat(GATEWAY.post(
                                "/ServiceRequest/_search",
                                "access_token=" + token,
                                "Authorization",
                                "",
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(401);
        assertThat(GATEWAY.get("/fhir/ServiceRequest", "Authorization", "", "Cookie", "access_token=" + token)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void takesAnAssertionOnce() {
        SENDERS.register("twice", "twice", TestSenders.EVERYTHING);
        var assertion = TestSenders.assertion("twice");

        assertThat(SENDERS.ask(assertion, TestSenders.EVERYTHING).status()).isEqualTo(200);
        assertThat(SENDERS.ask(assertion, TestSenders.EVERYTHING).status()).isEqualTo(401);
    }

    @Test
    void grantsNothingBeyondTheRegistration() {
        SENDERS.register("narrow", "narrow", "system/ServiceRequest.cr");

        for (var scope : new String[] {
            "system/ServiceRequest.cru",
            "system/*.cr",
            "system/ServiceRequest.rc",
            "system/Task.r",
            "user/ServiceRequest.r",
            "system/ServiceRequest.read",
            ""
        }) {
            var answer = SENDERS.ask(TestSenders.assertion("narrow"), scope);
            assertThat(answer.status()).as(scope).isEqualTo(400);
            assertThat(answer.json().path("error").asString()).as(scope).isEqualTo("invalid_scope");
        }
    }

    @Test
    void aRevokedClientIsOutWithItsTokens() {
        var token = SENDERS.token("leaving", "leaving", TestSenders.EVERYTHING);
        assertThat(GATEWAY.get("/fhir/ServiceRequest", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);

        GATEWAY.db()
                .sql("update sender_client set active = false where client = 'leaving'")
                .update();

        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(4))
                .untilAsserted(() -> assertThat(GATEWAY.get("/fhir/ServiceRequest", "Authorization", "Bearer " + token)
                                .status())
                        .isEqualTo(401));
        assertThat(SENDERS.ask(TestSenders.assertion("leaving"), TestSenders.EVERYTHING)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesWhatIsNoAssertion() {
        var answer = SENDERS.ask(Map.of(
                "grant_type",
                "client_credentials",
                "scope",
                TestSenders.EVERYTHING,
                "client_assertion_type",
                "not-an-assertion-type",
                "client_assertion",
                TestSenders.assertion("demo")));

        assertThat(answer.status()).isIn(400, 401);
        assertThat(answer.json().has("error")).isTrue();
    }

    @Test
    void recordsEachTokenInTheTrail() {
        SENDERS.register("recorded", "recorded", TestSenders.EVERYTHING);
        SENDERS.ask(TestSenders.assertion("recorded"), "system/Task.rs");

        assertThat(GATEWAY.db()
                        .sql(
                                "select detail ->> 'scopes' from audit_event where sender = 'recorded' and action = 'token.issued'")
                        .query(String.class)
                        .list())
                .containsExactly("system/Task.rs");
        // Only so many refusals are recorded in a minute, and other tests are refused a lot.
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofMinutes(3))
                .pollInterval(java.time.Duration.ofSeconds(1))
                .until(BackendServicesTest::aRefusalIsRecorded);
    }

    private static boolean aRefusalIsRecorded() {
        SENDERS.ask(
                TestSenders.signed(
                        TestSenders.newKey("of-the-tests"),
                        JWSAlgorithm.ES384,
                        TestSenders.claims("recorded").build()),
                "system/Task.rs");
        return GATEWAY.db()
                        .sql("select count(*) from audit_event where action = 'token.refused'")
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
