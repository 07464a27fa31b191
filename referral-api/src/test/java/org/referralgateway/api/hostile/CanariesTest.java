package org.referralgateway.api.hostile;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.api.Referrals;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestGateway.Answer;
import org.referralgateway.events.Topics;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every sample, with a mark in all that tells of a person, takes every road through the service; afterwards no mark is found
 * outside of the stores that are for it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanariesTest {

    private static final String SENDER = "canary";
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();
    /** Addresses on our pages; what a page says besides is for those who may read it. */
    private static final Pattern LINK = Pattern.compile("(?:href|action|src|hx-[a-z]+)=\"([^\"]*)\"");

    private static final Leaks LEAKS = new Leaks(Pattern.compile(Canaries.MARK.pattern() + "|" + Canaries.BIRTH_DATE));

    @TempDir
    private static Path accessLog;

    private static TestGateway gateway;
    private static WireMockServer ehr;

    @BeforeAll
    static void start() {
        ehr = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        ehr.start();
        gateway = TestGateway.start(
                "--referral.identity.demo-sender=" + SENDER,
                "--referral.fetch.bases." + SENDER + "=" + ehr.baseUrl() + "/fhir",
                "--referral.fetch.first-retry=100ms",
                "--referral.parking.sweep-every=200ms",
                "--server.tomcat.accesslog.enabled=true",
                "--server.tomcat.accesslog.buffered=false",
                "--server.tomcat.accesslog.directory=" + accessLog,
                "--server.tomcat.accesslog.pattern=%r %s %{Referer}i %{Location}o");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ehr.stop();
    }

    static List<Path> samples() {
        return Canaries.samples();
    }

    private static String run(Path sample, String road) {
        return sample.getFileName().toString().substring(0, 2) + road + "x"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String address(String json) {
        return json.contains("\"Bundle\"") ? "" : "/ServiceRequest";
    }

    /** What everybody may see of an answer: its headers, and all of it where it tells what was wrong. */
    private static Answer told(String road, Answer answer) {
        headersOf(road, answer);
        if (answer.status() >= 400 || answer.body().contains("\"resourceType\":\"OperationOutcome\"")) {
            LEAKS.look("words of " + road, answer.body());
        }
        return answer;
    }

    private static void headersOf(String road, Answer answer) {
        var headers = new StringBuilder();
        answer.response()
                .headers()
                .map()
                .forEach((name, values) ->
                        headers.append(name).append(": ").append(values).append('\n'));
        LEAKS.look("headers of " + road, headers.toString());
    }

    private static Answer page(String path) {
        var answer = told("page " + path.replaceAll("[0-9a-f-]{36}", "id"), gateway.get(path));
        var links = LINK.matcher(answer.body());
        while (links.find()) {
            LEAKS.look("links of pages", links.group(1));
        }
        return answer;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void acceptedAmendedReadAndShown(Path sample) {
        var json = Canaries.marked(sample, run(sample, "a"));
        var accepted = told("accept", gateway.post(address(json), json));
        assertThat(accepted.status()).as(accepted.body()).isLessThan(300);
        told("the same again", gateway.post(address(json), json));
        told("another under the same number", gateway.post(address(json), json.replace("\"active\"", "\"on-hold\"")));
        var referral = accepted.referral();
        told("read", gateway.get("/fhir/ServiceRequest/" + referral));
        told("read absent", gateway.get("/fhir/ServiceRequest/" + UUID.randomUUID()));
        told("receipt", gateway.get("/fhir/ServiceRequest/" + referral + "/$receipt"));
        told("questionnaire", gateway.get("/fhir/ServiceRequest/" + referral + "/$questionnaire"));
        told("stale", gateway.put("/ServiceRequest/" + referral, put(referral), "If-Match", "W/\"77\""));
        told("amend", gateway.put("/ServiceRequest/" + referral, put(referral).replace("\"active\"", "\"revoked\"")));
        for (var path : List.of(
                "/referrals/" + referral,
                "/referrals/" + referral + "/payload",
                "/log?referral=" + referral,
                "/log/referrals/" + referral)) {
            page(path);
        }
    }

    private static String put(String referral) {
        return gateway.get("/fhir/ServiceRequest/" + referral).body();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refused(Path sample) {
        var json = Canaries.marked(sample, run(sample, "r"));
        for (var broken : List.of(
                json.replace("\"active\"", "\"draft\""),
                json.replace("\"intent\"", "\"CnryMember1\""),
                json.replace("\"Patient\"", "\"CnryType\""),
                json.replace("\"system\":\"", "\"system\":\"CnrySystem"),
                json.replaceAll("(\"system\":\"http://(?!unitsofmeasure)[^\"]*\",\"code\":\")", "$1CnryCode"),
                json.replace("\"birthDate\":\"" + Canaries.BIRTH_DATE, "\"birthDate\":\"CnryDate"),
                json.replace("\"reference\":\"", "\"reference\":\"CnryReference/"),
                json.replaceFirst("\"status\":", "\"status\":\"CnryStatus\",\"status\":"),
                json.substring(0, json.length() * 2 / 3),
                json + "CnryTail",
                "<ServiceRequest xmlns=\"http://hl7.org/fhir\"><CnryElement1 value=\"CnryValue\"/></ServiceRequest>")) {
            told(
                    "refuse",
                    gateway.post(
                            address(json),
                            broken,
                            "Content-Type",
                            broken.startsWith("<") ? "application/fhir+xml" : "application/fhir+json"));
        }
    }

    /** A sender that is set up wrong: the content type, the encoding, the address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "text/plain",
                "none"
            })
    void saidToBeSomethingElse(String type) {
        var json = Canaries.marked(Referrals.aReferral(Referrals.newNumber()), "e");
        for (var address :
                List.of("", "/ServiceRequest", "/ServiceRequest/_search", "/$process-message", "/Task/_search")) {
            told("another type", gateway.post(address, json, "Content-Type", type));
            told("another type", gateway.post(address, "text=50%&name=CnryName%zz", "Content-Type", type));
            told("no gzip", gateway.post(address, json, "Content-Type", type, "Content-Encoding", "gzip"));
        }
    }

    /** Forms of pages that no browser would send. */
    @Test
    void brokenForms() {
        for (var form : List.of(
                "note=CnryNote%zz", "note=%00CnryNote", "=CnryNote&&%", "note=CnryNote" + "x".repeat(300_000))) {
            for (var path :
                    List.of("/login", "/worklist/tasks/" + UUID.randomUUID() + "/decline", "/account/password")) {
                told("broken forms", gateway.click(path, form));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void previewedAndValidated(Path sample) {
        var json = Canaries.marked(sample, run(sample, "p"));
        told("preview", gateway.post("/$preview", json));
        // The one answer that may repeat what it was given.
        var validate = (address(json).isEmpty() ? "/Bundle" : address(json)) + "/$validate";
        headersOf("validate", gateway.post(validate, json));
        headersOf(
                "validate what is wrong",
                gateway.post(
                        validate,
                        json.replace("\"status\":\"active\"", "\"status\":\"CnryStatus\"")
                                .replace("\"use\":\"", "\"use\":\"CnryUse")));
    }

    @Test
    void aMessage() {

        var inside = Referrals.aReferral(Referrals.newNumber());
        var message = Canaries.marked(
                """
                {"resourceType": "Bundle", "id": "%s", "type": "message", "timestamp": "2026-11-20T09:00:00Z", "entry": [
                  {"fullUrl": "urn:uuid:9b3f0c1e-1111-4a4a-8a8a-000000000001", "resource": {"resourceType": "MessageHeader",
                   "eventCoding": {"system": "%s", "code": "%s"}, "source": {"name": "ward", "endpoint": "https://practice.example/fhir"},
                   "focus": [{"reference": "urn:uuid:9b3f0c1e-1111-4a4a-8a8a-00000000000a"}]}},
                  {"fullUrl": "urn:uuid:9b3f0c1e-1111-4a4a-8a8a-00000000000a", "resource": %s}]}
                """.formatted(UUID.randomUUID(), "http://terminology.hl7.org/CodeSystem/v2-0003", "I12", inside),
                "mes");
        var taken = told("message", gateway.post("/$process-message", message));
        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        told("message again", gateway.post("/$process-message", message));
        told(
                "an event that nobody knows",
                gateway.post("/$process-message", message.replace("\"I12\"", "\"CnryEvent\"")));
    }

    @Test
    void parkedAndFetched() {
        var number = Referrals.newNumber();
        var parked = told(
                "park",
                gateway.post(
                        "/ServiceRequest",
                        Canaries.marked(Referrals.aReferral(number), "prk")
                                .replace(
                                        "\"reference\":\"#p\"",
                                        "\"reference\":\"Patient/" + UUID.randomUUID() + "\"")));
        assertThat(parked.status()).as(parked.body()).isEqualTo(202);
        page("/waiting");

        var id = UUID.randomUUID().toString();
        ehr.stubFor(get(urlEqualTo("/fhir/ServiceRequest/" + id))
                .willReturn(okJson(Canaries.marked(Referrals.aReferral(Referrals.newNumber()), "fet"))));
        ehr.stubFor(get(urlEqualTo("/fhir/ServiceRequest/broken" + id))
                .willReturn(okJson("{\"resourceType\":\"ServiceRequest\",\"CnryMember1\":\"CnryValue\"}")));
        var fetched = told("by reference", gateway.post("/Task", task(id)));
        told("by reference to what is broken", gateway.post("/Task", task("broken" + id)));
        assertThat(fetched.status()).as(fetched.body()).isEqualTo(202);
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(gateway.get("/fhir/Task/"
                                        + fetched.header("Location").replaceFirst(".*Task/", ""))
                                .json()
                                .at("/focus/reference")
                                .asString(""))
                        .startsWith("ServiceRequest/"));
        told("wait", gateway.get("/fhir/Task/" + parked.header("Location").replaceFirst(".*Task/", "")));
        page("/waiting");
    }

    private static String task(String id) {
        return """
                {"resourceType": "Task", "status": "requested", "intent": "order",
                 "code": {"coding": [{"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "fulfill"}], "text": "CnryText"},
                 "description": "CnryDescription", "for": {"display": "CnryDisplay"},
                 "focus": {"reference": "ServiceRequest/%s"}}""".formatted(id);
    }

    /** A search by POST is there so that nothing of a person comes into an address. */
    @Test
    void soughtByPost() {
        var json = Canaries.marked(Referrals.aReferral(Referrals.newNumber()), "s");
        for (int i = 0; i < 3; i++) {
            var accepted = gateway.post(
                    "/ServiceRequest",
                    json.replace("\"authoredOn\"", "\"requisition\":{\"value\":\"CnryRequisition\"},\"authoredOn\"")
                            .replace("CnryValues", "CnryValues" + i));
            assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);
        }
        for (var form : List.of(
                "requisition=CnryRequisition&_count=1",
                "identifier=CnryNobody",
                "patient=CnryNobody",
                "CnryParameter=1")) {
            var answer = told(
                    "search",
                    gateway.post("/ServiceRequest/_search", form, "Content-Type", "application/x-www-form-urlencoded"));
            for (var link : linksOf(answer)) {
                LEAKS.look("links of searches", link.path("url").asString());
            }
        }
        told("search in a way that is not offered", gateway.get("/fhir/ServiceRequest?_id:CnryModifier=x"));
    }

    private static JsonNode linksOf(Answer answer) {
        return answer.body().startsWith("{") ? JSON.readTree(answer.body()).path("link") : JSON.createArrayNode();
    }

    @Test
    void asARecordThatNobodyCanRead() {
        var key = UUID.randomUUID().toString();
        try (var producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        gateway.context().getEnvironment().getRequiredProperty("spring.kafka.bootstrap-servers")),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (var value : List.of("{\"outcome\":\"CnryValue\"", "CnryValue", "{\"CnryMember1\":\"CnryValue\"}")) {
                var record = new ProducerRecord<>(Topics.REFERRAL_EVENTS, key, value.getBytes(UTF_8));
                record.headers().add("ce_type", "referral.received.v1".getBytes(UTF_8));
                record.headers().add("ce_subject", ("ServiceRequest/" + key).getBytes(UTF_8));
                record.headers().add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8));
                record.headers().add("ce_sequence", "000000000001".getBytes(UTF_8));
                record.headers().add("ce_sender", SENDER.getBytes(UTF_8));
                record.headers().add("ce_time", "2026-11-20T09:00:00Z".getBytes(UTF_8));
                record.headers().add("test-poison", "yes".getBytes(UTF_8));
                producer.send(record);
            }
        }
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(gateway.db()
                                .sql("select count(*) from parked_record where key = :key")
                                .param("key", key)
                                .query(Long.class)
                                .single())
                        .isEqualTo(3));
        page("/log");
    }

    @Test
    void aPlantedLeakIsFound() {
        var planted = "planted" + UUID.randomUUID();
        LoggerFactory.getLogger("org.referralgateway.planted").warn("Somebody said {}", planted);

        assertThat(new Leaks(Pattern.compile(planted))
                        .look("log", Footprints.log())
                        .found())
                .singleElement()
                .asString()
                .contains("Somebody said");
        assertThat(new Leaks(Canaries.MARK)
                        .look("words", Canaries.marked(Referrals.aReferral("R-1"), "x"))
                        .found())
                .isNotEmpty();
    }

    /** Nothing of what the other tests of this class have sent is where it may not be. */
    @Test
    @Order(Integer.MAX_VALUE)
    void noMarkIsOutsideItsStores() throws IOException {
        var poisons = 0;
        for (var topic : List.of(Topics.REFERRAL_EVENTS, Topics.ASSESSMENT_TASKS)) {
            for (var record : Footprints.topic(gateway, topic)) {
                if (record.headers().contains("test-poison")) {
                    poisons++;
                    continue;
                }
                LEAKS.look("keys of " + topic, record.key());
                LEAKS.look("headers of " + topic, record.headers());
                LEAKS.look("values of " + topic, record.value());
            }
        }
        assertThat(poisons).isPositive();
        Footprints.rows(gateway).forEach(row -> LEAKS.look("trail", row));
        LEAKS.look("log", Footprints.log());
        LEAKS.look("metrics", Footprints.metrics(gateway));
        try (var files = Files.list(accessLog)) {
            for (var file : files.toList()) {
                // What the one who asks puts into an address is theirs; here is what they asked for on purpose.
                LEAKS.look("access log", Files.readString(file).replace("_id:CnryModifier", ""));
            }
        }

        for (var place : List.of(
                "keys of",
                "headers of",
                "values of",
                "trail",
                "log",
                "metrics",
                "access log",
                "words of",
                "links of pages",
                "links of searches")) {
            assertThat(LEAKS.looked(name -> name.startsWith(place))).as(place).isPositive();
        }
        assertThat(LEAKS.found()).isEmpty();
    }
}
