package org.referralgateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestGateway.Answer;
import tools.jackson.databind.JsonNode;

/**
 * Generated searches of several callers over the data of two senders that look alike. Nothing of the other may come back: no
 * row, no id, no number in a total, no page by the other's cursor.
 */
class SearchLeakTest {

    private static final int SEARCHES = 500;
    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final Fixture A = new Fixture(GATEWAY, "search-a");
    private static final Fixture B = new Fixture(GATEWAY, "search-b");

    private record Searcher(String name, Fixture own, Fixture foreign, String token) {}

    @BeforeAll
    static void twoSendersWithTheSame() {
        A.sent();
        B.sent();
    }

    @Test
    void nothingOfAnotherSenderIsEverFound() {
        var senders = GATEWAY.senders();
        var searchers = List.of(
                new Searcher("A", A, B, senders.token("search-a")),
                new Searcher("B", B, A, senders.token("search-b")),
                new Searcher("A, reads", A, B, senders.token("search-a", "search-a-reads", "system/*.rs")),
                new Searcher(
                        "A, referrals",
                        A,
                        B,
                        senders.token("search-a", "search-a-referrals", "system/ServiceRequest.rs system/Task.s")));
        var leaks = new ArrayList<String>();
        int answered = 0;
        int rows = 0;
        for (var searcher : searchers) {
            var random = new Random(searcher.name().hashCode());
            var mine = ids(searcher.own().sender);
            for (int i = 0; i < SEARCHES; i++) {
                var search = search(random, searcher);
                var answer = random.nextBoolean()
                        ? GATEWAY.get("/fhir/" + search.type() + "?" + search.query(), bearer(searcher))
                        : GATEWAY.post(
                                "/" + search.type() + "/_search",
                                search.query(),
                                "Authorization",
                                "Bearer " + searcher.token(),
                                "Content-Type",
                                "application/x-www-form-urlencoded");
                answered += answer.status() == 200 ? 1 : 0;
                rows += answer.status() == 200 ? answer.json().path("entry").size() : 0;
                leaks.addAll(leaks(searcher, mine, search, answer));
            }
        }
        System.out.println("Searches: " + searchers.size() * SEARCHES + ", answered: " + answered + ", rows: " + rows
                + ", leaks: " + leaks.size());
        assertThat(leaks).isEmpty();
        assertThat(answered).isGreaterThan(searchers.size() * SEARCHES / 4);
        assertThat(rows).isGreaterThan(200);
    }

    private static String[] bearer(Searcher searcher) {
        return new String[] {"Authorization", "Bearer " + searcher.token()};
    }

    private record Search(String type, String query) {}

    private static List<String> leaks(Searcher searcher, TreeSet<String> mine, Search search, Answer answer) {
        var what = searcher.name() + ": " + search.type() + "?" + search.query() + " -> " + answer.status();
        var leaks = new ArrayList<String>();
        if (answer.status() >= 500) {
            leaks.add(what + " fails");
        }
        if (answer.body().contains(searcher.foreign().mark) && !search.query().contains(searcher.foreign().mark)) {
            leaks.add(what + " shows the other's mark");
        }
        if (answer.status() != 200) {
            return leaks;
        }
        for (JsonNode entry : answer.json().path("entry")) {
            var id = entry.at("/resource/id").asString();
            // The pathway may have opened more tasks meanwhile.
            if (!mine.contains(id)) {
                mine.addAll(ids(searcher.own().sender));
            }
            if (!mine.contains(id)) {
                leaks.add(what + " shows " + id);
            }
            if (entry.toString().contains(searcher.foreign().mark)) {
                leaks.add(what + " shows the other's content");
            }
        }
        int total = answer.json().path("total").asInt();
        if (total > mine.size() && total > ids(searcher.own().sender).size()) {
            leaks.add(what + " counts " + total + " of " + mine.size());
        }
        boolean namesOnlyForeign = search.query().matches("(_id|identifier|focus|part-of|requisition)=[^&]*")
                && searcher.foreign().ids.values().stream().anyMatch(search.query()::contains)
                && searcher.own().ids.values().stream().noneMatch(search.query()::contains);
        if (namesOnlyForeign && total > 0) {
            leaks.add(what + " counts what is the other's");
        }
        return leaks;
    }

