package org.referralgateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestSenders;
import tools.jackson.databind.json.JsonMapper;

/**
 * Forged, bent, borrowed and stale tokens and assertions, generated from a good one by changing one thing. Each is tried at a
 * running gateway, and none may get in; the good one they are made from does.
 */
class TokenAttacksTest {

    private static final JsonMapper JSON = new JsonMapper();
    /** 400 where the web server itself finds a header too long. */
    private static final Set<Integer> REFUSED = Set.of(400, 401);

    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final TestSenders SENDERS = GATEWAY.senders();
    private static final String CLIENT = "attacked";
    private static final ECKey THEIRS = TestSenders.newKey("theirs");
    private static final ECKey OURS = (ECKey) GATEWAY.bean(SigningKeys.class).current();

    /** A token in the making: what stands in it, and who signs. */
    private record Draft(Map<String, Object> header, Map<String, Object> claims) {

        Draft header(String name, @Nullable Object value) {
            return new Draft(with(header, name, value), claims);
        }

        Draft claim(String name, @Nullable Object value) {
            return new Draft(header, with(claims, name, value));
        }

        private static Map<String, Object> with(Map<String, Object> map, String name, @Nullable Object value) {
            var changed = new LinkedHashMap<>(map);
            if (value == null) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
            return changed;
        }

        String unsigned() {
            return encoded(header) + "." + encoded(claims);
        }

        String signedBy(ECKey key) {
            return unsigned() + "." + signature(key, unsigned(), "SHA384withECDSAinP1363Format");
        }

        private static String encoded(Map<String, Object> part) {
            return Base64URL.encode(JSON.writeValueAsBytes(part)).toString();
        }
    }

