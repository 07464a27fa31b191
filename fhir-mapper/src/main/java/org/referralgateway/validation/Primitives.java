package org.referralgateway.validation;

import java.util.regex.Pattern;

/** What the reference validator asks of single values besides what the strict reading does. */
final class Primitives {

    private static final Pattern UUID = Pattern.compile("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern OID = Pattern.compile("urn:oid:[0-2](\\.(0|[1-9][0-9]*))+");
    private static final int LONGEST_STRING = 1_048_576;

    void check(Node primitive, ElementRules element, Findings findings) {
        var value = primitive.value();
        if (value == null) {
            if (primitive.children().stream().allMatch(child -> child.name().equals("id"))) {
                findings.structure(primitive, "ele-1", "This element is empty. Leave it out.");
            }
            return;
        }
        if (element.maxLength() > 0 && value.length() > element.maxLength()) {
            findings.structure(primitive, "length", "This is longer than " + element.maxLength() + " characters.");
        }
        switch (primitive.type()) {
            case "string", "markdown" -> {
                if (value.length() > LONGEST_STRING) {
                    findings.structure(primitive, "length", "A text has at most 1048576 characters.");
                }
            }
            case "uri", "url", "canonical", "oid", "uuid" -> uri(primitive, value, findings);
            case "time" -> {
                if (value.length() != 8 || value.endsWith("60")) {
                    findings.structure(primitive, "time", "Send a time such as 14:05:00, without fractions.");
                }
            }
            case "dateTime", "instant" -> time(primitive, value, findings);
            case "base64Binary" -> base64(primitive, value, findings);
            default -> {
                // the strict reading has said it all
            }
        }
    }

    private static void uri(Node at, String value, Findings findings) {
        if (value.startsWith("oid:") || value.startsWith("uuid:")) {
            findings.structure(at, "uri", "OIDs and UUIDs begin with urn:. Correct the URI.");
        }
        if (at.type().equals("canonical") && !value.startsWith("#") && !Identifiers.isAbsolute(value)) {
            findings.structure(at, "canonical", "A canonical URL is absolute. Correct it.");
        }
        if (value.startsWith("urn:uuid:")) {
            int end = value.indexOf('#') < 0 ? value.length() : value.indexOf('#');
            int bar = at.type().equals("canonical") ? value.indexOf('|') : -1;
            if (!UUID.matcher(value.substring(0, bar < 0 ? end : Math.min(bar, end)))
                    .matches()) {
                findings.structure(at, "uuid", "A UUID is written with hexadecimal digits in lower case. Correct it.");
            }
        }
        if (value.startsWith("urn:oid:")
                && !(OID.matcher(value).matches()
                        && (value.substring(8).lastIndexOf('.') >= 4 || value.startsWith("urn:oid:1.3")))) {
            findings.structure(at, "oid", "This is no OID. Correct it.");
        }
    }

    private static void time(Node at, String value, Findings findings) {
        if (value.startsWith("0000") || value.contains(":60") || value.matches(".*[+-]14:(?!00).*")) {
            findings.structure(at, "time", "There is no such time. Correct it.");
        }
    }

    private static void base64(Node at, String value, Findings findings) {
        int characters = 0;
        int padding = 0;
        boolean wrong = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '=') {
                padding++;
            }
            if (!Character.isWhitespace(c)) {
                characters++;
                wrong |= padding > 0 && c != '=';
            }
        }
        if (characters % 4 != 0 || padding > 2 || wrong) {
            findings.structure(at, "base64", "This is not base64. Correct it.");
        }
    }
}
