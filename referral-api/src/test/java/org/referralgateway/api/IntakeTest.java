package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What a placer gets for what it sends. */
class IntakeTest {

    private final TestGateway gateway = TestGateway.shared();

    @Test
    void keepsThePayloadByteForByte() {
        var number = Referrals.newNumber();
        var body = Referrals.aReferral(number).replace("Hazel", "H\u00e4zel").replace("\n", "\r\n");
        var answer = gateway.post("/ServiceRequest", body);

        var stored = Opened.submission(gateway, answer.referral()).getFirst();
        var intact = gateway.db()
                .sql(
                        "select s.sha256 = sha256(s.body) from submission s join referral r using (sender, submission) where r.referral = :id")
                .param("id", UUID.fromString(answer.referral()))
                .query(Boolean.class)
                .single();
        assertThat(intact).isTrue();
        assertThat(stored).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsTheFirstReferralWhenAPlacerSendsItTwice() {
        var body = Referrals.aReferral(Referrals.newNumber());
        var first = gateway.post("/ServiceRequest", body);
        var second = gateway.post("/ServiceRequest", body.replace("\n", " "));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.issues()).isEqualTo(first.issues());
    }

    @Test
    void answersARepeatedTransactionWithTheFirstPlaces() {
        var number = Referrals.newNumber();
        var first = gateway.post("", Referrals.aTransaction(number));
        var second = gateway.post("", Referrals.aTransaction(number).replace("4a4a", "4b4b"));

        assertThat(second.status()).isEqualTo(200);
        for (int i = 0; i < 4; i++) {
            assertThat(second.json().at("/entry/" + i + "/response/location"))
                    .isEqualTo(first.json().at("/entry/" + i + "/response/location"));
            assertThat(second.json().at("/entry/" + i + "/response/status").asString())
                    .startsWith("200");
        }
    }