    private static String signature(ECKey key, String what, String algorithm) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key.toECPrivateKey());
            signature.update(what.getBytes(StandardCharsets.US_ASCII));
            return Base64URL.encode(signature.sign()).toString();
        } catch (GeneralSecurityException | com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hmac(String algorithm, byte[] secret, String what) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return Base64URL.encode(mac.doFinal(what.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Draft accessToken() {
        var now = Instant.now().getEpochSecond();
        return new Draft(
                new LinkedHashMap<>(Map.of("alg", "ES384", "typ", "at+jwt", "kid", OURS.getKeyID())),
                new LinkedHashMap<>(Map.of(
                        "iss",
                        TestSenders.BASE,
                        "sub",
                        CLIENT,
                        "aud",
                        TestSenders.BASE + "/fhir",
                        "client_id",
                        CLIENT,
                        "scope",
                        TestSenders.EVERYTHING,
                        "jti",
                        UUID.randomUUID().toString(),
                        "iat",
                        now,
                        "nbf",
                        now,
                        "exp",
                        now + 240)));
    }

    private static Draft assertion() {
        var now = Instant.now().getEpochSecond();
        return new Draft(
                new LinkedHashMap<>(Map.of("alg", "ES384", "typ", "JWT", "kid", TestSenders.KEY.getKeyID())),
                new LinkedHashMap<>(Map.of(
                        "iss",
                        CLIENT,
                        "sub",
                        CLIENT,
                        "aud",
                        TestSenders.TOKEN_ENDPOINT,
                        "jti",
                        UUID.randomUUID().toString(),
                        "iat",
                        now,
                        "exp",
                        now + 240)));
    }

    private record Attack(String name, String token) {}

    @Test
    void noForgedBentOrStaleTokenGetsIn() throws Exception {
        SENDERS.register("attacked", CLIENT, TestSenders.EVERYTHING);
        assertThat(status(accessToken().signedBy(OURS))).as("the good one").isEqualTo(200);
        var attacks = new ArrayList<Attack>();
        common(attacks, accessToken(), OURS);
        claimsOfTokens(attacks);

        var accepted = attacks.stream()
                .filter(attack -> !REFUSED.contains(status(attack.token())))
                .toList();

        System.out.println("Token attacks: " + attacks.size() + ", accepted: " + accepted.size());
        assertThat(attacks).hasSizeGreaterThanOrEqualTo(120);
        assertThat(accepted).extracting(Attack::name).isEmpty();
    }

    @Test
    void noForgedBentOrStaleAssertionGetsAToken() throws Exception {
        SENDERS.register("attacked", CLIENT, TestSenders.EVERYTHING);
        assertThat(asked(assertion().signedBy(TestSenders.KEY)))
                .as("the good one")
                .isEqualTo(200);
        var attacks = new ArrayList<Attack>();
        common(attacks, assertion(), TestSenders.KEY);
        claimsOfAssertions(attacks);

        var accepted = attacks.stream()
                .filter(attack -> !REFUSED.contains(asked(attack.token())))
                .toList();

        System.out.println("Assertion attacks: " + attacks.size() + ", accepted: " + accepted.size());
        assertThat(attacks).hasSizeGreaterThanOrEqualTo(100);
        assertThat(accepted).extracting(Attack::name).isEmpty();
    }

    @Test
    void anAssertionIsGoodOnceAtWhicheverInstance() throws Exception {
        SENDERS.register("attacked", CLIENT, TestSenders.EVERYTHING);
        try (var other = TestGateway.start("--referral.assessment.enabled=false")) {
            int accepted = 0;
            for (int round = 0; round < 20; round++) {
                var assertion =
                        assertion().claim("jti", UUID.randomUUID().toString()).signedBy(TestSenders.KEY);
                try (var both = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
                    var here = both.submit(() -> asked(assertion));
                    var there = both.submit(() ->
                            other.senders().ask(assertion, "system/Task.rs").status());
                    assertThat(List.of(here.get(), there.get())).containsExactlyInAnyOrder(200, 401);
                }
                accepted += asked(assertion) == 200 ? 1 : 0;
                accepted += other.senders().ask(assertion, "system/Task.rs").status() == 200 ? 1 : 0;
            }
            System.out.println("Replays across two instances: 60, accepted: " + accepted);
            assertThat(accepted).isZero();
            // and a token of the one is good at the other
            var token = SENDERS.ask(assertion().claim("jti", "once").signedBy(TestSenders.KEY), TestSenders.EVERYTHING)
                    .token();
            assertThat(other.get("/fhir/ServiceRequest", "Authorization", "Bearer " + token)
                            .status())
                    .isEqualTo(200);
        }
    }

    private static int status(String token) {
        try {
            return GATEWAY.get("/fhir/ServiceRequest?_count=1", "Authorization", "Bearer " + token)
                    .status();
        } catch (IllegalArgumentException e) {
            return 401; // no client can send such a header
        }
    }

    private static int asked(String assertion) {
        return SENDERS.ask(assertion, "system/ServiceRequest.rs").status();
    }

    /** What can be done to any signed JWT. */
    private static void common(List<Attack> attacks, Draft good, ECKey key) throws Exception {
        var proper = fresh(good);
        // no signature, or none that counts
        for (var alg : new String[] {"none", "None", "NONE", "nOnE", "", " none"}) {
            var draft = fresh(good).header("alg", alg);
            add(attacks, "alg '" + alg + "' without signature", draft.unsigned() + ".");
            add(
                    attacks,
                    "alg '" + alg + "' with the old signature",
                    draft.unsigned() + "." + last(proper.signedBy(key)));
        }
        add(attacks, "signature cut off", proper.unsigned() + ".");
        add(attacks, "signature and dot cut off", proper.unsigned());
        for (int length : new int[] {1, 16, 48, 95, 97, 128}) {
            add(
                    attacks,
                    "zeros for a signature, " + length,
                    proper.unsigned() + "." + Base64URL.encode(new byte[length]));
        }
        add(attacks, "zero signature", proper.unsigned() + "." + Base64URL.encode(new byte[96]));
        add(
                attacks,
                "signature in DER",
                proper.unsigned() + "." + signature(key, proper.unsigned(), "SHA384withECDSA"));
        // the public key as a secret
        var publicKey = key.toECPublicKey().getEncoded();
        var secrets = new LinkedHashMap<String, byte[]>();
        secrets.put("DER", publicKey);
        secrets.put("PEM", pem(publicKey).getBytes(StandardCharsets.US_ASCII));
        secrets.put("PEM without the last line end", pem(publicKey).strip().getBytes(StandardCharsets.US_ASCII));
        secrets.put("JWK", key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
        secrets.put("x", key.getX().decode());
        secrets.put("kid", key.getKeyID().getBytes(StandardCharsets.UTF_8));
        secrets.put("nothing much", new byte[] {0});
        secrets.forEach((name, secret) -> {
            for (var bits : new String[] {"256", "384", "512"}) {
                var draft = fresh(good).header("alg", "HS" + bits);
                add(
                        attacks,
                        "HS" + bits + " with the public key as " + name,
                        draft.unsigned() + "." + hmac("HmacSHA" + bits, secret, draft.unsigned()));
            }
        });
        // another's key
        add(attacks, "another's key, our kid", proper.signedBy(THEIRS));
        add(
                attacks,
                "another's key, their kid",
                fresh(good).header("kid", THEIRS.getKeyID()).signedBy(THEIRS));
        add(attacks, "another's key, no kid", fresh(good).header("kid", null).signedBy(THEIRS));
        var theirs = THEIRS.toPublicJWK().toJSONObject();
        add(attacks, "their key in jwk", fresh(good).header("jwk", theirs).signedBy(THEIRS));
        add(
                attacks,
                "their key in jwk, no kid",
                fresh(good).header("jwk", theirs).header("kid", null).signedBy(THEIRS));
        add(
                attacks,
                "their key in jwk, their kid",
                fresh(good).header("jwk", theirs).header("kid", THEIRS.getKeyID()).signedBy(THEIRS));
        for (var place : new String[] {"jku", "x5u"}) {
            for (var url : new String[] {
                "https://attacker.example/keys",
                "http://127.0.0.1:9/keys",
                "file:///etc/passwd",
                TestSenders.BASE + "@attacker.example/keys"
            }) {
                add(attacks, place + " " + url, fresh(good).header(place, url).signedBy(THEIRS));
            }
        }
        add(attacks, "x5c", fresh(good).header("x5c", List.of("MIIB")).signedBy(THEIRS));
        for (var kid : new String[] {
            "", "../../../../dev/null", "' or '1'='1", "\u0000", "of-the-tests ", "OF-THE-TESTS", "*", "x".repeat(500)
        }) {
            add(attacks, "kid '" + kid + "'", fresh(good).header("kid", kid).signedBy(key));
        }
        add(attacks, "kid missing", fresh(good).header("kid", null).signedBy(key));
        // algorithms that do not go with the key, or that nobody asked for
        var rsa = new RSAKeyGenerator(2048).generate();
        for (var algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS384)) {
            var draft = fresh(good).header("alg", algorithm.getName());
            var signature = new com.nimbusds.jose.crypto.RSASSASigner(rsa)
                    .sign(
                            new com.nimbusds.jose.JWSHeader(algorithm),
                            draft.unsigned().getBytes(StandardCharsets.US_ASCII));
            add(attacks, algorithm + " with a key of their own", draft.unsigned() + "." + signature);
        }
        for (var alg : new String[] {"ES256", "ES512", "ES256K", "EdDSA", "RS1", "es384", "ES384 ", "HS384", "dir"}) {
            add(attacks, "called " + alg, fresh(good).header("alg", alg).signedBy(key));
        }
        add(attacks, "alg missing", fresh(good).header("alg", null).signedBy(key));
        add(attacks, "alg a list", fresh(good).header("alg", List.of("ES384")).signedBy(key));
        // extensions that must be understood
        add(
                attacks,
                "crit",
                fresh(good).header("crit", List.of("exp")).header("exp", 1).signedBy(key));
        add(
                attacks,
                "crit unknown",
                fresh(good).header("crit", List.of("x")).header("x", 1).signedBy(key));
        add(
                attacks,
                "b64 false",
                fresh(good).header("crit", List.of("b64")).header("b64", false).signedBy(key));
        for (var type : new String[] {"id_token", "dpop+jwt", "logout+jwt", "secevent+jwt", "JOSE"}) {
            add(attacks, "typ " + type, fresh(good).header("typ", type).signedBy(key));
        }
        // bent on the way
        var signed = proper.signedBy(key);
        var parts = signed.split("\\.", -1);
        var random = new Random(6);
        for (int i = 0; i < 20; i++) {
            var bytes = new Base64URL(parts[2]).decode();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            add(attacks, "a bit of the signature, " + i, parts[0] + "." + parts[1] + "." + Base64URL.encode(bytes));
        }
        for (int i = 0; i < 10; i++) {
            var text = new StringBuilder(parts[1]);
            int at = random.nextInt(text.length());
            text.setCharAt(at, text.charAt(at) == 'A' ? 'B' : 'A');
            add(attacks, "a letter of the claims, " + i, parts[0] + "." + text + "." + parts[2]);
        }
        add(attacks, "parts swapped", parts[1] + "." + parts[0] + "." + parts[2]);
        add(attacks, "a part too many", signed + "." + parts[2]);
        add(attacks, "five parts", signed + ".." + parts[2]);
        add(attacks, "nothing", "");
        add(attacks, "dots", "..");
        add(attacks, "no JSON", Base64URL.encode("x") + "." + parts[1] + "." + parts[2]);
        add(
                attacks,
                "another's signature",
                proper.unsigned() + "." + last(good.claim("sub", "somebody").signedBy(key)));
        add(
                attacks,
                "claims of another",
                parts[0] + "." + fresh(good).claim("sub", "admin").unsigned().split("\\.")[1] + "." + parts[2]);
        add(attacks, "very long", fresh(good).claim("x", "y".repeat(20_000)).signedBy(key));
    }

    /** Never used before: an attack must not be refused because the one before it was. */
    private static Draft fresh(Draft draft) {
        return draft.claim("jti", UUID.randomUUID().toString());
    }

    private static void claimsOfTokens(List<Attack> attacks) {
        var good = accessToken();
        var now = Instant.now().getEpochSecond();
        var wrong = new LinkedHashMap<String, List<?>>();
        var base = TestSenders.BASE;
        wrong.put(
                "iss",
                List.of("https://attacker.example", base + "/", base + ".attacker.example", "", List.of(base), 1));
        wrong.put(
                "aud",
                List.of(
                        base,
                        base + "/oauth2/token",
                        base + "/fhir/",
                        base + "/fhirx",
                        "https://attacker.example/fhir",
                        List.of(),
                        List.of("https://other.example"),
                        CLIENT,
                        ""));
        wrong.put("exp", List.of(now - 31, now - 3600, 0, -1, now + 400, now + 86_400, 99_999_999_999L));
        wrong.put("nbf", List.of(now + 120, now + 86_400));
        wrong.put("iat", List.of(now - 301, now - 86_400));
        wrong.put("client_id", List.of("nobody", "", List.of(CLIENT), 1, "ATTACKED", CLIENT + " ", "demo' --"));
        wrong.put("typ", List.of("ID", "Refresh", "Logout"));
        wrong.put("nonce", List.of("of an ID token"));
        wrong.put("at_hash", List.of("of an ID token"));
        wrong.put("c_hash", List.of("of an ID token"));
        wrong.put("events", List.of(Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
        wrong.put("cnf", List.of(Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2")));
        wrong.forEach((claim, values) -> values.forEach(value ->
                add(attacks, claim + " " + value, good.claim(claim, value).signedBy(OURS))));
        for (var claim : new String[] {"iss", "aud", "exp", "client_id"}) {
            add(attacks, claim + " missing", good.claim(claim, null).signedBy(OURS));
        }
        for (var type : new String[] {"JWT", ""}) {
            add(attacks, "typ '" + type + "'", good.header("typ", type).signedBy(OURS));
        }
        add(attacks, "typ missing", good.header("typ", null).signedBy(OURS));
        add(attacks, "an assertion instead of a token", assertion().signedBy(TestSenders.KEY));
        add(attacks, "a token signed by a sender", accessToken().signedBy(TestSenders.KEY));
        add(
                attacks,
                "a token signed by a sender, its kid",
                accessToken().header("kid", TestSenders.KEY.getKeyID()).signedBy(TestSenders.KEY));
    }

    private static void claimsOfAssertions(List<Attack> attacks) {
        var now = Instant.now().getEpochSecond();
        var wrong = new LinkedHashMap<String, List<?>>();
        var base = TestSenders.BASE;
        wrong.put("iss", List.of("demo", "", "https://attacker.example", List.of(CLIENT)));
        wrong.put("sub", List.of("demo", "", "nobody"));
        wrong.put(
                "aud",
                List.of(
                        base,
                        base + "/fhir",
                        base + "/oauth2/token/",
                        "https://attacker.example/oauth2/token",
                        List.of(TestSenders.TOKEN_ENDPOINT, "https://attacker.example"),
                        List.of(),
                        ""));
        wrong.put("exp", List.of(now - 31, now - 3600, 0, now + 340, now + 3600, 99_999_999_999L));
        wrong.put("nbf", List.of(now + 120));
        wrong.put("iat", List.of(now + 120));
        wrong.put("jti", List.of("", " ", "x".repeat(256)));
        wrong.forEach((claim, values) -> values.forEach(value -> add(
                attacks,
                claim + " " + value,
                assertion()
                        .claim("jti", UUID.randomUUID().toString())
                        .claim(claim, value)
                        .signedBy(TestSenders.KEY))));
        for (var claim : new String[] {"iss", "sub", "aud", "exp", "jti"}) {
            add(attacks, claim + " missing", assertion().claim(claim, null).signedBy(TestSenders.KEY));
        }
        add(attacks, "an access token instead of an assertion", accessToken().signedBy(OURS));
        add(attacks, "an assertion signed by the gateway", assertion().signedBy(OURS));
    }

    private static void add(List<Attack> attacks, String name, String token) {
        attacks.add(new Attack(name, token));
    }

    private static String last(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }
}
