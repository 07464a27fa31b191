package org.referralgateway.mapper;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The one condition that the gateway understands in If-None-Exist: {@code identifier=system|value}. Source:
 * <a href="http://hl7.org/fhir/R4/http.html#ccreate">conditional create</a>.
 */
public final class ConditionalIdentifier {

    /** No identifier that is taken has more. */
    private static final int LONGEST = 800;

    private ConditionalIdentifier() {}

    /**
     * @param query as in the header or in {@code request.ifNoneExist}, with or without the type before a question mark
     */
    public static Optional<BusinessIdentifier> of(String query) {
        var parameters = query.substring(query.indexOf('?') + 1);
        if (!parameters.startsWith("identifier=") || parameters.contains("&")) {
            return Optional.empty();
        }
        String token;
        try {
            token = URLDecoder.decode(parameters.substring("identifier=".length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int bar = token.indexOf('|');
        var value = token.substring(bar + 1);
        if (bar <= 0
                || value.isBlank()
                || token.length() > LONGEST
                || token.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return Optional.of(new BusinessIdentifier(token.substring(0, bar), value, null));
    }
}
