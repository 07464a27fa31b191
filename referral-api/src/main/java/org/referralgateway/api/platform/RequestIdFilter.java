package org.referralgateway.api.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
        response.setHeader(RequestIds.REQUEST_ID, requestId);
        MDC.put("request_id", requestId);
        if (correlationId != null) {
            response.setHeader(RequestIds.CORRELATION_ID, correlationId);
            MDC.put("correlation_id", correlationId);
        }
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("request_id");
            MDC.remove("correlation_id");
        }
    }
}
