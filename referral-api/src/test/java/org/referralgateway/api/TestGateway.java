package org.referralgateway.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on real servers, started once per JVM and used over HTTP, as a sender and a coordinator use it. */
public final class TestGateway implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TestGateway SHARED = start();

    private final ConfigurableApplicationContext context;
    private @Nullable TestPeople people;
    private final JdbcClient db;
    private final TestSenders senders;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofMinutes(1)).build();

    private TestGateway(ConfigurableApplicationContext context) {
        this.context = context;
        this.db = JdbcClient.create(TestServers.instance()
                .allInSight(context.getEnvironment().getRequiredProperty("spring.datasource.url")));
        this.senders = new TestSenders(this);
    }

    /** The one that most tests share; they keep out of each other's way by using numbers of their own. */
    public static TestGateway shared() {
        return SHARED;
    }

    /** Another instance on the same database and broker. */
    public static TestGateway start(String... more) {
        var arguments = new ArrayList<>(List.of(TestServers.instance().settings()));
        arguments.add("--server.port=0");
        arguments.add("--management.server.port=0");
        arguments.addAll(List.of(more));
        // Of one that is there twice Spring would join the values; the later one counts.
        var settings = new LinkedHashMap<String, String>();
        arguments.forEach(argument -> settings.put(argument.substring(0, argument.indexOf('=')), argument));
        var application = new SpringApplication(ReferralApi.class);
        return new TestGateway(application.run(settings.values().toArray(String[]::new))).validating();
    }

    /** Once per process it takes a while; a test must not see one answer before and another after. */
    private TestGateway validating() {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(() -> bean(org.referralgateway.api.validation.ValidationHealth.class)
                        .isWarm());
        return this;
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public String base() {
        return "http://127.0.0.1:" + port();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The database with the rows of all tenants in sight. The service's own client sees those of the thread's scope only. */
    public JdbcClient db() {
        return db;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /** Posts JSON to a path below {@code /fhir}; header names and values alternate. */
    public Answer post(String path, String body, String... headers) {
        return post(path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    public Answer post(String path, byte[] body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base() + "/fhir" + path))
                .timeout(Duration.ofMinutes(3))
                .POST(BodyPublishers.ofByteArray(body));
        if (isForPeople("/fhir" + path)) {
            request.header("Cookie", people().session(person()).cookie());
        }
        if (List.of(headers).stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            request.header("Content-Type", "application/fhir+json");
        }
        return send(request, headers);
    }

    /** Puts JSON to a path below {@code /fhir}. */
    public Answer put(String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base() + "/fhir" + path))
                .timeout(Duration.ofMinutes(3))
                .PUT(BodyPublishers.ofString(body));
        if (List.of(headers).stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            request.header("Content-Type", "application/fhir+json");
        }
        return send(request, headers);
    }

    /** The clinic's people, with accounts and sessions on this instance. */
    public synchronized TestPeople people() {
        if (people == null) {
            people = new TestPeople(base(), db(), sender().equals("demo") ? null : sender());
        }
        return people;
    }

    /** Who looks at pages where a test does not say. */
    private String person() {
        return sender().equals("demo") ? "Kim Vale" : "Kim Vale of " + sender();
    }

    /** Sends a form of a page, as the browser of {@link #person} does. */
    public Answer click(String path, String form) {
        var session = people().session(person());
        return send(HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(Duration.ofMinutes(3))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", session.cookie())
                .POST(BodyPublishers.ofString(form + "&_csrf=" + TestPeople.encoded(session.formToken()))));
    }

    /** Below {@code /fhir} as the sender, anywhere else as {@link #person}. */
    public Answer get(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(Duration.ofMinutes(3))
                .GET();
        if (isForPeople(path)) {
            request.header("Cookie", people().session(person()).cookie());
        }
        return send(request, headers);
    }

    /** A token of that sender, which is registered for everything; by it the helpers of this class send as somebody else. */
    public String token(String sender) {
        return senders.token(sender);
    }

    /** The registered senders and what else there is about tokens. */
    public TestSenders senders() {
        return senders;
    }

    /** The sender in whose name everything is sent that does not bring a token of its own. */
    private String sender() {
        return context.getEnvironment().getProperty("referral.identity.demo-sender", "demo");
    }

    private static boolean isForPeople(String path) {
        return !path.startsWith("/fhir") || path.startsWith("/fhir/AuditEvent");
    }

    private Answer send(HttpRequest.Builder request, String... headers) {
        if (List.of(headers).stream().noneMatch("Authorization"::equalsIgnoreCase)
                && !isForPeople(request.copy().build().uri().getPath())) {
            request.header("Authorization", "Bearer " + token(sender()));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An answer of the service. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Where the next page of a search is; empty on the last. */
        public String next() {
            return json().path("link")
                    .valueStream()
                    .filter(link -> link.path("relation").asString().equals("next"))
                    .map(link -> link.path("url").asString().replaceFirst("^https?://[^/]+", ""))
                    .findFirst()
                    .orElse("");
        }

        /** The referral's id out of Location, or out of a transaction's answer. */
        public String referral() {
            var location = header("Location");
            if (!location.contains("ServiceRequest/")) {
                for (var entry : json().path("entry")) {
                    var place = entry.at("/response/location").asString("");
                    if (place.startsWith("ServiceRequest/")) {
                        location = place;
                    }
                }
            }
            return location.replaceFirst(".*ServiceRequest/", "").replaceFirst("/_history.*", "");
        }

        /** The codes of the issues of an OperationOutcome. */
        public List<String> issues() {
            var codes = new ArrayList<String>();
            for (var issue : json().path("issue")) {
                codes.add(issue.at("/details/coding/0/code").asString("") + "@"
                        + issue.at("/expression/0").asString(""));
            }
            return codes;
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
