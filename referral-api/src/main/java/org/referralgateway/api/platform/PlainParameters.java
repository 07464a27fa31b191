package org.referralgateway.api.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses forms and addresses whose parameters cannot be read. Else the first who asks for one fails: a 500, and a line in
 * the log that quotes the parameter with its value, which may be what somebody wrote about a patient.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
class PlainParameters extends OncePerRequestFilter {

    /** At the FHIR API {@link PlainFhirParameters} answers, in FHIR's words. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Pages.contain(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            request.getParameterMap();
        } catch (InvalidParameterException e) {
            response.setStatus(e.getErrorCode());
            return;
        }
        chain.doFilter(request, response);
    }
}
