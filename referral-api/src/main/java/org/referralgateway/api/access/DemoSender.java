package org.referralgateway.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.referralgateway.api.access.Caller.SenderCaller;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes every caller for the demo sender. Goes as soon as the tests have tokens. */
class DemoSender extends OncePerRequestFilter {

    private final SenderCaller demo;

    DemoSender(String sender) {
        this.demo = new SenderCaller(sender, sender, Scopes.of("system/*.cruds"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SecurityContextHolder.getContext().setAuthentication(new CallerAuthentication(demo));
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
