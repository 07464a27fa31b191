package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.referralgateway.api.TestGateway.Answer;
import org.referralgateway.api.access.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation leaves its row, and every row is an AuditEvent as IHE's patterns have it. */
class AuditEventTest {

    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final String REFERRAL =
            GATEWAY.post("", Referrals.aTransaction(Referrals.newNumber())).referral();

    /** An operation, and the action and outcome of its row; where what was sent before is shown again, that is a row, too. */
    private record Operation(String name, String row, Call call) {}

    @FunctionalInterface
    private interface Call {
        Answer with(String... headers);
    }

    private static List<Operation> operations() {
        var known = Referrals.aReferral(Referrals.newNumber());
        GATEWAY.post("/ServiceRequest", known);
        var task = GATEWAY.get("/fhir/Task?focus=ServiceRequest/" + REFERRAL)
                .json()
                .at("/entry/0/resource/id")
                .asString("");
        return List.of(
                post(
                        "create",
                        "referral.received success",
                        "/ServiceRequest",
                        Referrals.aReferral(Referrals.newNumber())),
                post("create again", "referral.sent-again success, fhir.read success", "/ServiceRequest", known),
                post("refused create", "fhir.post refused", "/ServiceRequest", "{\"resourceType\":\"ServiceRequest\"}"),
                post("unreadable create", "fhir.post refused", "/ServiceRequest", "nonsense"),
                post("transaction", "referral.received success", "", Referrals.aTransaction(Referrals.newNumber())),
                post(
                        "create of a part",
                        "resource.received success",
                        "/Patient",
                        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:x\",\"value\":\""
                                + UUID.randomUUID() + "\"}],\"name\":[{\"family\":\"Nutt\"}]}"),
                post("preview", "fhir.preview success", "/ServiceRequest/$preview", Referrals.aReferral("R-p")),
                post("validate", "fhir.validate success", "/ServiceRequest/$validate", Referrals.aReferral("R-v")),
                get("read", "fhir.read success", "/fhir/ServiceRequest/" + REFERRAL),
                get("vread", "fhir.read success", "/fhir/ServiceRequest/" + REFERRAL + "/_history/1"),
                get("read of nothing", "fhir.get refused", "/fhir/ServiceRequest/" + UUID.randomUUID()),
                get("search", "fhir.search success", "/fhir/ServiceRequest?_id=" + REFERRAL),
                get("refused search", "fhir.get refused", "/fhir/ServiceRequest?nonsense=1"),
                get("receipt", "fhir.receipt success", "/fhir/ServiceRequest/" + REFERRAL + "/$receipt"),
                get("gaps", "fhir.receipt success", "/fhir/ServiceRequest/" + REFERRAL + "/$questionnaire"),
                get("read of a task", "fhir.read success", "/fhir/Task/" + task),
                get("search of tasks", "fhir.search success", "/fhir/Task?focus=ServiceRequest/" + REFERRAL),
                get("read of the trail", "auditevents.searched success", "/fhir/AuditEvent?_count=1"),
                get("worklist", "worklist.viewed success", "/worklist"),
                get("waiting", "waiting.viewed success", "/waiting"),
                get("referral page", "referral.viewed success", "/referrals/" + REFERRAL),
                get("payload", "referral.payload-downloaded success", "/referrals/" + REFERRAL + "/payload"),
                get("page of nothing", "page.get refused", "/referrals/" + UUID.randomUUID()),
                get("log", "log.viewed success", "/log"),
                get("life", "log.viewed success", "/log/referrals/" + REFERRAL),
                get("export", "trail.exported success", "/audit/events.ndjson?referral=" + REFERRAL));
    }

    private static Operation post(String name, String row, String path, String body) {
        return new Operation(name, row, headers -> GATEWAY.post(path, body, headers));
    }

    private static Operation get(String name, String row, String path) {
        return new Operation(name, row, headers -> GATEWAY.get(path, headers));
    }

