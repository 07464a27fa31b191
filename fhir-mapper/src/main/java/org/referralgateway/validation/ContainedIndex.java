package org.referralgateway.validation;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The contained resources of each resource of one payload by their ids, listed once. */
final class ContainedIndex {

    private final Map<Node, Map<String, Node>> byContainer = new IdentityHashMap<>();

    @Nullable
    Node in(Node container, String id) {
        return byContainer.computeIfAbsent(container, ContainedIndex::listed).get(id);
    }

    private static Map<String, Node> listed(Node container) {
        var byId = new HashMap<String, Node>();
        for (var contained : container.all("contained")) {
            byId.putIfAbsent(String.valueOf(contained.text("id")), contained);
        }
        return byId;
    }
}
