package org.referralgateway.validation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.ObjectRules.Slot;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Makes nodes of a payload in one pass over its tokens. What FHIR does not have is left out here: the strict reading has
 * named it already.
 */
final class NodeReader {

    private final Definitions definitions;
    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxStringLength(50_000_000)
                    .build())
            .build();

    NodeReader(Definitions definitions) {
        this.definitions = definitions;
    }

    /** The payload; null where it is no resource of R4. */
    @Nullable
    Node read(byte[] body) {
        int start = hasMark(body) ? 3 : 0;
        return new Reading(body, start).whole();
    }

    private static boolean hasMark(byte[] body) {
        return body.length > 2 && (body[0] & 0xFF) == 0xEF && (body[1] & 0xFF) == 0xBB && (body[2] & 0xFF) == 0xBF;
    }

    /** The reading of one payload. */
    private final class Reading {

        private final byte[] body;
        private final int start;

        Reading(byte[] body, int start) {
            this.body = body;
            this.start = start;
        }

        @Nullable
        Node whole() {
            try (var in = json.createParser(body, start, body.length - start)) {
                return in.nextToken() == JsonToken.START_OBJECT ? resource(in, null, null, Node.NO_INDEX) : null;
            }
        }

        private @Nullable Node resource(
                JsonParser in, @Nullable Node parent, @Nullable ElementRules element, int index) {
            var type = typeAhead(start + (int) in.currentTokenLocation().getByteOffset());
            var rules = definitions.resource(type);
            if (rules == null) {
                in.skipChildren();
                return null;
            }
            var node = new Node(parent, element == null ? type : element.name(), index, type, rules, element);
            object(in, node, rules);
            return node;
        }

        /** In practice resourceType is the first property. */
        private String typeAhead(int from) {
            try (var ahead = json.createParser(body, from, body.length - from)) {
                ahead.nextToken();
                while (ahead.nextToken() == JsonToken.PROPERTY_NAME) {
                    var isType = ahead.currentName().equals("resourceType");
                    var value = ahead.nextToken();
                    if (isType) {
                        return value == JsonToken.VALUE_STRING ? ahead.getString() : "";
                    }
                    ahead.skipChildren();
                }
            } catch (JacksonException e) {
                return ""; // the strict reading has said what is wrong
            }
            return "";
        }

        private void object(JsonParser in, Node node, ObjectRules rules) {
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = in.currentName();
                in.nextToken();
                boolean beside = !name.isEmpty() && name.charAt(0) == '_';
                var slot = rules.slots().get(beside ? name.substring(1) : name);
                if (slot == null) {
                    in.skipChildren();
                } else if (in.currentToken() == JsonToken.START_ARRAY) {
                    int index = 0;
                    var beforehand = beforehand(node, slot);
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        value(in, node, slot, beside, index++, beforehand);
                    }
                } else {
                    value(in, node, slot, beside, Node.NO_INDEX, beforehand(node, slot));
                }
            }
        }

        private void value(
                JsonParser in, Node parent, Slot slot, boolean beside, int index, Map<Integer, Node> beforehand) {
            var token = in.currentToken();
            if (beside || (slot.below() == null && !slot.type().equals("Resource"))) {
                primitive(in, parent, slot, beside, index, beforehand);
            } else if (token != JsonToken.START_OBJECT) {
                in.skipChildren();
            } else if (slot.below() == null) {
                var resource = resource(in, parent, slot.element(), index);
                if (resource != null) {
                    parent.add(resource);
                }
            } else {
                var rules = slot.below().get();
                var node = new Node(parent, slot.element().name(), index, slot.type(), rules, slot.element());
                parent.add(node);
                object(in, node, rules);
            }
        }

        private void primitive(
                JsonParser in, Node parent, Slot slot, boolean beside, int index, Map<Integer, Node> beforehand) {
            var token = in.currentToken();
            if (token == JsonToken.VALUE_NULL) {
                return;
            }
            if (beside && token == JsonToken.START_OBJECT) {
                object(in, at(parent, slot, index, beforehand), definitions.type("Element"));
            } else if (!beside && token.isScalarValue()) {
                at(parent, slot, index, beforehand).value(in.getString());
            } else {
                in.skipChildren();
            }
        }

        /** The nodes that the other of a primitive's two properties, with and without underscore, made already. */
        private Map<Integer, Node> beforehand(Node parent, Slot slot) {
            if (!parent.has(slot.element().name())) {
                return Map.of();
            }
            var nodes = new HashMap<Integer, Node>();
            parent.all(slot.element().name()).forEach(node -> nodes.put(node.index(), node));
            return nodes;
        }

        private Node at(Node parent, Slot slot, int index, Map<Integer, Node> beforehand) {
            var known = beforehand.get(index);
            if (known != null) {
                return known;
            }
            var node = new Node(parent, slot.element().name(), index, slot.type(), null, slot.element());
            parent.add(node);
            return node;
        }
    }
}
