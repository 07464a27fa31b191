package org.referralgateway.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A referring practice's side of the FHIR interface, as far as the demo needs it. */
final class FhirClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final String base;
    private final AccessTokens tokens;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    FhirClient(Gateway gateway) {
        this.base = gateway.web() + "/fhir";
        this.tokens = gateway.demoSender();
    }

    Receipt send(Sample sample) throws IOException, InterruptedException {
        URI address = URI.create(base + sample.path().substring("/fhir".length()));
        var request = Requests.to(address)
                .header("Authorization", "Bearer " + tokens.current())
                .header("Content-Type", "application/fhir+json")
                .header("Accept", "application/fhir+json")
                .header("Prefer", "return=OperationOutcome")
                .POST(HttpRequest.BodyPublishers.ofFile(sample.file()))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        String location = response.headers().firstValue("Location").orElse("");
        return new Receipt(response.statusCode(), location, json(response.body()));
    }

    /** Fetches a page as a browser would and looks away. */
    void visit(String address) throws IOException, InterruptedException {
        http.send(Requests.to(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding());
    }

    /**
     * The tasks about a referral. They appear a moment after it, one by one: waits until work on it has been laid out and the
     * list has stopped growing, and gives what there is when the time is up.
     */
    List<JsonNode> tasksOf(String referral, Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        List<JsonNode> before = List.of();
        List<JsonNode> tasks = tasksOf(referral);
        while (System.nanoTime() < end && (tasks.size() != before.size() || !isLaidOut(tasks))) {
            Thread.sleep(BETWEEN_LOOKS);
            before = tasks;
            tasks = tasksOf(referral);
        }
        return tasks;
    }

    private List<JsonNode> tasksOf(String referral) throws IOException, InterruptedException {
        var request = Requests.to(URI.create(base + "/Task?focus=ServiceRequest/" + referral))
                .header("Authorization", "Bearer " + tokens.current())
                .header("Accept", "application/fhir+json")
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("GET /fhir/Task answered " + response.statusCode() + ".");
        }
        return json(response.body())
                .path("entry")
                .valueStream()
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asString("").equals("Task"))
                .toList();
    }

    /** The one Task that the practice sees is there at once; the others hang under it. */
    private static boolean isLaidOut(List<JsonNode> tasks) {
        return tasks.stream().anyMatch(task -> task.has("partOf"));
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JSON.createObjectNode();
        }
    }
}
