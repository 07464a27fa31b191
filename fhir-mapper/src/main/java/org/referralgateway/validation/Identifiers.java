package org.referralgateway.validation;

import java.util.regex.Pattern;

/** What the reference validator asks of an Identifier besides its definition. */
final class Identifiers {

    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

    private Identifiers() {}

    static void check(Node identifier, Findings findings) {
        var system = identifier.text("system");
        if (system == null) {
            return;
        }
        if (!isSystem(system) && !system.startsWith("ldap:")) {
            findings.structure(
                    identifier,
                    "identifier-system",
                    "The system is not absolute. Send a URL or a urn: that names who gave the number.");
        }
        var value = identifier.text("value");
        if (system.equals("urn:ietf:rfc:3986") && value != null && !isAbsolute(value)) {
            findings.structure(
                    identifier, "identifier-system", "With the system urn:ietf:rfc:3986 the value is a URI. Send one.");
        }
        if (system.equals("https://tools.ietf.org/html/rfc4122") && value != null) {
            findings.undecided(identifier, "Identifiers of this system are not looked into.");
        }
    }

    /** As the reference validator has it. */
    static boolean isSystem(String uri) {
        return uri.startsWith("http:") || uri.startsWith("https:") || uri.startsWith("urn:");
    }

    static boolean isAbsolute(String uri) {
        return ABSOLUTE.matcher(uri).matches();
    }
}
