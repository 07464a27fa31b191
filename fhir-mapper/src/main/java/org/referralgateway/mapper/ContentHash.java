package org.referralgateway.mapper;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says whether two payloads say the same, whatever their white space and the order of their properties. What changes each
 * time the same thing is sent does not count: the Bundle's id and timestamp, {@code meta.lastUpdated}, and the names that
 * entries give each other ({@code fullUrl}), which are replaced by the entries' positions.
 */
public final class ContentHash {

    /** Exact numbers: two that differ in the twentieth digit are not the same. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final MessageDigest digest;
    private final Map<String, String> fullUrls = new HashMap<>();

    private ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /**
     * @param body JSON that {@link PayloadCheck} let through
     * @return SHA-256 in hexadecimal
     */
    public static String of(byte[] body) {
        var root = JSON.readTree(body);
        var hash = new ContentHash();
        int position = 0;
        for (var entry : root.path("entry")) {
            var fullUrl = entry.path("fullUrl").asString("");
            if (!fullUrl.isEmpty()) {
                hash.fullUrls.put(fullUrl, "entry-" + position);
            }
            position++;
        }
        hash.add(root, "Bundle".equals(root.path("resourceType").asString("")));
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    private void add(JsonNode node, boolean bundle) {
        if (node.isObject()) {
            write("{");
            node.propertyNames().stream().sorted().forEach(name -> {
                if (!(bundle && (name.equals("id") || name.equals("timestamp") || name.equals("meta")))
                        && !name.equals("lastUpdated")) {
                    write(name);
                    write(":");
                    add(node.get(name), false);
                }
            });
            write("}");
        } else if (node.isArray()) {
            write("[");
            node.forEach(item -> {
                add(item, false);
                write(",");
            });
            write("]");
        } else if (node.isString()) {
            write("\"");
            write(fullUrls.getOrDefault(node.stringValue(), node.stringValue()));
            write("\"");
        } else {
            write(node.toString());
        }
    }

    private void write(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
