package org.referralgateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestGateway.Answer;
import org.referralgateway.api.TestSenders;
import org.referralgateway.api.access.Rule.Allowed;
import org.referralgateway.api.access.Rule.Operation;

/**
 * Every kind of caller tries every FHIR operation of the policy on an object of its own, somebody else's, one that is not
 * there and one that was withdrawn. What must come of it is derived from the policy, not from what the gateway does.
 */
class AuthorizationMatrixTest {

    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final TestSenders SENDERS = GATEWAY.senders();
    private static final Fixture A = new Fixture(GATEWAY, "matrix-a");
    private static final Fixture B = new Fixture(GATEWAY, "matrix-b");
    /** Foreign to both. A PUT at an id of it makes something of one's own there, so nobody else's reads may be tried at these ids. */
    private static final Fixture C = new Fixture(GATEWAY, "matrix-c");

    private enum Whose {
        OWN,
        FOREIGN,
        ABSENT,
        WITHDRAWN
    }

    /**
     * @param scopes what its token allows; null where it must not get in at all
     */
    private record Tries(
            String name,
            Fixture own,
            Fixture foreign,
            @Nullable Scopes scopes,
            List<String> headers) {
        boolean isIn() {
            return scopes != null;
        }

        boolean may(Scope scope) {
            return scopes != null && scopes.cover(scope);
        }
    }

    private record Call(String method, String path, String body, List<Scope> needs) {}

    @BeforeAll
    static void twoSendersWithOneOfEverythingEach() {
        A.sent();
        B.sent();
        C.sent();
    }

