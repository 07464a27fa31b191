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
 * Refuses parameters of a FHIR request whose names hold what no parameter's name has. HAPI leaves such characters out or writes
 * them in another way, and fails where two names are the same then: {@code ?Z&Z%04}.
 */
class PlainNames extends OncePerRequestFilter {

    private final FhirRefusals refusals;

    PlainNames(FhirRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isPlain(request)) {
            chain.doFilter(request, response);
        } else {
            refusals.refuse(
                    request,
                    response,
                    400,
                    IssueCode.INVALID_VALUE,
                    "The name of a parameter holds a quotation mark, an angle bracket, an ampersand or a character that cannot be"
                            + " seen. Send it without.");
        }
    }

    private static boolean isPlain(HttpServletRequest request) {
        try {
            return request.getParameterMap().keySet().stream().noneMatch(PlainNames::isNoName);
        } catch (RequestRejectedException e) {
            return false; // Spring's firewall, which HAPI goes round.
        } catch (InvalidParameterException e) {
            return true; // The FHIR server meets it again, and says what it is.
        }
    }

    private static boolean isNoName(String name) {
        return name.chars().anyMatch(c -> Character.isISOControl(c) || "'\"<>&".indexOf(c) >= 0);
    }
}