    @Test
    void refusesAPlacerNumberThatIsUsedAgainForSomethingElse() {
        var number = Referrals.newNumber();
        var first = gateway.post("/ServiceRequest", Referrals.aReferral(number));
        var second = gateway.post("/ServiceRequest", Referrals.aReferral(number).replace("urgent", "routine"));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.issues()).containsExactly("placer-number-reused@ServiceRequest.identifier");
        assertThat(second.body()).contains(first.referral());
    }

    @Test
    void aRequestIdStandsForOneRequest() {
        var id = UUID.randomUUID().toString();
        var body = Referrals.aReferral(Referrals.newNumber());
        var first = gateway.post("/ServiceRequest", body, "X-Request-ID", id, "X-Correlation-ID", "c-1");
        var again = gateway.post("/ServiceRequest", body, "X-Request-ID", id, "X-Correlation-ID", "c-1");
        var other = gateway.post(
                "/ServiceRequest",
                Referrals.aReferral(Referrals.newNumber()),
                "X-Request-ID",
                id,
                "X-Correlation-ID",
                "c-1");

        assertThat(first.header("X-Request-ID")).isEqualTo(id);
        assertThat(first.header("X-Correlation-ID")).isEqualTo("c-1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.issues()).containsExactly("request-id-reused@");
    }

    @Test
    void withoutANumberTheContentSaysWhetherItIsTheSame() {
        var mark = Referrals.newNumber();
        var body = Referrals.aReferral(mark)
                .replaceAll("(?s)\"identifier\": \\[\\s*\\{\\s*\"type\".*?\\],\\s*\"status\"", "\"status\"");
        var first = gateway.post("/ServiceRequest", body);
        var second = gateway.post("/ServiceRequest", body);
        var other = gateway.post("/ServiceRequest", body.replace("1971", "1972"));

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.issues()).contains("placer-number-missing@ServiceRequest.identifier");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.referral()).isEqualTo(first.referral());
        assertThat(other.status()).isEqualTo(201);
    }

    @Test
    void sixtyFourSendersOfTheSameNumberGetOneReferral() throws Exception {
        var body = Referrals.aReferral(Referrals.newNumber());
        var start = new CyclicBarrier(64);
        var answers = new ArrayList<Future<TestGateway.Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return gateway.post("/ServiceRequest", body);
                }));
            }
        }
        var statuses = new ArrayList<Integer>();
        var referrals = new java.util.HashSet<String>();
        for (var answer : answers) {
            statuses.add(answer.get().status());
            referrals.add(answer.get().referral());
        }
        assertThat(statuses).containsOnly(200, 201);
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
        assertThat(referrals).hasSize(1);
    }

    @Test
    void conditionalCreateFindsNoneOneOrRefuses() {
        var number = Referrals.newNumber();
        var condition = "identifier=https://practice.example/orders|" + number;
        var created = gateway.post("/ServiceRequest", Referrals.aReferral(number), "If-None-Exist", condition);
        var found = gateway.post("/ServiceRequest", Referrals.aReferral(number), "If-None-Exist", condition);
        var strange = gateway.post("/ServiceRequest", Referrals.aReferral(number), "If-None-Exist", "status=active");

        assertThat(created.status()).isEqualTo(201);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.referral()).isEqualTo(created.referral());
        assertThat(strange.status()).isEqualTo(412);
    }

    @Test
    void aReferralMayPointToWhatWasSentBefore() {
        var patient = gateway.post(
                "/Patient",
                "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:p\",\"value\":\""
                        + Referrals.newNumber() + "\"}],\"name\":[{\"family\":\"Elm\"}],\"birthDate\":\"1960-05-05\"}");
        assertThat(patient.status()).as(patient.body()).isEqualTo(201);
        var id = patient.header("Location").replaceFirst(".*/Patient/", "").replaceFirst("/_history.*", "");
        var referral = """
                {"resourceType":"ServiceRequest","status":"active","intent":"order","code":{"text":"Referral to pain clinic"},
                 "identifier":[{"system":"urn:o","value":"%s"}],"subject":{"reference":"Patient/%s"}}
                """.formatted(Referrals.newNumber(), id);
        var answer = gateway.post("/ServiceRequest", referral);

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(gateway.get("/fhir/ServiceRequest?patient=Patient/" + id)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        var answer = gateway.post("/ServiceRequest", """
                {"resourceType":"ServiceRequest","status":"activ","intent":"order","colour":"red","authoredOn":"yesterday",
                 "subject":{"reference":"Patient/nobody-knows"},"priority":["urgent"]}
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.issues())
                .contains(
                        "invalid-code@ServiceRequest.status",
                        "unknown-element@ServiceRequest.colour",
                        "invalid-value@ServiceRequest.authoredOn",
                        "wrong-shape@ServiceRequest.priority");
        assertThat(answer.body()).doesNotContain("yesterday", "nobody-knows", "activ\"");
    }

    @Test
    void aBadEntryRefusesItsWholeTransaction() {
        var number = Referrals.newNumber();
        var patients = count("select count(*) from resource where type = 'Patient'");
        var answer = gateway.post(
                "", Referrals.aTransaction(number).replace("\"status\": \"active\"", "\"status\": \"draft\""));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.issues()).contains("status-not-actionable@Bundle.entry[2].resource.status");
        assertThat(count("select count(*) from resource where type = 'Patient'"))
                .isEqualTo(patients);
    }

    @Test
    void eachReferralOfABatchSucceedsOrFailsByItself() {
        var batch = """
                {"resourceType":"Bundle","type":"batch","entry":[
                 {"resource":%s,"request":{"method":"POST","url":"ServiceRequest"}},
                 {"resource":%s,"request":{"method":"POST","url":"ServiceRequest"}},
                 {"resource":{"resourceType":"ServiceRequest","status":"active"},"request":{"method":"POST","url":"ServiceRequest"}}]}
                """.formatted(
                        Referrals.aReferral(Referrals.newNumber()),
                        Referrals.aReferral(Referrals.newNumber()).replace("active\"", "draft\""));
        var answer = gateway.post("", batch);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("type").asString()).isEqualTo("batch-response");
        assertThat(answer.json().at("/entry/0/response/status").asString()).startsWith("201");
        assertThat(answer.json().at("/entry/1/response/status").asString()).startsWith("4");
        assertThat(answer.json().at("/entry/2/response/status").asString()).startsWith("422");
    }

    @Test
    void limitsActBeforeTheParser() throws IOException {
        var tooLarge = "{\"resourceType\":\"ServiceRequest\",\"x\":\"" + "a".repeat(6_000_000) + "\"}";
        assertThat(gateway.post("/ServiceRequest", tooLarge).status()).isEqualTo(413);
        assertThat(gateway.post("/ServiceRequest", gzip(tooLarge), "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(413);
        assertThat(gateway.post(
                                "/ServiceRequest",
                                "{\"resourceType\":\"ServiceRequest\",\"extension\":" + "[{\"extension\":".repeat(5000))
                        .issues())
                .contains("too-deep@");
        assertThat(gateway.post(
                                "/ServiceRequest",
                                "{\"resourceType\":\"ServiceRequest\",\"quantityQuantity\":{\"value\":1e1000000000}}")
                        .issues())
                .contains("number-too-large@ServiceRequest.quantity.value");
        var entry =
                "{\"resource\":{\"resourceType\":\"Patient\"},\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}";
        assertThat(gateway.post(
                                "",
                                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + entry
                                        + ("," + entry).repeat(300) + "]}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void understandsGzip() throws IOException {
        var answer = gateway.post(
                "/ServiceRequest", gzip(Referrals.aReferral(Referrals.newNumber())), "Content-Encoding", "gzip");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(gateway.post("/ServiceRequest", "no gzip", "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(400);
        assertThat(gateway.post("/ServiceRequest", "x", "Content-Encoding", "br")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void everyRefusalLeavesAnAuditRow() {
        var id = "refusal-" + UUID.randomUUID();
        gateway.post("/ServiceRequest", "{\"resourceType\":\"ServiceRequest\"}", "X-Request-ID", id);

        assertThat(gateway.db()
                        .sql("select outcome || ' ' || (detail ->> 'status') from audit_event where request_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly("refused 422");
    }

    @Test
    void readsBackByIdAndVersionAndLeavesAnAuditRow() {
        var answer = gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()));
        var path = "/fhir/ServiceRequest/" + answer.referral();

        var read = gateway.get(path);
        assertThat(read.json().at("/meta/versionId").asString()).isEqualTo("1");
        assertThat(read.header("ETag")).isEqualTo("W/\"1\"");
        assertThat(gateway.get(path + "/_history/1").status()).isEqualTo(200);
        assertThat(gateway.get(path + "/_history/2").status()).isEqualTo(404);
        assertThat(gateway.get("/fhir/ServiceRequest/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(gateway.get("/fhir/ServiceRequest/no-uuid").status()).isEqualTo(404);
        assertThat(count("select count(*) from audit_event where action = 'fhir.read' and referral = '"
                        + answer.referral() + "'"))
                .isEqualTo(2);
    }

    @Test
    void findsByThePlacersNumberAndPagesWithoutLossOrRepetition() {
        var system = "urn:paging:" + UUID.randomUUID();
        var patient = gateway.post("/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Yew\"}]}");
        var id = patient.header("Location").replaceFirst(".*/Patient/", "").replaceFirst("/_history.*", "");
        var sent = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            sent.add(gateway.post("/ServiceRequest", """
                            {"resourceType":"ServiceRequest","status":"active","intent":"order","code":{"text":"Referral"},
                             "identifier":[{"system":"%s","value":"n%d"}],"subject":{"reference":"Patient/%s"}}
                            """.formatted(system, i, id))
                    .referral());
        }
        assertThat(gateway.get("/fhir/ServiceRequest?identifier=" + system + "%7Cn3")
                        .json()
                        .at("/entry/0/resource/id")
                        .asString())
                .isEqualTo(sent.get(3));
        var pages = pages(gateway, "/fhir/ServiceRequest?patient=" + id + "&_count=3");
        assertThat(pages).extracting(List::size).containsExactly(3, 3, 1);
        assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(sent);
        assertThat(total("identifier=" + system + "%7Cn3&status=revoked")).isZero();
        assertThat(total("_id=" + sent.get(1))).isEqualTo(1);
        assertThat(total("patient=" + id + "&_lastUpdated=gt2020-01-01&status=active,on-hold"))
                .isEqualTo(7);
        assertThat(total("patient=" + id + "&_lastUpdated=lt2020-01-01")).isZero();
        assertThat(gateway.get("/fhir/ServiceRequest?code=x").status()).isEqualTo(400);
        assertThat(gateway.get("/fhir/ServiceRequest?_cursor=x").status()).isEqualTo(400);
    }

    /** What has no value but a reason why is nothing to the mapper, and the sender's all the same. */
    @Test
    void aSearchShowsWhatAReadShows() {
        var number = Referrals.newNumber();
        var sent = gateway.post("/ServiceRequest", """
                {"resourceType":"ServiceRequest","status":"active","intent":"order","code":{"text":"Referral"},
                 "identifier":[{"system":"urn:as-sent","value":"%s"}],"subject":{"reference":"#p"},
                 "contained":[{"resourceType":"Patient","id":"p","name":[{"family":"Yew"}]}],
                 "_authoredOn":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}}
                """.formatted(number));
        assertThat(sent.status()).as(sent.body()).isEqualTo(201);

        var read = gateway.get("/fhir/ServiceRequest/" + sent.referral()).json();
        var found = gateway.get("/fhir/ServiceRequest?identifier=urn:as-sent%7C" + number)
                .json()
                .at("/entry/0/resource");
        assertThat(read.at("/_authoredOn/extension/0/valueCode").asString()).isEqualTo("unknown");
        assertThat(found).isEqualTo(read);
    }

    @Test
    void aPageEndsBeforeTooManyBytesHaveToBeReadForIt() {
        try (var small =
                TestGateway.start("--referral.intake.max-page-bytes=10KB", "--referral.assessment.enabled=false")) {
            var as = new String[] {"Authorization", "Bearer " + small.token("pages-" + UUID.randomUUID())};
            var sent = new ArrayList<String>();
            for (int characters : new int[] {4_000, 4_000, 4_000, 30_000, 100}) {
                sent.add(small.post("/ServiceRequest", """
                                {"resourceType":"ServiceRequest","status":"active","intent":"order","code":{"text":"Referral"},
                                 "identifier":[{"system":"urn:bytes","value":"%s"}],"subject":{"reference":"#p"},
                                 "contained":[{"resourceType":"Patient","id":"p","name":[{"family":"Yew"}]}],
                                 "note":[{"text":"%s"}]}
                                """.formatted(UUID.randomUUID(), "x".repeat(characters)), as)
                        .referral());
            }

            assertThat(pages(small, "/fhir/ServiceRequest?_count=50", as))
                    .containsExactly(sent.subList(0, 2), sent.subList(2, 3), sent.subList(3, 4), sent.subList(4, 5));
        }
    }

    /** The ids on each page, by the next links. */
    private static List<List<String>> pages(TestGateway gateway, String first, String... headers) {
        var pages = new ArrayList<List<String>>();
        var next = first;
        while (!next.isEmpty()) {
            var page = gateway.get(next, headers);
            pages.add(page.json()
                    .path("entry")
                    .valueStream()
                    .map(entry -> entry.at("/resource/id").asString())
                    .toList());
            next = page.next();
        }
        return pages;
    }

    @Test
    void returnsWhatThePreferHeaderAsksFor() {
        var minimal =
                gateway.post("/ServiceRequest", Referrals.aReferral(Referrals.newNumber()), "Prefer", "return=minimal");
        var whole = gateway.post(
                "/ServiceRequest", Referrals.aReferral(Referrals.newNumber()), "Prefer", "return=representation");

        assertThat(minimal.body()).isEmpty();
        assertThat(whole.json().path("resourceType").asString()).isEqualTo("ServiceRequest");
        assertThat(whole.json().path("id").asString()).isEqualTo(whole.referral());
    }

    @Test
    void aConditionalPatientIsCreatedOnce() {
        var value = Referrals.newNumber();
        var body = Referrals.aTransaction("%s")
                .replace(
                        "\"url\": \"Patient\"",
                        "\"url\": \"Patient\", \"ifNoneExist\": \"identifier=urn:mrn|" + value + "\"")
                .replace("https://practice.example/patients\", \"value\": \"P-%s", "urn:mrn\", \"value\": \"" + value);
        var first = gateway.post("", body.formatted(Referrals.newNumber(), ""));
        var second = gateway.post("", body.formatted(Referrals.newNumber(), ""));

        assertThat(first.json().at("/entry/0/response/status").asString())
                .as(first.body())
                .startsWith("201");
        assertThat(second.json().at("/entry/0/response/status").asString())
                .as(second.body())
                .startsWith("200");
        assertThat(List.of(second.json().at("/entry/0/response/location")))
                .isEqualTo(List.of(first.json().at("/entry/0/response/location")));
    }

    private int total(String query) {
        return gateway.get("/fhir/ServiceRequest?" + query).json().path("total").asInt(-1);
    }

    private long count(String sql) {
        return gateway.db().sql(sql).query(Long.class).single();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void findsReferralsThatWerePlacedTogetherByTheirRequisition() {
        var group = Referrals.newNumber();
        for (int i = 0; i < 2; i++) {
            gateway.post(
                    "/ServiceRequest",
                    Referrals.aReferral(Referrals.newNumber())
                            .replace(
                                    "\"intent\":",
                                    "\"requisition\": {\"system\": \"urn:groups\", \"value\": \"" + group
                                            + "\"}, \"intent\":"));
        }

        assertThat(gateway.get("/fhir/ServiceRequest?requisition=urn:groups%7C" + group)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(2);
        assertThat(gateway.get("/fhir/ServiceRequest?identifier=" + group)
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
    }

    @Test
    void searchesByPostKeepNumbersOutOfTheAddress() {
        var number = Referrals.newNumber();
        gateway.post("/ServiceRequest", Referrals.aReferral(number));
        var found = gateway.post(
                "/ServiceRequest/_search",
                "identifier=https://practice.example/orders%7C" + number,
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.json().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void theNextPagesOfASearchByPostKeepThemOutToo() {
        var group = Referrals.newNumber();
        for (int i = 0; i < 3; i++) {
            gateway.post(
                    "/ServiceRequest",
                    Referrals.aReferral(Referrals.newNumber())
                            .replace("\"status\"", "\"requisition\": {\"value\": \"" + group + "\"}, \"status\""));
        }
        var page = gateway.post(
                "/ServiceRequest/_search",
                "_count=1&requisition=" + group,
                "Content-Type",
                "application/x-www-form-urlencoded");
        var found = new java.util.HashSet<String>();
        for (int pages = 1; ; pages++) {
            assertThat(page.json().path("total").asInt()).isEqualTo(3);
            found.add(page.json().at("/entry/0/resource/id").asString());
            assertThat(page.json().path("link").toString()).doesNotContain(group);
            var next = page.next();
            if (next.isEmpty()) {
                assertThat(pages).isEqualTo(3);
                break;
            }
            assertThat(gateway.get(next, "Authorization", "Bearer " + gateway.token("another"))
                            .status())
                    .isEqualTo(400);
            page = gateway.get(next);
        }
        assertThat(found).hasSize(3);
    }

    @Test
    void aBundleThatIsNoMessageIsTurnedAwayFromTheAddressOfMessages() {
        var answer = gateway.post("/$process-message", Referrals.aTransaction(Referrals.newNumber()));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.issues()).containsExactly("bundle-type-not-supported@Bundle.type");
    }
}
