package org.referralgateway.api.people;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.referralgateway.api.access.CallerAuthentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says who comes with a request, by the cookie of their session. */
class SessionFilter extends OncePerRequestFilter {

    /** Asked every two seconds by a page that somebody left open: nobody clicks there. */
    private static final String POLLED = "/log/news";

    private static final String ACCOUNT = SessionFilter.class.getName() + ".account";

    private final Sessions sessions;

    SessionFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Who is logged in. */
    static Optional<Account> account() {
        var known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getDetails() instanceof Account account ? Optional.of(account) : Optional.empty();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + "/assets/");
    }

    /** The page about an error has the same frame, and asks nobody again: perhaps it was the database that failed. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getDispatcherType() == jakarta.servlet.DispatcherType.ERROR) {
            if (request.getAttribute(ACCOUNT) instanceof Account account) {
                enter(account);
            }
        } else {
            boolean click = !request.getRequestURI().equals(request.getContextPath() + POLLED);
            DoorCookie.SESSION
                    .in(request)
                    .flatMap(token -> sessions.present(token, click))
                    .ifPresent(account -> {
                        request.setAttribute(ACCOUNT, account);
                        enter(account);
                    });
        }
        chain.doFilter(request, response);
    }

    private static void enter(Account account) {
        var authentication = new CallerAuthentication(account.caller());
        authentication.setDetails(account);
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
    }
}
