package org.referralgateway.api.access;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A scope of SMART v2 for systems, such as {@code system/ServiceRequest.cru}: rights on one type of resource, or on all
 * ({@code *}). Letters out of order are no scope, nor are the narrowing parameters of SMART, which we do not offer: what we
 * do not understand must not grant anything.
 *
 * <p>Source: <a href="https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html">SMART App Launch, scopes</a>.
 */
public record Scope(String type, Set<Right> rights) {

    private static final Pattern FORM = Pattern.compile("system/(\\*|[A-Z][A-Za-z]{1,63})\\.(?=[cruds])(c?r?u?d?s?)");

    public Scope {
        rights = Set.copyOf(rights);
    }

    static Scope of(Right right, String type) {
        return new Scope(type, Set.of(right));
    }

    static Optional<Scope> of(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        var rights = EnumSet.noneOf(Right.class);
        for (var right : Right.values()) {
            if (form.group(2).indexOf(right.letter()) >= 0) {
                rights.add(right);
            }
        }
        return Optional.of(new Scope(form.group(1), rights));
    }

    /** Whether whoever has this scope has the other one. */
    boolean covers(Scope other) {
        return (type.equals("*") || type.equals(other.type)) && rights.containsAll(other.rights);
    }

    /** As it is written in a token. */
    String text() {
        return EnumSet.copyOf(rights).stream()
                .map(right -> String.valueOf(right.letter()))
                .collect(Collectors.joining("", "system/" + type + ".", ""));
    }
}
