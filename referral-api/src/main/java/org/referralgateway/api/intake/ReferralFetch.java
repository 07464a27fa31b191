package org.referralgateway.api.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.CheckedPayload;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.PayloadCheck;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a ServiceRequest and its parts from the FHIR base registered for its sender, and from nowhere else: no redirects, a
 * limit on time, size and number. What the parts point to is read too, one step further.
 */
@Component
class ReferralFetch {

    private static final int STEPS = 2;

    private final FetchSettings settings;
    private final PayloadCheck check;
    private final JsonMapper json;
    private final HttpClient http;

    ReferralFetch(FetchSettings settings, PayloadCheck check, JsonMapper json) {
        this.settings = settings;
        this.check = check;
        this.json = json;
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .build();
    }

    /** The base of a sender; nothing where none is registered. */
    @Nullable
    RegisteredBase baseOf(String sender) {
        var uri = settings.bases().get(sender);
        return uri == null ? null : new RegisteredBase(uri);
    }

    List<String> sendersWithBase() {
        return List.copyOf(settings.bases().keySet());
    }

    /**
     * @param task as it was sent, JSON
     * @param request address of the ServiceRequest, inside the base
     */
    Fetched fetch(RegisteredBase base, byte[] task, URI request) throws InterruptedException {
        return new OneReferral(base).fetch(task, request);
    }

    private record Step(URI address, int depth) {}

    /** Something that may work later. */
    private static final class NotNow extends Exception {
        private static final long serialVersionUID = 1L;

        NotNow(String reason) {
            super(reason);
        }
    }

    /** The reading of one referral. */
    private final class OneReferral {

        private final RegisteredBase base;
        private final Map<URI, byte[]> read = new LinkedHashMap<>();
        private final ArrayDeque<Step> next = new ArrayDeque<>();

        OneReferral(RegisteredBase base) {
            this.base = base;
        }

        Fetched fetch(byte[] task, URI request) throws InterruptedException {
            try {
                var body = get(request);
                if (body == null) {
                    return new Fetched.Failed("the ServiceRequest is not there (404)");
                }
                var checked = check.check(body);
                if (!checked.isAcceptable() || !checked.resourceType().equals("ServiceRequest")) {
                    return new Fetched.Unusable(problems(checked));
                }
                read.put(request, body);
                references(body, 1);
                references(task, 1);
                parts();
                return new Fetched.Whole(bundle(task));
            } catch (NotNow e) {
                return new Fetched.Failed(String.valueOf(e.getMessage()));
            }
        }

        private static List<MappingIssue> problems(CheckedPayload checked) {
            return checked.isAcceptable()
                    ? List.of(MappingIssue.error(
                            org.referralgateway.mapper.IssueCode.WRONG_RESOURCE_TYPE,
                            "Task.focus",
                            "What the Task points to is a " + checked.resourceType() + ", not a ServiceRequest."))
                    : checked.problems();
        }

        /** A part that is not there, or broken, stays an open reference; the mapping says so. */
        private void parts() throws NotNow, InterruptedException {
            while (!next.isEmpty() && read.size() < settings.maxResources()) {
                var step = next.removeFirst();
                if (read.containsKey(step.address())) {
                    continue;
                }
                var body = get(step.address());
                if (body != null && check.check(body).isAcceptable()) {
                    read.put(step.address(), body);
                    if (step.depth() < STEPS) {
                        references(body, step.depth() + 1);
                    }
                }
            }
        }

        private void references(byte[] resource, int depth) {
            var found = new ArrayList<String>();
            collect(json.readTree(resource), found);
            found.forEach(
                    reference -> base.address(reference).ifPresent(address -> next.add(new Step(address, depth))));
        }

        private static void collect(JsonNode node, List<String> found) {
            if (node.isObject() && node.path("reference").isString()) {
                found.add(node.path("reference").stringValue());
            }
            node.forEach(child -> collect(child, found));
        }

        /** Each resource as it was read, inside a Bundle of ours. */
        private byte[] bundle(byte[] task) {
            var out = new ByteArrayOutputStream();
            write(out, "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"fullUrl\":");
            write(
                    out,
                    json.writeValueAsString(
                            base.address("Task/by-reference").orElseThrow().toString()));
            write(out, ",\"resource\":");
            out.writeBytes(task);
            write(out, "}");
            read.forEach((address, body) -> {
                write(out, ",{\"fullUrl\":" + json.writeValueAsString(address.toString()) + ",\"resource\":");
                out.writeBytes(body);
                write(out, "}");
            });
            write(out, "]}");
            return out.toByteArray();
        }

        private static void write(ByteArrayOutputStream out, String text) {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The body; nothing where it is not there. */
        private byte @Nullable [] get(URI address) throws NotNow, InterruptedException {
            var request = HttpRequest.newBuilder(address)
                    .timeout(settings.timeout())
                    .header("Accept", "application/fhir+json")
                    .GET()
                    .build();
            try {
                var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
                try (var body = response.body()) {
                    return body(response.statusCode(), body);
                }
            } catch (IOException e) {
                throw new NotNow("the server does not answer: " + e.getClass().getSimpleName());
            }
        }

        private byte @Nullable [] body(int status, InputStream body) throws IOException, NotNow {
            if (status == 404 || status == 410) {
                return null;
            }
            if (status != 200) {
                throw new NotNow("the server answers " + status);
            }
            int max = (int) settings.maxSize().toBytes();
            var bytes = body.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new NotNow("an answer is larger than " + max + " bytes");
            }
            return bytes;
        }
    }
}