    private static List<Tries> callers() {
        SENDERS.register("matrix-a", "matrix-a-gone", TestSenders.EVERYTHING);
        var revoked = SENDERS.token("matrix-a", "matrix-a-gone", TestSenders.EVERYTHING);
        GATEWAY.db()
                .sql("update sender_client set active = false where client = 'matrix-a-gone'")
                .update();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> GATEWAY.get("/fhir/Task", "Authorization", "Bearer " + revoked)
                                .status()
                        == 401);
        return List.of(
                out("nobody", "Authorization", ""),
                out(
                        "nobody with a cookie",
                        "Authorization",
                        "",
                        "Cookie",
                        "demo-person=Robin+Ash; SESSION=x; JSESSIONID=x"),
                out("somebody with a password", "Authorization", "Basic bWF0cml4LWE6bWF0cml4LWE="),
                out("garbage", "Authorization", "Bearer garbage"),
                out(
                        "an expired token",
                        bearer(forged(
                                claims -> claims.expirationTime(seconds(-60)).issueTime(seconds(-300))))),
                out(
                        "a token for somebody else",
                        bearer(forged(claims -> claims.audience("https://other.example/fhir")))),
                out("a token of another issuer", bearer(forged(claims -> claims.issuer("https://other.example")))),
                out(
                        "an ID token",
                        bearer(forged(claims -> claims.claim("nonce", "n").claim("at_hash", "h")))),
                out("a client that is not registered", bearer(forged(claims -> claims.claim("client_id", "nobody")))),
                out("a revoked client", bearer(revoked)),
                in("A, everything", A, B, TestSenders.EVERYTHING),
                in("B, everything", B, A, TestSenders.EVERYTHING),
                in("A, reads", A, B, "system/*.rs"),
                in("A, writes", A, B, "system/*.cu"),
                in("A, referrals and tasks", A, B, "system/ServiceRequest.cru system/Task.rs"),
                in("A, tasks", A, B, "system/Task.crs"),
                in(
                        "A, parts",
                        A,
                        B,
                        Fixture.PARTS.keySet().stream()
                                .map(type -> "system/" + type + ".cr")
                                .reduce((one, other) -> one + " " + other)
                                .orElseThrow()),
                new Tries(
                        "A, nothing",
                        A,
                        B,
                        Scopes.NONE,
                        List.of(bearer(forged(
                                claims -> claims.claim("client_id", "matrix-a").claim("scope", "openid profile"))))));
    }

    private static Tries out(String name, String... headers) {
        return new Tries(name, A, B, null, List.of(headers));
    }

    private static Tries in(String name, Fixture own, Fixture foreign, String scopes) {
        var client =
                own.sender + "-" + UUID.nameUUIDFromBytes(scopes.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Tries(
                name, own, foreign, Scopes.of(scopes), List.of(bearer(SENDERS.token(own.sender, client, scopes))));
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static Date seconds(long fromNow) {
        return Date.from(Instant.now().plusSeconds(fromNow));
    }

    /** Signed by the gateway's own key, as no attacker can: so that what refuses it is the one thing that is wrong. */
    private static String forged(UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            var key = (ECKey) GATEWAY.bean(SigningKeys.class).current();
            var claims = change.apply(new JWTClaimsSet.Builder()
                            .issuer(TestSenders.BASE)
                            .subject("matrix-a")
                            .claim("client_id", "matrix-a")
                            .claim("scope", TestSenders.EVERYTHING)
                            .audience(TestSenders.BASE + "/fhir")
                            .issueTime(seconds(0))
                            .expirationTime(seconds(280)))
                    .build();
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES384)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyCallerGetsExactlyWhatThePolicyAllows() {
        var deviations = new ArrayList<String>();
        int cells = 0;
        var callers = callers();
        for (var caller : callers) {
            var before = stored();
            for (var rule : Policy.all()) {
                // The trail is for people; AuditEventTest tries its door.
                if (rule.operation() instanceof Operation.Fhir operation
                        && !(rule.allowed() instanceof Allowed.People)) {
                    int absent = 0;
                    for (var whose : List.of(Whose.ABSENT, Whose.OWN, Whose.FOREIGN, Whose.WITHDRAWN)) {
                        var call = call(operation, caller, whose);
                        var answer = send(call, caller.headers().toArray(String[]::new));
                        absent = whose == Whose.ABSENT ? answer.status() : absent;
                        judge(caller, rule, whose, call, answer, absent).forEach(deviations::add);
                        cells++;
                    }
                }
            }
            if (!caller.isIn()
                    || caller.name().equals("A, reads")
                    || caller.name().equals("A, nothing")) {
                assertThat(stored()).as("stored by " + caller.name()).isEqualTo(before);
            }
        }
        System.out.println("Authorisation matrix: " + callers.size() + " callers, " + cells + " cells, deviations: "
                + deviations.size());
        assertThat(cells).isGreaterThan(4000);
        assertThat(deviations).isEmpty();
    }

    private static final Set<String> PUT_BY = new HashSet<>();

    private static List<String> judge(Tries caller, Rule rule, Whose whose, Call call, Answer answer, int absent) {
        var cell = caller.name() + " | " + rule.operation() + " | " + whose + " | " + call.method() + " " + call.path();
        var wrong = new ArrayList<String>();
        int status = answer.status();
        if (answer.body().contains(caller.foreign().mark) || answer.body().contains(C.mark)) {
            wrong.add(cell + ": shows what is somebody else's");
        }
        boolean isOpen = rule.allowed() instanceof Allowed.Anyone;
        if (!caller.isIn() && !isOpen) {
            if (status != 401 || answer.header("WWW-Authenticate").isEmpty()) {
                wrong.add(cell + ": " + status + " instead of 401");
            }
            return wrong;
        }
        if (!caller.isIn()) {
            // Open to anyone; but who shows a token that is none may be told so.
            if (status != 401 && status != 200 && status != 404) {
                wrong.add(cell + ": " + status + ", though it is open");
            }
            return wrong;
        }
        boolean isAllowed = isOpen || call.needs().stream().allMatch(caller::may);
        if (!isAllowed) {
            if (status != 403 || !answer.body().contains("OperationOutcome")) {
                wrong.add(cell + ": " + status + " instead of 403");
            }
            return wrong;
        }
        if (status == 401 || status == 403 || status >= 500) {
            wrong.add(cell + ": " + status + ", though it is allowed");
        }
        // Once A has put something of its own at an id that B has, too, a later PUT of A finds that.
        boolean isOwnByNow = call.method().equals("PUT") && !PUT_BY.add(caller.own().sender + call.path());
        if (whose == Whose.FOREIGN && status != absent && !isOwnByNow) {
            wrong.add(cell + ": " + status + ", but " + absent + " where there is none");
        }
        boolean isThere = whose == Whose.OWN || whose == Whose.WITHDRAWN;
        if (call.method().equals("GET") && !isOpen && isThere && status != 200) {
            wrong.add(cell + ": " + status + " instead of 200");
        }
        if (call.method().equals("GET") && !isOpen && !isThere && !call.path().contains("?") && status != 404) {
            wrong.add(cell + ": " + status + " instead of 404");
        }
        return wrong;
    }

    private static Answer send(Call call, String... headers) {
        return switch (call.method()) {
            case "GET" -> GATEWAY.get("/fhir" + call.path(), headers);
            case "PUT" -> GATEWAY.put(call.path(), call.body(), headers);
            default -> GATEWAY.post(call.path(), call.body(), headers);
        };
    }

    private static Call call(Operation.Fhir operation, Tries caller, Whose whose) {
        var type = operation.type();
        boolean isPut = operation.interaction().equals("update");
        var id = isPut && whose == Whose.FOREIGN
                ? C.id(type)
                : id(type.isEmpty() ? "ServiceRequest" : type, caller, whose);
        var number = Referrals.newNumber();
        var needs = needs(operation);
        return switch (operation.interaction()) {
            case "metadata" -> new Call("GET", "/metadata", "", List.of());
            case "create" -> new Call("POST", "/" + type, body(type, caller, number, id), needs);
            case "update" -> new Call("PUT", "/" + type + "/" + id, withId(body(type, caller, number, id), id), needs);
            case "read" -> new Call("GET", "/" + type + "/" + id, "", needs);
            case "vread" -> new Call("GET", "/" + type + "/" + id + "/_history/1", "", needs);
            case "search-type" -> new Call("GET", "/" + type + "?_id=" + id, "", needs);
            case "transaction" -> new Call("POST", "", bundle(number, id), ofTransaction());
            case "$process-message", "$process-messages" ->
                new Call(
                        "POST",
                        "/" + operation.interaction(),
                        message(number, id, caller),
                        List.of(Scope.of(Right.CREATE, "ServiceRequest"), Scope.of(Right.CREATE, "Patient")));
            case "$preview" ->
                type.isEmpty()
                        ? new Call("POST", "/$preview", bundle(number, id), ofTransaction())
                        : new Call(
                                "POST",
                                "/ServiceRequest/$preview",
                                body(type, caller, number, id),
                                List.of(Scope.of(Right.CREATE, "ServiceRequest")));
            case "$validate" ->
                new Call(
                        "POST",
                        "/" + type + "/$validate",
                        type.equals("Bundle") ? bundle(number, id) : body(type, caller, number, id),
                        List.of());
            case "$receipt", "$questionnaire" ->
                new Call("GET", "/" + type + "/" + id + "/" + operation.interaction(), "", needs);
            case "$open-event" ->
                new Call(
                        "POST",
                        "/" + type + "/" + id + "/$open-event",
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"id\",\"valueString\":\"x\"}]}",
                        needs);
            default -> throw new IllegalStateException("The matrix does not know how to try " + operation + ".");
        };
    }

    private static List<Scope> needs(Operation.Fhir operation) {
        return Policy.of(operation).orElseThrow().allowed() instanceof Allowed.Sender sender
                ? sender.scopes()
                : List.of();
    }

    private static List<Scope> ofTransaction() {
        return Stream.of("Patient", "Condition", "ServiceRequest", "Task")
                .map(type -> Scope.of(Right.CREATE, type))
                .toList();
    }

    private static String id(String type, Tries caller, Whose whose) {
        return switch (whose) {
            case OWN -> caller.own().id(type);
            case FOREIGN -> caller.foreign().id(type);
            case ABSENT -> UUID.randomUUID().toString();
            case WITHDRAWN ->
                type.equals("ServiceRequest")
                        ? caller.own().withdrawn
                        : caller.own().id(type);
        };
    }

    private static String body(String type, Tries caller, String number, String id) {
        return switch (type) {
            case "ServiceRequest" -> Referrals.aReferral(number).replace("Nutt", caller.own().mark);
            case "Task" -> """
                {"resourceType": "Task", "status": "requested", "intent": "order",
                 "code": {"coding": [{"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "abort"}]},
                 "focus": {"reference": "ServiceRequest/%s"}}
                """.formatted(id);
            default -> Fixture.PARTS.getOrDefault(type, "").formatted(caller.own().mark + number);
        };
    }

    private static String withId(String body, String id) {
        return body.replaceFirst("\\{", "{\"id\": \"" + id + "\", ");
    }

    /** A transaction of four entries whose referral is said to replace the object. */
    private static String bundle(String number, String id) {
        return Referrals.aTransaction(number)
                .replace(
                        "\"intent\": \"order\",\n            \"code\": {\"coding\": [{\"system\": \"http://snomed",
                        "\"intent\": \"order\", \"replaces\": [{\"reference\": \"ServiceRequest/" + id
                                + "\"}],\n            \"code\": {\"coding\": [{\"system\": \"http://snomed");
    }

    private static String message(String number, String id, Tries caller) {
        return """
                {"resourceType": "Bundle", "id": "%1$s", "type": "message", "timestamp": "2026-11-01T09:30:00Z", "entry": [
                 {"fullUrl": "urn:uuid:0b1f0c1e-2222-4a4a-8a8a-000000000001",
                  "resource": {"resourceType": "MessageHeader", "id": "0b1f0c1e-2222-4a4a-8a8a-000000000001",
                   "eventCoding": {"system": "https://fhir.nhs.uk/CodeSystem/message-events-bars", "code": "servicerequest-request"},
                   "source": {"endpoint": "https://practice.example/bars"},
                   "focus": [{"reference": "urn:uuid:0b1f0c1e-2222-4a4a-8a8a-000000000002"}]}},
                 {"fullUrl": "urn:uuid:0b1f0c1e-2222-4a4a-8a8a-000000000002",
                  "resource": {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
                   "identifier": [{"system": "https://practice.example/orders", "value": "%1$s"}],
                   "replaces": [{"reference": "ServiceRequest/%2$s"}],
                   "code": {"coding": [{"system": "http://snomed.info/sct", "code": "306109009"}]},
                   "subject": {"reference": "urn:uuid:0b1f0c1e-2222-4a4a-8a8a-000000000003"}}},
                 {"fullUrl": "urn:uuid:0b1f0c1e-2222-4a4a-8a8a-000000000003",
                  "resource": {"resourceType": "Patient", "name": [{"family": "%3$s"}], "birthDate": "1980-01-31"}}]}
                """.formatted(number, id, caller.own().mark);
    }

    private static Map<String, Object> stored() {
        return GATEWAY.db().sql("""
                        select (select count(*) from submission where sender like 'matrix-_') as submissions,
                               (select count(*) from resource where sender like 'matrix-_') as resources,
                               (select sum(version) from referral where sender like 'matrix-_') as versions,
                               (select count(*) from parked_submission where sender like 'matrix-_') as parked
                        """).query().singleRow();
    }

    /** One entry that is not allowed, at each place of a Bundle, in each form: nothing of it is stored. */
    @Test
    void aBundleWithOneForbiddenEntryAnywhereStoresNothing() {
        int tried = 0;
        for (var missing : List.of("Patient", "Condition", "ServiceRequest", "Task")) {
            var scopes = Stream.of("Patient", "Condition", "ServiceRequest", "Task")
                    .filter(type -> !type.equals(missing))
                    .map(type -> "system/" + type + ".cru")
                    .reduce((one, other) -> one + " " + other)
                    .orElseThrow();
            var token = SENDERS.token("matrix-a", "matrix-a-without-" + missing, scopes);
            for (var type : List.of("transaction", "batch", "collection")) {
                for (int turn = 0; turn < 4; turn++) {
                    var before = stored();
                    var answer = GATEWAY.post(
                            "", turned(Referrals.aTransaction(Referrals.newNumber()), type, turn), bearer(token));

                    assertThat(answer.status())
                            .as(missing + " " + type + " " + turn)
                            .isEqualTo(403);
                    assertThat(answer.json().at("/issue/0/expression/0").asString())
                            .startsWith("Bundle.entry[");
                    assertThat(answer.header("WWW-Authenticate")).contains("system/" + missing + ".c");
                    assertThat(stored()).as(missing + " " + type + " " + turn).isEqualTo(before);
                    tried++;
                }
            }
        }
        System.out.println("Bundles with a forbidden entry: " + tried + ", stored: 0");
    }

    private static String turned(String bundle, String type, int turn) {
        var json = new tools.jackson.databind.json.JsonMapper();
        var tree = (tools.jackson.databind.node.ObjectNode) json.readTree(bundle);
        tree.put("type", type);
        var entries = new ArrayList<tools.jackson.databind.JsonNode>();
        tree.path("entry").forEach(entries::add);
        java.util.Collections.rotate(entries, turn);
        var array = tree.putArray("entry");
        entries.forEach(array::add);
        return json.writeValueAsString(tree);
    }
}
