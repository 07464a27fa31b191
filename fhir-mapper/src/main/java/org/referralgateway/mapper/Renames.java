package org.referralgateway.mapper;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where resources are found whose type has another name in R4: {@code ReferralRequest/7} becomes {@code ServiceRequest/7}
 * in every reference, so that what pointed to it still does.
 */
final class Renames {

    private final Map<String, String> types;
    private final Map<String, String> addresses = new HashMap<>();

    /**
     * @param types that have another name in R4, wherever a reference leads
     */
    Renames(Map<String, String> types) {
        this.types = types;
    }

    /** An entry whose resource now has another type: its own addresses follow, and references to it will. */
    void add(ObjectNode entry, String from, String to) {
        var id = entry.path("resource").path("id").asString("");
        addresses.put(from + "/" + id, to + "/" + id);
        var fullUrl = entry.path("fullUrl").asString("");
        if (!fullUrl.isEmpty()) {
            addresses.put(fullUrl, segment(fullUrl, from, to));
            entry.put("fullUrl", segment(fullUrl, from, to));
        }
        if (entry.get("request") instanceof ObjectNode request
                && request.path("url").isString()) {
            request.put("url", segment(request.path("url").asString(), from, to));
        }
    }

    /** {@code ReferralRequest}, {@code ReferralRequest/7}, {@code https://ehr.example/ReferralRequest/7} with the new name. */
    private static String segment(String address, String from, String to) {
        var parts = address.split("/", -1);
        for (int i = Math.max(0, parts.length - 2); i < parts.length; i++) {
            if (parts[i].equals(from)) {
                parts[i] = to;
                return String.join("/", parts);
            }
        }
        return address;
    }

    /** Lets every reference follow. */
    void apply(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("reference").isString()) {
                object.put("reference", renamed(object.path("reference").asString()));
            }
            object.forEach(this::apply);
        } else if (node.isArray()) {
            node.forEach(this::apply);
        }
    }

    /** A reference, or any other text, as it is after the renaming. */
    String renamed(String reference) {
        int history = reference.indexOf("/_history/");
        var address = history < 0 ? reference : reference.substring(0, history);
        var version = history < 0 ? "" : reference.substring(history);
        var known = addresses.get(address);
        if (known != null) {
            return known + version;
        }
        int slash = address.indexOf('/');
        var type = slash < 0 ? null : types.get(address.substring(0, slash));
        return type == null ? reference : type + address.substring(slash) + version;
    }
}