    @TestFactory
    List<DynamicTest> everyOperationLeavesExactlyItsRow() {
        return operations().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> {
                    var requestId = UUID.randomUUID().toString();
                    operation.call().with("X-Request-ID", requestId);
                    assertThat(GATEWAY
                                    .db()
                                    .sql("select action || ' ' || outcome from audit_event where request_id = :id")
                                    .param("id", requestId)
                                    .query(String.class)
                                    .list()
                                    .stream()
                                    .distinct() // a page that shows referrals of several senders tells each of them
                                    .toList())
                            .containsExactly(operation.row().split(", ", -1));
                }))
                .toList();
    }

    @Test
    void everyRowOfTheTrailKeepsIhesRules() {
        operations().forEach(operation -> operation.call().with());
        var events = new ArrayList<JsonNode>();
        var next = "/fhir/AuditEvent?_count=500";
        while (!next.isEmpty()) {
            var page = GATEWAY.get(next);
            page.json().path("entry").forEach(entry -> events.add(entry.get("resource")));
            next = page.next();
        }

        assertThat(events).hasSizeGreaterThan(20);
        for (var event : events) {
            assertThat(Balp.broken(event)).as(event.toString()).isEmpty();
        }
        assertThat(events)
                .extracting(event -> event.at("/meta/profile/0").asString("").replaceFirst(".*BasicAudit.", ""))
                .contains("PatientCreate", "Create", "PatientRead", "Query", "PatientQuery", "");
    }

    @Test
    void anEventIsFoundByWhatItIsAbout() {
        GATEWAY.get("/fhir/ServiceRequest/" + REFERRAL);
        var about = GATEWAY.get("/fhir/AuditEvent?entity=ServiceRequest/" + REFERRAL)
                .json();
        var patient = about.path("entry")
                .valueStream()
                .flatMap(entry -> entry.at("/resource/entity").valueStream())
                .map(entity -> entity.at("/what/reference").asString(""))
                .filter(reference -> reference.startsWith("Patient/"))
                .findFirst()
                .orElseThrow();

        assertThat(about.path("total").asInt()).isPositive();
        assertThat(total("patient=" + patient)).isGreaterThanOrEqualTo(1);
        assertThat(total("patient=Patient/nobody")).isZero();
        assertThat(total("entity=ServiceRequest/" + REFERRAL + "&outcome=4")).isZero();
        assertThat(total("entity=ServiceRequest/" + REFERRAL + "&subtype=fhir.read"))
                .isPositive();
        assertThat(total("entity=ServiceRequest/" + REFERRAL + "&date=lt2020-01-01"))
                .isZero();
        assertThat(total("entity=ServiceRequest/" + REFERRAL + "&agent-name=sender:demo"))
                .isPositive();
        var id = about.at("/entry/0/resource/id").asString();
        assertThat(GATEWAY.get("/fhir/AuditEvent/" + id).json().path("id").asString())
                .isEqualTo(id);
    }

    @Test
    void theExportHasOneEventALine() {
        var lines = GATEWAY.get("/audit/events.ndjson?referral=" + REFERRAL)
                .body()
                .lines()
                .toList();
        var json = new JsonMapper();

        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Balp.broken(json.readTree(line))).isEmpty());
    }

    /** One role a row; nobody and systems get no further than the door. */
    @Test
    void onlyAuditorsReadTheTrail() throws Exception {
        var http = java.net.http.HttpClient.newHttpClient();
        var statuses = new TreeMap<String, Integer>();
        for (var role : Role.values()) {
            var session = GATEWAY.people().login(GATEWAY.people().open("Trail " + role.wireName(), role));
            statuses.put(role.wireName(), status(http, "Cookie", session.cookie()));
        }
        statuses.put("nobody", status(http, "X-Request-ID", UUID.randomUUID().toString()));
        statuses.put("a sender", status(http, "Authorization", "Bearer " + GATEWAY.token("demo")));

        assertThat(statuses)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "coordinator", 403,
                        "clinician", 403,
                        "auditor", 200,
                        "operator", 403,
                        "administrator", 403,
                        "nobody", 401,
                        "a sender", 401));
    }

    private static int status(java.net.http.HttpClient http, String header, String value) throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create(GATEWAY.base() + "/fhir/AuditEvent?_count=1"))
                .header(header, value)
                .build();
        return http.send(request, java.net.http.HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int total(String criteria) {
        return GATEWAY.get("/fhir/AuditEvent?_count=0&" + criteria)
                .json()
                .path("total")
                .asInt();
    }
}
