package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.referralgateway.mapper.PayloadPart.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a payload said that its conversion does not say any more: every value of the source that the result has not, told
 * at the highest element of which nothing is left. Values are looked for within the same resource, first under the same
 * name and then under any.
 */
final class Losses {

    private static final int MAX_TOLD = 30;

    private final Shapes shapes;
    private final UnaryOperator<String> renamed;
    private final List<MappingIssue> told = new ArrayList<>();
    private int untold;

    /**
     * @param shapes of the source's version
     * @param renamed a text as the conversion has it, where only the name of a resource type in it changed
     */
    Losses(Shapes shapes, UnaryOperator<String> renamed) {
        this.shapes = shapes;
        this.renamed = renamed;
    }

    /** One issue for each element of the source that is lost. */
    List<MappingIssue> between(ObjectNode source, ObjectNode result) {
        var type = source.path("resourceType").asString("");
        var path = ElementPath.root(type);
        if (type.equals("Bundle")) {
            for (int i = 0; i < source.path("entry").size(); i++) {
                resource(
                        source.path("entry").path(i).path("resource"),
                        result.path("entry").path(i).path("resource"),
                        path.child("entry").at(i).child("resource"));
            }
        } else {
            resource(source, result, path);
        }
        if (untold > 0) {
            told.add(MappingIssue.warning(
                    IssueCode.LOST_IN_CONVERSION, type, untold + " more elements are lost in the same way."));
        }
        return told;
    }

    private void resource(JsonNode source, JsonNode result, ElementPath path) {
        var before = PayloadPart.of(source, shapes, path);
        var lost = new ArrayList<>(before.values());
        var after = new ArrayList<>(PayloadPart.of(result, shapes, path).values());
        // A value under its own name is the same value; only what is then left over can be one that moved.
        remove(lost, after, true);
        remove(lost, after, false);
        Set<PayloadPart> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        gone.addAll(lost);
        if (!lost.isEmpty() && tell(before, gone)) {
            tell(path);
        }
    }

    /** Takes out, pair by pair, what both have. */
    private void remove(List<Value> lost, List<Value> after, boolean underItsName) {
        var there = new HashMap<String, Integer>();
        after.forEach(value -> there.merge(key(value, underItsName), 1, Integer::sum));
        var found = new HashMap<String, Integer>();
        lost.removeIf(value -> take(there, found, key(value, underItsName)));
        after.removeIf(value -> found.merge(key(value, underItsName), -1, Integer::sum) >= 0);
    }

    private static boolean take(Map<String, Integer> there, Map<String, Integer> found, String key) {
        if (there.getOrDefault(key, 0) == 0) {
            return false;
        }
        there.merge(key, -1, Integer::sum);
        found.merge(key, 1, Integer::sum);
        return true;
    }

    private String key(Value value, boolean underItsName) {
        var text = renamed.apply(value.text());
        return underItsName ? value.path().name() + "=" + text : text;
    }

    /** Tells of the highest parts that are gone as a whole; true where this one is, and has not been told of. */
    private boolean tell(PayloadPart part, Set<PayloadPart> gone) {
        if (part instanceof Value) {
            return gone.contains(part);
        }
        var untoldParts = new ArrayList<PayloadPart>();
        for (var child : part.parts()) {
            if (tell(child, gone)) {
                untoldParts.add(child);
            }
        }
        boolean whole = untoldParts.size() == part.parts().size();
        if (!whole) {
            untoldParts.forEach(child -> tell(child.path()));
        }
        return whole;
    }

    private void tell(ElementPath path) {
        if (told.size() == MAX_TOLD) {
            untold++;
            return;
        }
        told.add(MappingIssue.warning(
                IssueCode.LOST_IN_CONVERSION,
                path.toString(),
                "FHIR R4 has no place for this element of " + shapes.version()
                        + ", or says it in other words. It is kept as sent, but not read."));
    }
}
