package org.referralgateway.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Rule.Operation;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Finds the row of the policy that a page's request falls under. */
public final class Routes {

    private static final List<Compiled> COMPILED = Policy.all().stream()
            .filter(rule -> rule.operation() instanceof Operation.Route)
            .map(rule -> Compiled.of(rule, (Operation.Route) rule.operation()))
            .toList();

    private Routes() {}

    private record Compiled(Rule rule, String method, PathPattern pattern) {
        static Compiled of(Rule rule, Operation.Route route) {
            return new Compiled(rule, route.method(), PathPatternParser.defaultInstance.parse(route.pattern()));
        }

        boolean matches(String asked, PathContainer path) {
            return (method.equals("*") || method.equals(asked) || (method.equals("GET") && asked.equals("HEAD")))
                    && pattern.matches(path);
        }
    }

    /** The row for a request; where there is none, the request is refused. */
    public static Optional<Rule> of(HttpServletRequest request) {
        return of(
                request.getMethod(),
                request.getRequestURI().substring(request.getContextPath().length()));
    }

    private static Optional<Rule> of(String method, String path) {
        var parsed = PathContainer.parsePath(path);
        return COMPILED.stream()
                .filter(compiled -> compiled.matches(method, parsed))
                .map(Compiled::rule)
                .findFirst();
    }

    /** Whether a caller may; nobody where they have not logged in. */
    public static boolean allow(@Nullable Caller caller, HttpServletRequest request) {
        return of(request).filter(rule -> rule.allows(caller)).isPresent();
    }

    /** The same for a request that is not made yet, so that pages offer only what is allowed. */
    public static boolean allow(@Nullable Caller caller, String method, String path) {
        return of(method, path).filter(rule -> rule.allows(caller)).isPresent();
    }
}
