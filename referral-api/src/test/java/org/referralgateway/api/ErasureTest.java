package org.referralgateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.referralgateway.api.access.Role;
import org.referralgateway.api.audit.StoredTrail;
import org.referralgateway.events.Topics;
import org.referralgateway.trail.NoteKey;

/** Whoever is erased cannot be read any more, anywhere; everybody else can, and the trail still proves itself. */
class ErasureTest {

    private static final Duration AT_MOST = Duration.ofMinutes(3);

    private final TestGateway gateway = TestGateway.shared();

    /** Somebody whose every word is nobody else's. */
    private record Person(String mark) {

        static Person make() {
            return new Person(UUID.randomUUID()
                    .toString()
                    .replace("-", "")
                    .replaceAll("[0-9]", "x")
                    .substring(0, 12));
        }

        String family() {
            return "Quill" + mark;
        }

        String number() {
            return "mrn" + mark;
        }

        List<String> words() {
            return List.of(
                    family(),
                    family().toLowerCase(Locale.ROOT),
                    "Given" + mark,
                    "given" + mark,
                    number(),
                    "phone" + mark,
                    "Street" + mark,
                    "narrative" + mark,
                    "note" + mark,
                    "order" + mark,
                    "said" + mark);
        }

        /** A transaction whose every resource says something of the person. */
        String transaction() {
            return """
                    {
                      "resourceType": "Bundle",
                      "type": "transaction",
                      "entry": [
                        {
                          "fullUrl": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001",
                          "resource": {
                            "resourceType": "Patient",
                            "text": {"status": "generated", "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\">narrative%1$s</div>"},
                            "identifier": [{"system": "https://practice.example/patients", "value": "mrn%1$s"}],
                            "name": [{"family": "Quill%1$s", "given": ["Given%1$s"]}],
                            "telecom": [{"system": "phone", "value": "phone%1$s 555 0102 334"}],
                            "address": [{"line": ["Street%1$s 1"], "city": "Ahorn"}],
                            "birthDate": "1980-01-31"
                          },
                          "request": {"method": "POST", "url": "Patient"}
                        },
                        {
                          "fullUrl": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000002",
                          "resource": {
                            "resourceType": "Condition",
                            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "B02.29"}]},
                            "subject": {"reference": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001"},
                            "note": [{"text": "note%1$s"}]
                          },
                          "request": {"method": "POST", "url": "Condition"}
                        },
                        {
                          "fullUrl": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000003",
                          "resource": {
                            "resourceType": "ServiceRequest",
                            "identifier": [
                              {
                                "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "PLAC"}]},
                                "system": "https://practice.example/orders",
                                "value": "order%1$s"
                              }
                            ],
                            "status": "active",
                            "intent": "order",
                            "code": {"coding": [{"system": "http://snomed.info/sct", "code": "306109009"}]},
                            "subject": {"reference": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001", "display": "Quill%1$s"},
                            "reasonReference": [{"reference": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000002"}],
                            "note": [{"text": "note%1$s"}]
                          },
                          "request": {"method": "POST", "url": "ServiceRequest"}
                        }
                      ]
                    }
                    """.formatted(mark);
        }
    }

