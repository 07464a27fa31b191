package org.referralgateway.api.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.referralgateway.mapper.IssueCode;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses parameters of a FHIR request that cannot be read, or whose names hold what no parameter's name has. HAPI leaves such
 * characters out or writes them in another way, and fails where two names are the same then: {@code ?Z&Z%04}.
 */
class PlainFhirParameters extends OncePerRequestFilter {

    private static final String NO_NAME =
            "The name of a parameter holds a quotation mark, an angle bracket, an ampersand or a"
                    + " character that cannot be seen. Send it without.";

    private final FhirRefusals refusals;

    PlainFhirParameters(FhirRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            if (request.getParameterMap().keySet().stream().anyMatch(PlainFhirParameters::isNoName)) {
                refuse(request, response, 400, NO_NAME);
                return;
            }
        } catch (RequestRejectedException e) {
            refuse(request, response, 400, NO_NAME); // Spring's firewall, which HAPI goes round.
            return;
        } catch (InvalidParameterException e) {
            refuse(request, response, e.getErrorCode(), "The parameters cannot be read, or are too many or too large.");
            return;
        }
        chain.doFilter(request, response);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, int status, String why)
            throws IOException {
        refusals.refuse(request, response, status, IssueCode.INVALID_VALUE, why);
    }

    private static boolean isNoName(String name) {
        return name.chars().anyMatch(c -> Character.isISOControl(c) || "'\"<>&".indexOf(c) >= 0);
    }
}
