package org.referralgateway.mapper;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/** The value of a primitive, which XML has as text and JSON as text, number or boolean. */
final class XmlValue {

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");

    private XmlValue() {}

    /** A number stays the text it is, however large: nobody computes it here. What is no JSON literal becomes a string. */
    static JsonNode node(String text, PrimitiveFormat format) {
        return switch (format.kind()) {
            case BOOLEAN ->
                text.equals("true") || text.equals("false")
                        ? JsonNodeFactory.instance.booleanNode(text.equals("true"))
                        : JsonNodeFactory.instance.stringNode(text);
            case INTEGER, NUMBER ->
                JSON_NUMBER.matcher(text).matches()
                        ? JsonNodeFactory.instance.rawValueNode(new RawValue(text))
                        : JsonNodeFactory.instance.stringNode(text);
            case STRING -> JsonNodeFactory.instance.stringNode(text);
        };
    }
}
