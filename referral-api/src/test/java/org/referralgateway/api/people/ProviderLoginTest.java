package org.referralgateway.api.people;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.referralgateway.api.TestPeople.encoded;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestPeople;
import org.referralgateway.api.TestSenders;

/** Coming in by an identity provider, which WireMock plays; its tokens are signed as a real one's are. */
class ProviderLoginTest {

    private static final RSAKey KEY = key("of-the-provider");
    private static final WireMockServer PROVIDER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private static TestGateway gateway;

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void start() {
        PROVIDER.start();
        var issuer = PROVIDER.baseUrl();
        PROVIDER.stubFor(
                get(urlEqualTo("/.well-known/openid-configuration")).willReturn(okJson("""
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/jwks", "end_session_endpoint": "%1$s/end", "response_types_supported": ["code"],
                 "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}
                """.formatted(issuer))));
        PROVIDER.stubFor(get(urlEqualTo("/jwks")).willReturn(okJson(new JWKSet(KEY.toPublicJWK()).toString())));
        gateway = TestGateway.start(
                "--referral.identity.mode=external",
                "--referral.identity.issuer-uri=" + issuer,
                "--referral.assessment.enabled=false",
                "--referral.outbox.enabled=false",
                "--referral.people.provider.client-id=gateway",
                "--referral.people.provider.client-secret=a-secret",
                "--referral.people.provider.acr-values=mfa,phr",
                "--referral.people.provider.roles-claim=realm.groups",
                "--referral.people.provider.roles.coordinator=/clinic/front-desk",
                "--referral.people.provider.roles.auditor=/clinic/audit,/group/audit");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        PROVIDER.stop();
    }

    /** A visitor on the way to the provider. */
    private record Sent(String visit, Map<String, String> asked) {
        String state() {
            return asked.getOrDefault("state", "");
        }
    }

