package org.referralgateway.api.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Refuses addresses that are written in a roundabout way, such as {@code //fhir/Task} or {@code /x/../fhir/Task}: the web
 * server takes them for {@code /fhir/Task}, and Spring, which looks at them next, takes them for something else and fails.
 * No program of good will writes them. Likewise those whose parameters cannot be decoded.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PlainPaths extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isPlain(request) && isDecodable(request.getQueryString())) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    /** Else whoever reads the parameters first fails at them. */
    private static boolean isDecodable(@Nullable String query) {
        try {
            return query == null || UriUtils.decode(query, UTF_8).indexOf('\0') < 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPlain(HttpServletRequest request) {
        var written = request.getRequestURI();
        var servlet = request.getContextPath() + request.getServletPath();
        var rest = request.getPathInfo();
        return rest == null
                ? UriUtils.decode(written, UTF_8).equals(servlet)
                : written.startsWith(servlet) && UriUtils.decode(written, UTF_8).equals(servlet + rest);
    }
}
