package org.referralgateway.validation;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
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
        var byId = new HashMap<String, Node>();
        Map<Node, Set<String>> pointing = new HashMap<>();
        var next = new ArrayDeque<Node>();
        for (var one : contained) {
            var ids = new HashSet<String>();
            collect(one, ids);
            pointing.put(one, ids);
            byId.put(String.valueOf(one.text("id")), one);
            if (ids.contains("") || own.contains(String.valueOf(one.text("id")))) {
                next.add(one);
            }
        }
        var reached = new HashSet<Node>();
        while (!next.isEmpty()) {
            var one = next.poll();
            if (reached.add(one)) {
                pointing.getOrDefault(one, Set.of()).stream()
                        .map(byId::get)
                        .filter(Objects::nonNull)
                        .forEach(next::add);
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

    private static void collect(Node node, Set<String> ids) {
        var value = node.isPrimitive() ? node.value() : node.type().equals("Reference") ? node.text("reference") : null;
        if (value != null && value.startsWith("#") && POINTING.contains(node.type())) {
            ids.add(value.substring(1));
        }
        node.children().forEach(child -> collect(child, ids));
    }
}