    private static Sent send(String back) {
        var answer = request("/login/with/clinic?back=" + encoded(back), "");
        assertThat(answer.statusCode()).isEqualTo(302);
        var to = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(to.toString()).startsWith(PROVIDER.baseUrl() + "/authorize?");
        var asked = Stream.of(to.getRawQuery().split("&"))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(
                        part -> part[0],
                        part -> java.net.URLDecoder.decode(part[1], java.nio.charset.StandardCharsets.UTF_8)));
        return new Sent(TestPeople.cookie(answer, "referral-visit"), asked);
    }

    private static HttpResponse<String> comeBack(Sent sent, String code) {
        return comeBack(sent.visit(), sent.state(), code);
    }

    private static HttpResponse<String> comeBack(String cookie, String state, String code) {
        return request("/login/from/clinic?code=" + code + "&state=" + encoded(state), cookie);
    }

    private static HttpResponse<String> request(String path, String cookie) {
        var request = HttpRequest.newBuilder(URI.create(gateway.base() + path)).GET();
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return gateway.people().send(request);
    }

    private static JWTClaimsSet.Builder claims(Sent sent, String subject, String name, String... groups) {
        return new JWTClaimsSet.Builder()
                .issuer(PROVIDER.baseUrl())
                .subject(subject)
                .audience("gateway")
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("nonce", sent.asked().get("nonce"))
                .claim("acr", "mfa")
                .claim("preferred_username", subject)
                .claim("name", name)
                .claim("realm", Map.of("groups", List.of(groups)));
    }

    /** What the provider hands out for a code. */
    private static String code(JWTClaimsSet claims, RSAKey key) {
        try {
            var code = UUID.randomUUID().toString();
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(KEY.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            PROVIDER.stubFor(post(urlEqualTo("/token"))
                    .withRequestBody(containing("code=" + code))
                    .willReturn(okJson("""
                            {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": "%s"}
                            """.formatted(token.serialize()))));
            return code;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestPeople.Session logIn(String subject, String name, String... groups) {
        var sent = send("/");
        var in = comeBack(sent, code(claims(sent, subject, name, groups).build(), KEY));
        assertThat(location(in)).isEqualTo("/");
        return new TestPeople.Session(TestPeople.cookie(in, "referral-session"), "");
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("").replace(gateway.base(), "");
    }

    private static String somebody() {
        return "subject-" + UUID.randomUUID();
    }

    @Test
    void theProviderIsAskedWithEverythingThatKeepsACodeFromThieves() throws Exception {
        var sent = send("/waiting");
        assertThat(sent.asked())
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "gateway")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("acr_values", "mfa phr")
                .containsEntry("redirect_uri", TestSenders.BASE + "/login/from/clinic")
                .containsKeys("state", "nonce", "code_challenge");

        var in = comeBack(
                sent,
                code(claims(sent, somebody(), "Ada Reed", "/clinic/front-desk").build(), KEY));
        assertThat(location(in)).isEqualTo("/waiting");
        var asked = PROVIDER.findAll(postRequestedFor(urlEqualTo("/token")))
                .getLast()
                .getBodyAsString();
        var verifier = Stream.of(asked.split("&"))
                .filter(part -> part.startsWith("code_verifier="))
                .map(part -> part.substring("code_verifier=".length()))
                .findFirst()
                .orElseThrow();
        assertThat(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256")
                                .digest(verifier.getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
                .isEqualTo(sent.asked().get("code_challenge"));
    }

    @Test
    void rolesAreWhatTheProviderSaysAtEachLogin() {
        var subject = somebody();
        var coordinator = logIn(subject, "Name " + subject, "/clinic/front-desk", "/something/else");
        assertThat(request("/worklist", coordinator.cookie()).statusCode()).isEqualTo(200);
        assertThat(request("/log", coordinator.cookie()).statusCode()).isEqualTo(403);

        var auditor = logIn(subject, "Name " + subject, "/group/audit");
        assertThat(request("/log", auditor.cookie()).statusCode()).isEqualTo(200);
        assertThat(request("/worklist", auditor.cookie()).statusCode()).isEqualTo(403);
        assertThat(request("/account", auditor.cookie()).body())
                .contains("Name " + subject)
                .doesNotContain("Change the password");
    }

    @Test
    void whoHasNoRoleAnyMoreIsOutEverywhere() {
        var subject = somebody();
        var before = logIn(subject, "Name " + subject, "/clinic/front-desk");
        var sent = send("/");
        var refused =
                comeBack(sent, code(claims(sent, subject, "Name " + subject).build(), KEY));

        assertThat(location(refused)).isEqualTo("/login?problem=provider");
        assertThat(request("/worklist", before.cookie()).statusCode()).isEqualTo(303);
    }

    @Test
    void aClosedAccountStaysClosedWhateverTheProviderSays() {
        var subject = somebody();
        var session = logIn(subject, "Name " + subject, "/clinic/front-desk");
        gateway.db()
                .sql("update account set disabled_at = now() where subject = :subject")
                .param("subject", subject)
                .update();
        assertThat(request("/worklist", session.cookie()).statusCode()).isEqualTo(303);
        var sent = send("/");
        assertThat(location(comeBack(
                        sent,
                        code(claims(sent, subject, "x", "/clinic/front-desk").build(), KEY))))
                .isEqualTo("/login?problem=provider");
    }

    @Test
    void twoPeopleOfOneNameAreToldApart() {
        var name = "Same Name " + UUID.randomUUID();
        var one = logIn(somebody(), name, "/clinic/front-desk");
        var other = logIn(somebody(), name, "/clinic/front-desk");
        assertThat(request("/account", one.cookie()).body()).contains("<dd>" + name + "</dd>");
        assertThat(request("/account", other.cookie()).body()).contains("<dd>" + name + " (subject-");
    }

    private static void refuses(String why, Consumer<JWTClaimsSet.Builder> change) {
        var sent = send("/");
        var claims = claims(sent, somebody(), "Mallory " + UUID.randomUUID(), "/clinic/front-desk");
        change.accept(claims);
        refused(why, comeBack(sent, code(claims.build(), KEY)));
    }

    private static void refused(String why, HttpResponse<String> answer) {
        assertThat(location(answer)).as(why).isEqualTo("/login?problem=provider");
        assertThat(TestPeople.cookie(answer, "referral-session")).as(why).isEmpty();
    }

    @Test
    void anythingThatIsNotOursIsRefused() {
        refuses("another nonce", claims -> claims.claim("nonce", "replayed"));
        refuses("no nonce", claims -> claims.claim("nonce", null));
        refuses("for another client", claims -> claims.audience("another"));
        refuses("of another issuer", claims -> claims.issuer("https://elsewhere.example"));
        refuses(
                "expired",
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(600))));
        refuses("no subject", claims -> claims.subject(null));
        refuses("with a password alone", claims -> claims.claim("acr", "pwd"));
        refuses("of a strength that is not told", claims -> claims.claim("acr", null));

        var forged = send("/");
        refused(
                "signed with another key",
                comeBack(
                        forged,
                        code(
                                claims(forged, somebody(), "x", "/clinic/front-desk")
                                        .build(),
                                key("forged"))));

        var state = send("/");
        var code = code(claims(state, somebody(), "x", "/clinic/front-desk").build(), KEY);
        refused("another state", comeBack(state.visit(), "guessed", code));
        refused("another browser", comeBack(send("/").visit(), state.state(), code));
        refused("no browser", comeBack("", state.state(), code));
        var late = send("/");
        gateway.db()
                .sql("update pending_login set begun_at = now() - interval '11 minutes'")
                .update();
        refused(
                "too late",
                comeBack(
                        late,
                        code(claims(late, somebody(), "x", "/clinic/front-desk").build(), KEY)));

        var once = send("/");
        var good = code(
                claims(once, somebody(), "Once " + UUID.randomUUID(), "/clinic/front-desk")
                        .build(),
                KEY);
        assertThat(location(comeBack(once, good))).isEqualTo("/");
        refused("the same answer again", comeBack(once, good));
        refused("an error of the provider", request("/login/from/clinic?error=access_denied&state=x", once.visit()));
    }

    @Test
    void aPasswordOfOursOpensNothingHere() {
        var login =
                gateway.people().open("Local " + UUID.randomUUID(), org.referralgateway.api.access.Role.COORDINATOR);
        var visit = request("/login", "");
        assertThat(visit.body()).doesNotContain("type=\"password\"").contains("/login/with/clinic");
        assertThatThrownBy(() -> gateway.people().login(login)).hasMessageContaining("No form on this page");
    }
}
