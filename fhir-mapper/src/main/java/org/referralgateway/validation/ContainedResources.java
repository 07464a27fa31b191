package org.referralgateway.validation;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whatever is contained has an id of its own, and is pointed to or points to what contains it. Source: FHIR's rule dom-3, and
 * <a href="http://hl7.org/fhir/R4/references.html#contained">contained resources</a>.
 */
final class ContainedResources {

    /** Unlike a fault inside what is contained, it is one of the resource around it. */
    static final String ID = "contained-id";

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
        ids(resource, contained, findings);
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

    /** Two with one id would leave open which of them, of two patients for example, a reference means. */
    private static void ids(Node whole, List<Node> contained, Findings findings) {
        var seen = new HashSet<String>();
        for (var one : contained) {
            var id = one.text("id");
            if (id == null) {
                findings.structure(whole, one, ID, "A contained resource needs an id, so that it can be pointed to.");
            } else if (!seen.add(id)) {
                findings.structure(whole, one, ID, "Another contained resource has this id. Give each its own.");
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
