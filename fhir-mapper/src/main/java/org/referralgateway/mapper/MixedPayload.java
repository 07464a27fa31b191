package org.referralgateway.mapper;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A payload of R4 whose ServiceRequests have elements of R5: {@code reason}, and {@code code} as a reference or concept.
 * Real systems send that, because they keep one model for both. Source: <a
 * href="http://hl7.org/fhir/R5/servicerequest.html">R5's ServiceRequest</a>.
 */
final class MixedPayload {

    private MixedPayload() {}

    /** A copy with those elements under their names of R4. */
    static ObjectNode inR4(ObjectNode payload) {
        var copy = payload.deepCopy();
        lift(copy);
        copy.path("entry").forEach(entry -> lift(entry.path("resource")));
        return copy;
    }

    private static void lift(JsonNode resource) {
        if (resource instanceof ObjectNode request
                && request.path("resourceType").asString("").equals("ServiceRequest")) {
            reasons(request);
            code(request);
        }
    }

    private static void reasons(ObjectNode request) {
        var reasons = request.get("reason");
        if (reasons == null || !reasons.isContainer()) {
            return;
        }
        request.remove("reason");
        for (var reason :
                reasons.isArray() ? reasons : ExactJson.MAPPER.createArrayNode().add(reasons)) {
            append(request, "reasonCode", reason.get("concept"));
            append(request, "reasonReference", reason.get("reference"));
        }
    }

    private static void append(ObjectNode request, String name, @Nullable JsonNode value) {
        if (value == null) {
            return;
        }
        if (request.get(name) instanceof ArrayNode list) {
            list.add(value);
        } else if (!request.has(name)) {
            request.putArray(name).add(value);
        }
    }

    private static void code(ObjectNode request) {
        if (request.get("code") instanceof ObjectNode code && code.get("concept") instanceof ObjectNode concept) {
            request.set("code", concept);
        }
    }
}
