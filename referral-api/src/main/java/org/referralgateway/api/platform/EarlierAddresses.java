package org.referralgateway.api.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a client of FHIR STU3 send to the addresses that it knows: what STU3 calls ReferralRequest and ProcedureRequest, R4
 * calls ServiceRequest. Only what is sent is taken there; everything is read back under its name in R4.
 */
class EarlierAddresses extends OncePerRequestFilter {

    private static final Pattern EARLIER = Pattern.compile("/(ReferralRequest|ProcedureRequest)(?=$|[/?])");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean sends =
                request.getMethod().equals("POST") || request.getMethod().equals("PUT");
        boolean isEarlier = sends && EARLIER.matcher(request.getRequestURI()).find();
        chain.doFilter(isEarlier ? new Renamed(request) : request, response);
    }

    private static String renamed(String address) {
        return EARLIER.matcher(address).replaceFirst("/ServiceRequest");
    }

    /** The request at the address that its resource has in R4. */
    private static final class Renamed extends HttpServletRequestWrapper {

        Renamed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            return renamed(super.getRequestURI());
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(renamed(super.getRequestURL().toString()));
        }

        @Override
        public String getPathInfo() {
            return renamed(String.valueOf(super.getPathInfo()));
        }
    }
}