    @Test
    void whoIsErasedIsNowhereAnyMoreAndEverybodyElseIsWhole(@TempDir Path folder) throws Exception {
        var gone = Person.make();
        var other = Person.make();
        var erased = sent(gone);
        var kept = sent(other);
        var amendment = amended(erased, gone);
        noted(erased, gone);
        settledDown(erased, 3);
        settledDown(kept, 2);
        var patient = patientOf(erased);
        var backup = dump();
        assertThat(backup.tablesWith(gone.words()))
                .as("what says who somebody is lies locked from the first")
                .isEmpty();

        var eventOfErased = event(erased);
        var eventOfKept = event(kept);
        assertThat(opened(eventOfErased).body()).contains("coordinationTask");
        assertThat(opened(eventOfKept).body()).contains("coordinationTask");

        erase(erased);

        assertThat(opened(eventOfErased).status()).isEqualTo(410);
        assertThat(opened(eventOfKept).status()).isEqualTo(200);
        assertThat(dump().tablesWith(gone.words())).isEmpty();
        assertThat(onTopics(gone.words())).isEmpty();
        assertSaysSo("/fhir/ServiceRequest/" + erased);
        assertSaysSo("/fhir/ServiceRequest/" + erased + "/_history/1");
        assertSaysSo("/fhir/ServiceRequest/" + erased + "/$receipt");
        assertSaysSo("/fhir/" + patient);
        assertThat(gateway.put("/ServiceRequest/" + erased, amendment.replace("urgent", "routine"))
                        .status())
                .isEqualTo(410);
        var again = gateway.post("", gone.transaction());
        assertThat(again.status()).isEqualTo(410);
        var page = gateway.get("/referrals/" + erased);
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.body()).contains("erased on " + today()).doesNotContain(gone.mark());
        var search = gateway.get("/fhir/ServiceRequest?identifier=order" + gone.mark());
        assertThat(search.json().at("/entry/0/search/mode").asString()).isEqualTo("outcome");
        assertThat(search.body()).contains("erased on " + today());
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(openTasks(erased)).isZero());

        assertThat(gateway.get("/fhir/ServiceRequest/" + kept).body()).contains("note" + other.mark());
        assertThat(gateway.get("/fhir/" + patientOf(kept)).body()).contains(other.family());
        assertThat(gateway.get("/referrals/" + kept).body()).contains(other.family());
        assertThat(gateway.get("/fhir/ServiceRequest?identifier=order" + other.mark())
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        theTrailVerifies();

        restored(backup, old -> {
            assertThat(old.get("/fhir/ServiceRequest/" + erased).status()).isEqualTo(410);
            assertThat(old.get("/fhir/" + patient).status()).isEqualTo(410);
            assertThat(old.get("/fhir/ServiceRequest/" + kept).body()).contains("note" + other.mark());
            await().atMost(AT_MOST)
                    .untilAsserted(() -> assertThat(old.db()
                                    .sql("select count(*) from erasure where referral = :id")
                                    .param("id", UUID.fromString(erased))
                                    .query(Long.class)
                                    .single())
                            .isEqualTo(1));
        });
    }

    @Test
    void erasingTwiceAndErasingNobodyChangeNothing() throws Exception {
        var gone = Person.make();
        var referral = sent(gone);
        erase(referral);

        var twice = form(referral);
        assertThat(twice.statusCode()).isEqualTo(409);
        assertThat(twice.body()).contains("was erased before");
        var unknown = form(UUID.randomUUID().toString());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(gateway.db()
                        .sql(
                                "select count(*) from audit_event where action = 'referral.erased' and outcome = 'success' and referral = :id")
                        .param("id", UUID.fromString(referral))
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatCameTogetherIsErasedTogether() throws Exception {
        var gone = Person.make();
        var two = gone.transaction()
                .replace(
                        "\"type\": \"transaction\",\n  \"entry\": [",
                        "\"type\": \"transaction\",\n  \"entry\": [" + second(gone) + ",");
        var answer = gateway.post("", two);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var referrals = new ArrayList<String>();
        answer.json().path("entry").forEach(entry -> {
            var place = entry.at("/response/location").asString("");
            if (place.startsWith("ServiceRequest/")) {
                referrals.add(place.split("/", -1)[1]);
            }
        });
        assertThat(referrals).hasSize(2);

        var alone = form(referrals.getFirst());
        assertThat(alone.statusCode()).isEqualTo(409);
        assertThat(alone.body()).contains(referrals.getLast());
        assertThat(gateway.get("/fhir/ServiceRequest/" + referrals.getFirst()).status())
                .isEqualTo(200);

        assertThat(form(String.join(" ", referrals)).statusCode()).isEqualTo(200);
        referrals.forEach(referral -> assertSaysSo("/fhir/ServiceRequest/" + referral));
        assertThat(dump().tablesWith(gone.words())).isEmpty();
    }

    /** It is no referral, and its person has the same right. */
    @Test
    void whatStillWaitsIsErasedByItsTask() throws Exception {
        var gone = Person.make();
        var patient = Referrals.newNumber();
        var early = gateway.post("/ServiceRequest", """
                {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
                 "identifier": [{"system": "https://practice.example/orders", "value": "order%1$s"}],
                 "code": {"text": "Referral to pain clinic"}, "note": [{"text": "note%1$s"}],
                 "subject": {"reference": "Patient/%2$s", "display": "Quill%1$s"}}""".formatted(gone.mark(), patient));
        assertThat(early.status()).as(early.body()).isEqualTo(202);
        var task = early.header("Location").replaceFirst(".*Task/([^/]+).*", "$1");

        await().atMost(AT_MOST)
                .until(() -> gateway.db()
                        .sql("select attempts > 0 and attempted_until is null from parked_submission where task = :id")
                        .param("id", UUID.fromString(task))
                        .query(Boolean.class)
                        .single());
        // Somebody has read it and is letting it join: what comes of that would stay.
        attempted(task, "now() + interval '1 minute'");
        var tooEarly = form(task);
        assertThat(tooEarly.statusCode()).isEqualTo(409);
        assertThat(tooEarly.body()).contains("Ask again");
        // An attempt that was broken off holds nothing up for longer.
        attempted(task, "now() - interval '1 second'");

        erase("Task/" + task, task);

        var says = gateway.get("/fhir/Task/" + task).json();
        assertThat(says.path("status").asString()).isEqualTo("rejected");
        assertThat(says.at("/statusReason/text").asString()).isEqualTo("erased");
        assertThat(gateway.db()
                        .sql("select body from parked_submission where task = :id")
                        .param("id", UUID.fromString(task))
                        .query(byte[].class)
                        .single())
                .containsExactly(0);
        assertThat(gateway.put(
                                "/Patient/" + patient,
                                "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"Ash\"}]}"
                                        .formatted(patient))
                        .status())
                .isEqualTo(201);
        assertThat(gateway.get("/fhir/ServiceRequest?identifier=order" + gone.mark())
                        .json()
                        .path("total")
                        .asInt())
                .as("nothing joins that was erased")
                .isZero();
        assertThat(form(task).statusCode()).isEqualTo(409);
    }

    private void attempted(String task, String until) {
        gateway.db()
                .sql("update parked_submission set attempted_until = " + until + " where task = :id")
                .param("id", UUID.fromString(task))
                .update();
    }

    private static String second(Person person) {
        return """
                {
                  "fullUrl": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000009",
                  "resource": {
                    "resourceType": "ServiceRequest",
                    "identifier": [{"system": "https://practice.example/orders", "value": "order-two-%1$s"}],
                    "status": "active",
                    "intent": "order",
                    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "306109009"}]},
                    "subject": {"reference": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001"}
                  },
                  "request": {"method": "POST", "url": "ServiceRequest"}
                }""".formatted(person.mark());
    }

    @Test
    void anotherInstanceNoticesAtOnceAndDoesWhatTheCommandAsksFor() {
        var gone = Person.make();
        var referral = sent(gone);
        try (var second = TestGateway.start("--referral.assessment.enabled=false", "--referral.outbox.enabled=false")) {
            assertThat(second.get("/fhir/ServiceRequest/" + referral).status()).isEqualTo(200);
            var request = UUID.randomUUID();
            gateway.db()
                    .sql(
                            "insert into erasure_request (request, referrals, reason, actor) values (:request, :referrals, 'legal-order', 'person:root')")
                    .param("request", request)
                    .param("referrals", new UUID[] {UUID.fromString(referral)})
                    .update();
            await().atMost(AT_MOST)
                    .untilAsserted(() -> assertThat(gateway.db()
                                    .sql("select coalesce(outcome, '') from erasure_request where request = :request")
                                    .param("request", request)
                                    .query(String.class)
                                    .single())
                            .isEqualTo("erased"));
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(second.get("/fhir/ServiceRequest/" + referral)
                                    .status())
                            .isEqualTo(410));
            assertSaysSo("/fhir/ServiceRequest/" + referral);
        }
    }

    @Test
    void withoutItsKeyringItRefusesToStart(@TempDir Path folder) {
        sent(Person.make());
        assertThatThrownBy(() -> TestGateway.start("--referral.vault.keyring=" + folder.resolve("lost"))
                        .close())
                .rootCause()
                .hasMessageContaining("holds encrypted data, but there is no keyring");
        assertThatThrownBy(() ->
                        TestGateway.start("--referral.vault.enabled=false").close())
                .rootCause()
                .hasMessageContaining("holds encrypted data");
        assertThatThrownBy(() -> TestGateway.start("--referral.vault.keyring=").close())
                .rootCause()
                .hasMessageContaining("not said where the keys");
    }

    // What the tests do

    private String sent(Person person) {
        var answer = gateway.post("", person.transaction());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.referral();
    }

    private String amended(String referral, Person person) {
        var resource = gateway.get("/fhir/ServiceRequest/" + referral).body();
        var changed = resource.replace("\"status\":\"active\"", "\"status\":\"active\",\"priority\":\"urgent\"");
        assertThat(changed).contains("urgent").contains("note" + person.mark());
        assertThat(gateway.put("/ServiceRequest/" + referral, changed).status()).isEqualTo(200);
        return changed;
    }

    /** A coordinator asks for something, in words of her own. */
    private void noted(String referral, Person person) {
        await().atMost(AT_MOST).until(() -> openTasks(referral) > 1);
        var task = gateway.db()
                .sql(
                        "select task, version from task where referral = :id and code <> 'coordination' order by task limit 1")
                .param("id", UUID.fromString(referral))
                .query((row, number) -> Map.entry(row.getString("task"), row.getInt("version")))
                .single();
        var answer = gateway.click(
                "/worklist/tasks/" + task.getKey() + "/ask",
                "version=" + task.getValue() + "&items=pain-intensity&note=said" + person.mark() + "&back=/worklist");
        assertThat(answer.status()).as(answer.body()).isBetween(200, 303);
    }

    private void settledDown(String referral, int events) {
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(gateway.db()
                                .sql(
                                        "select count(*) filter (where sent_at is not null) from outbox where referral = :id")
                                .param("id", UUID.fromString(referral))
                                .query(Long.class)
                                .single())
                        .isGreaterThanOrEqualTo(events));
    }

    private void erase(String referral) throws Exception {
        erase(referral, referral);
    }

    private void erase(String named, String id) throws Exception {
        var answer = form(named);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains(id);
    }

    private HttpResponse<String> form(String referrals) throws Exception {
        var session = gateway.people().session("Ada Minster", Role.ADMINISTRATOR);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(gateway.base() + "/erasures"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Cookie", session.cookie())
                            .POST(BodyPublishers.ofString("referrals=" + TestPeople.encoded(referrals)
                                    + "&reason=person-asked&sure=yes&_csrf=" + TestPeople.encoded(session.formToken())))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private void assertSaysSo(String path) {
        var answer = gateway.get(path);
        assertThat(answer.status()).as(path).isEqualTo(410);
        assertThat(answer.json().path("resourceType").asString()).isEqualTo("OperationOutcome");
        assertThat(answer.body()).contains("erased on " + today());
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private String patientOf(String referral) {
        return gateway.db()
                .sql("select patient from referral where referral = :id")
                .param("id", UUID.fromString(referral))
                .query(String.class)
                .single();
    }

    private long openTasks(String referral) {
        return gateway.db()
                .sql(
                        "select count(*) from task where referral = :id and status in ('requested', 'received', 'accepted', 'in-progress', 'on-hold')")
                .param("id", UUID.fromString(referral))
                .query(Long.class)
                .single();
    }

    /** As an entitled consumer has it opened. */
    private TestGateway.Answer opened(ConsumerRecord<String, byte[]> record) {
        return gateway.post("/ServiceRequest/" + record.key() + "/$open-event", """
                {"resourceType": "Parameters", "parameter": [
                 {"name": "id", "valueString": "%s"}, {"name": "type", "valueString": "%s"},
                 {"name": "sequence", "valueString": "%s"}, {"name": "data", "valueBase64Binary": "%s"}]}
                """.formatted(
                        TopicReader.header(record, "ce_id"),
                        TopicReader.header(record, "ce_type"),
                        TopicReader.header(record, "ce_sequence"),
                        Base64.getEncoder().encodeToString(record.value())));
    }

    private static ConsumerRecord<String, byte[]> event(String referral) {
        return TopicReader.of(
                        TopicReader.read(
                                Topics.REFERRAL_EVENTS,
                                all -> !TopicReader.of(all, referral).isEmpty(),
                                AT_MOST),
                        referral)
                .getFirst();
    }

    private static Dump dump() throws Exception {
        return TestServers.instance().dump();
    }

    /** Every record of both topics, from the beginning: keys, headers and values. */
    private static List<String> onTopics(List<String> words) {
        var found = new ArrayList<String>();
        for (var topic : List.of(Topics.REFERRAL_EVENTS, Topics.ASSESSMENT_TASKS)) {
            for (var record : TopicReader.read(topic, all -> false, Duration.ofSeconds(10))) {
                var all = new StringBuilder(String.valueOf(record.key()));
                record.headers().forEach(header -> all.append(new String(header.value(), UTF_8)));
                all.append(new String(record.value(), UTF_8));
                words.stream().filter(word -> all.indexOf(word) >= 0).forEach(word -> found.add(topic + " " + word));
            }
        }
        return found;
    }

    private void theTrailVerifies() throws Exception {
        try (var auditor = DriverManager.getConnection(
                TestServers.instance().jdbcUrl(), "referral_auditor", TestServers.AUDITOR_PASSWORD)) {
            assertThat(StoredTrail.verify(
                                    auditor,
                                    NoteKey.of(gateway.get("/audit/key").body()),
                                    List.of())
                            .findings())
                    .isEmpty();
        }
    }

    private interface Look {
        void at(TestGateway gateway);
    }

    /** The old backup in a database of its own, beside today's keyring. */
    private static void restored(Dump backup, Look look) throws Exception {
        var url = TestServers.instance().anotherDatabase("restored");
        try (var first = TestGateway.start(
                "--spring.datasource.url=" + url,
                "--referral.assessment.enabled=false",
                "--referral.outbox.enabled=false",
                "--referral.audit.sealing=false")) {
            assertThat(first.db()
                            .sql("select count(*) from referral")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
        TestServers.instance().restore(backup, url);
        try (var old = TestGateway.start(
                "--spring.datasource.url=" + url,
                "--referral.assessment.enabled=false",
                "--referral.outbox.enabled=false",
                "--referral.audit.sealing=false")) {
            look.at(old);
        }
    }
}
