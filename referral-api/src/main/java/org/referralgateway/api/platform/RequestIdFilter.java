package org.referralgateway.api.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives each request an id, takes over the caller's, echoes both, and puts them on every log line. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestIdFilter extends OncePerRequestFilter {

    private final Ids ids;

    RequestIdFilter(Ids ids) {
        this.ids = ids;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var sent = RequestIds.sent(request, RequestIds.REQUEST_ID);
        var requestId = sent == null ? ids.next().toString() : sent;
        var correlationId = RequestIds.sent(request, RequestIds.CORRELATION_ID);
        request.setAttribute(RequestIds.REQUEST_ID, requestId);
        request.setAttribute(RequestIds.SENT, sent != null);
        response.setHeader(RequestIds.REQUEST_ID, requestId);
        MDC.put("request_id", requestId);
        if (correlationId != null) {
            response.setHeader(RequestIds.CORRELATION_ID, correlationId);
            MDC.put("correlation_id", correlationId);
        }
        try {
            chain.doFilter(new WithRequestId(request, requestId), response);
        } finally {
            MDC.remove("request_id");
            MDC.remove("correlation_id");
        }
    }

    /** The request as if the caller had sent the id, so that everything behind this filter uses the same one. */
    private static final class WithRequestId extends HttpServletRequestWrapper {

        private final String requestId;

        WithRequestId(HttpServletRequest request, String requestId) {
            super(request);
            this.requestId = requestId;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(RequestIds.REQUEST_ID) ? requestId : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(RequestIds.REQUEST_ID)
                    ? Collections.enumeration(List.of(requestId))
                    : super.getHeaders(name);
        }
    }
}
