package org.referralgateway.api.intake;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A sender's own FHIR server. Addresses are compared by scheme, host, port and whole steps of the path, never as text:
 * {@code https://ehr.example.evil.com} begins like {@code https://ehr.example}.
 */
record RegisteredBase(URI uri) {

    private static final Pattern RELATIVE =
            Pattern.compile("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}(/_history/[A-Za-z0-9.-]{1,64})?");

    /** The address of what a reference points to; nothing where it points outside. */
    Optional<URI> address(String reference) {
        if (RELATIVE.matcher(reference).matches()) {
            return Optional.of(URI.create(path() + reference));
        }
        return absolute(reference).filter(this::isInside);
    }

    /** {@code https://host/fhir/}. */
    private String path() {
        var text = uri.toString();
        return text.endsWith("/") ? text : text + "/";
    }

    static Optional<URI> absolute(String reference) {
        try {
            var address = URI.create(reference);
            return address.isAbsolute() && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isInside(URI address) {
        var base = URI.create(path());
        if (!address.getScheme().equalsIgnoreCase(base.getScheme())
                || !lower(address.getHost()).equals(lower(base.getHost()))
                || port(address) != port(base)
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null
                || !Objects.equals(address.normalize(), address)) {
            return false;
        }
        var path = address.getRawPath();
        return path.startsWith(base.getRawPath())
                && RELATIVE.matcher(path.substring(base.getRawPath().length())).matches();
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
