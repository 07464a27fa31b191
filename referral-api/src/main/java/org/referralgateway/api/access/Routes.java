package org.referralgateway.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
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
            return new Compiled(
                    rule, route.method(), PathPatternParser.defaultInstance.parse(route.pattern()));
        }

        boolean matches(String asked, PathContainer path) {
            return (method.equals("*") || method.equals(asked) || (method.equals("GET") && asked.equals("HEAD")))
                    && pattern.matches(path);
        }
    }

    /** The row for a request; where there is none, the request is refused. */
    public static Optional<Rule> of(HttpServletRequest request) {
        var path = PathContainer.parsePath(
                request.getRequestURI().substring(request.getContextPath().length()));
        return COMPILED.stream()
                .filter(compiled -> compiled.matches(request.getMethod(), path))
                .map(Compiled::rule)
                .findFirst();
    }
}
