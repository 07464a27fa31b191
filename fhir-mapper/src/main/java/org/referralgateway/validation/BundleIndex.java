package org.referralgateway.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entries of a Bundle by their full URLs. */
final class BundleIndex {

    private final Node bundle;
    private final String type;
    private final List<Node> entries;
    private final Map<String, List<Node>> byFullUrl = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    BundleIndex(Node bundle) {
        this.bundle = bundle;
        this.type = String.valueOf(bundle.text("type"));
        this.entries = bundle.all("entry");
        for (var entry : entries) {
            var fullUrl = entry.text("fullUrl");
            var resource = entry.first("resource");
            if (resource != null && resource.text("id") != null) {
                names.add(resource.type() + "/" + resource.text("id"));
            }
            if (fullUrl != null) {
                byFullUrl.computeIfAbsent(fullUrl, key -> new ArrayList<>(1)).add(entry);
            }
        }
    }

    Node bundle() {
        return bundle;
    }

    /** Of the Bundle: {@code transaction}, {@code message} ... */
    String type() {
        return type;
    }

    List<Node> entries() {
        return entries;
    }

    /** All entries of this full URL. */
    List<Node> at(String fullUrl) {
        return byFullUrl.getOrDefault(fullUrl, List.of());
    }

    /** Whether an entry's resource is of this type and id, whatever its full URL. */
    boolean hasNamed(String typeAndId) {
        return names.contains(typeAndId);
    }

    /** The full URL of the entry that a node is in; null where it has none. */
    @Nullable
    String fullUrlOf(Node node) {
        for (var at = node; at != null && at != bundle; at = at.parent()) {
            if (at.parent() == bundle && at.name().equals("entry")) {
                return at.text("fullUrl");
            }
        }
        return null;
    }
}
