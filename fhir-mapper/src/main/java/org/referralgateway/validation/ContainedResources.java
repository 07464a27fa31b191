package org.referralgateway.validation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** FHIR's rule dom-3: whatever is contained is pointed to, or points to what contains it. */
final class ContainedResources {

    private static final Set<String> POINTING = Set.of("Reference", "uri", "url", "canonical");

    private ContainedResources() {}

    static void check(Node resource, Findings findings) {
        var contained = resource.all("contained");
        if (contained.isEmpty()) {
            return;
        }
        var own = new HashSet<String>();
        for (var child : resource.children()) {
            if (!child.name().equals("contained")) {
                collect(child, own);
            }
        }
        Map<Node, Set<String>> pointing = new HashMap<>();
        for (var one : contained) {
            var ids = new HashSet<String>();
            collect(one, ids);
            pointing.put(one, ids);
        }
        var reached = new HashSet<Node>();
        boolean more = true;
        while (more) {
            more = false;
            for (var one : contained) {
                if (!reached.contains(one) && isReached(one, own, pointing, reached)) {
                    reached.add(one);
                    more = true;
                }
            }
        }
        for (var one : contained) {
            if (!reached.contains(one)) {
                findings.structure(
                        one,
                        "dom-3",
                        "Nothing points to this contained resource. Refer to it by #id, or leave it out.");
            }
        }
    }

    private static boolean isReached(Node one, Set<String> own, Map<Node, Set<String>> pointing, Set<Node> reached) {
        var id = one.text("id");
        if (id == null) {
            return false;
        }
        if (own.contains(id) || pointing.getOrDefault(one, Set.of()).contains("")) {
            return true;
        }
        return reached.stream()
                .anyMatch(other -> pointing.getOrDefault(other, Set.of()).contains(id));
    }

    private static void collect(Node node, Set<String> ids) {
        var value = node.isPrimitive() ? node.value() : node.type().equals("Reference") ? node.text("reference") : null;
        if (value != null && value.startsWith("#") && POINTING.contains(node.type())) {
            ids.add(value.substring(1));
        }
        node.children().forEach(child -> collect(child, ids));
    }
}