    private static TreeSet<String> ids(String sender) {
        return new TreeSet<>(GATEWAY.db()
                .sql("""
                        select referral::text from referral where sender = :sender
                        union all select task::text from task where sender = :sender
                        union all select task::text from parked_submission where sender = :sender
                        """)
                .param("sender", sender)
                .query(String.class)
                .list());
    }

    private static Search search(Random random, Searcher searcher) {
        boolean isReferral = random.nextBoolean();
        var names = isReferral
                ? List.of("_id", "identifier", "requisition", "patient", "status", "_lastUpdated", "_count", "_cursor")
                : List.of("_id", "focus", "part-of", "status", "code", "_lastUpdated", "_count", "_cursor");
        var odd = List.of(
                "_include=ServiceRequest:subject",
                "_revinclude=Task:focus",
                "_has:Task:focus:status=requested",
                "patient.name=" + searcher.foreign().mark,
                "subject:Patient.name=" + searcher.foreign().mark,
                "_filter=true",
                "_sort=-_lastUpdated",
                "_summary=count",
                "_total=accurate",
                "_elements=id",
                "_query=all",
                "_text=" + searcher.foreign().mark,
                "_content=" + searcher.foreign().mark,
                "_list=1",
                "_security=x",
                "sender=" + searcher.foreign().sender,
                "_tag=x' or '1'='1");
        var parts = new ArrayList<String>();
        int many = 1 + random.nextInt(3);
        for (int i = 0; i < many; i++) {
            parts.add(
                    random.nextInt(8) == 0
                            ? escaped(odd.get(random.nextInt(odd.size())))
                            : parameter(random, names.get(random.nextInt(names.size())), searcher));
        }
        if (random.nextInt(10) == 0) {
            parts.clear();
        }
        return new Search(isReferral ? "ServiceRequest" : "Task", String.join("&", parts));
    }

    private static String escaped(String parameter) {
        int at = parameter.indexOf('=');
        return parameter.substring(0, at + 1) + URLEncoder.encode(parameter.substring(at + 1), StandardCharsets.UTF_8);
    }

    private static String parameter(Random random, String name, Searcher searcher) {
        var whose = random.nextInt(3) == 0 ? searcher.own() : searcher.foreign();
        var value = switch (name) {
            case "_id" ->
                either(
                        random,
                        whose.id("ServiceRequest"),
                        whose.id("Task"),
                        whose.withdrawn,
                        whose.id("ServiceRequest") + "," + searcher.own().id("ServiceRequest"));
            case "identifier", "requisition" ->
                either(
                        random,
                        whose.number,
                        "https://practice.example/orders|" + whose.number,
                        "W-" + whose.mark,
                        "https://practice.example/orders|",
                        "|" + whose.number);
            case "patient" -> either(random, "Patient/" + whose.id("Patient"), whose.id("Patient"));
            case "focus" -> "ServiceRequest/" + whose.id("ServiceRequest");
            case "part-of" -> "Task/" + whose.id("Task");
            case "status" ->
                either(
                        random,
                        "active",
                        "entered-in-error",
                        "requested",
                        "active,revoked",
                        "requested,received,cancelled");
            case "code" -> either(random, "fulfill", "coordination", "triage");
            case "_lastUpdated" ->
                either(random, "gt2020-01-01", "lt2099-01-01", "ge2026-01-01", "gt2099-01-01", "2026");
            case "_count" -> either(random, "0", "1", "2", "100", "100000", "-1");
            default ->
                either(
                        random,
                        "1970-01-01T00:00:00Z_00000000-0000-0000-0000-000000000000",
                        "2026-01-01T00:00:00Z_" + whose.id("ServiceRequest"),
                        "2099-01-01T00:00:00Z_" + whose.id("Task"),
                        "x");
        };
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String either(Random random, String... values) {
        return String.valueOf(values[random.nextInt(values.length)]);
    }

    @Test
    void aPageLinkOfAnotherSenderShowsOnlyOnesOwn() {
        var next = GATEWAY.get("/fhir/Task?_count=1", "Authorization", "Bearer " + GATEWAY.token("search-a"))
                .json()
                .at("/link/1/url")
                .asString();
        assertThat(next).contains("_cursor=");
        var path = next.substring(next.indexOf("/fhir/"));

        var answer = GATEWAY.get(path, "Authorization", "Bearer " + GATEWAY.token("search-b"));

        assertThat(answer.status()).isEqualTo(200);
        answer.json()
                .path("entry")
                .forEach(entry -> assertThat(ids("search-b"))
                        .contains(entry.at("/resource/id").asString()));
    }
}
