package org.referralgateway.api.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The cookies of the pages. Over TLS their names begin with {@code __Host-}, which browsers accept from this very host and
 * over TLS only: neither a sister domain nor a plain connection can plant one.
 *
 * <p>They are {@code Lax} and not {@code Strict}, because with the latter somebody who comes from a letter's link or from the
 * identity provider would arrive as a stranger. What changes something is a POST with a form token in any case.
 */
enum DoorCookie {
    /** Who is logged in. */
    SESSION("referral-session"),
    /** Which browser it is that is not logged in yet: its login form, and its way back from the provider, belong to it. */
    VISIT("referral-visit");

    private final String plainName;

    DoorCookie(String plainName) {
        this.plainName = plainName;
    }

    private String name(HttpServletRequest request) {
        return request.isSecure() ? "__Host-" + plainName : plainName;
    }

    Optional<String> in(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(name(request)))
                        .map(cookie -> cookie.getValue())
                        .filter(value -> !value.isBlank())
                        .findFirst();
    }

    void set(String value, HttpServletRequest request, HttpServletResponse response) {
        add(value, null, request, response);
    }

    void clear(HttpServletRequest request, HttpServletResponse response) {
        add("", Duration.ZERO, request, response);
    }

    private void add(String value, @Nullable Duration age, HttpServletRequest request, HttpServletResponse response) {
        var cookie = ResponseCookie.from(name(request), value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax");
        if (age != null) {
            cookie.maxAge(age);
        }
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    }
}
