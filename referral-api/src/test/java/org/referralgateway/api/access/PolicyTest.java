package org.referralgateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.access.Rule.Operation;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What the gateway can be asked, and what the policy speaks of, are the same; and the documentation says it. */
class PolicyTest {

    private static final TestGateway GATEWAY = TestGateway.shared();
    private static final Path DOCUMENT = Path.of("../deploy/docs/access.md");

    @Test
    void everyFhirMethodHasARowAndEveryRowAMethod() {
        var servlet = GATEWAY.context()
                .getBean("fhirServer", ServletRegistrationBean.class)
                .getServlet();
        var server = (RestfulServer) Objects.requireNonNull(servlet);
        var methods = new TreeSet<String>();
        server.getServerBindings().forEach(binding -> methods.add(operation(binding)));
        server.getResourceBindings()
                .forEach(resource -> resource.getMethodBindings().forEach(binding -> methods.add(operation(binding))));
        methods.add(operation(server.getServerConformanceMethod()));
        // one method of HAPI's answers both
        methods.addAll(methods.stream()
                .filter(method -> method.startsWith("vread "))
                .map(method -> method.substring(1))
                .toList());
        // HAPI's own paging, which is always there and for nobody: our pages follow each other by cursors
        methods.remove("get-page");

        assertThat(methods).containsExactlyInAnyOrderElementsOf(rows(Operation.Fhir.class));
    }

    private static String operation(BaseMethodBinding binding) {
        var type = binding.getResourceName() == null ? "" : binding.getResourceName();
        return binding instanceof OperationMethodBinding operation
                ? new Operation.Fhir(operation.getName(), type).toString()
                : new Operation.Fhir(binding.getRestOperationType().getCode(), type).toString();
    }

    @Test
    void everyRouteHasARowAndEveryRowARoute() {
        var routes = new TreeSet<String>();
        for (var mapping : GATEWAY.context()
                .getBeansOfType(RequestMappingHandlerMapping.class)
                .values()) {
            mapping.getHandlerMethods().keySet().forEach(info -> {
                Set<String> methods = info.getMethodsCondition().getMethods().isEmpty()
                        ? Set.of("*")
                        : info.getMethodsCondition().getMethods().stream()
                                .map(Enum::name)
                                .collect(Collectors.toSet());
                methods.forEach(
                        method -> info.getPatternValues().forEach(pattern -> routes.add(method + " " + pattern)));
            });
        }
        for (var mapping :
                GATEWAY.context().getBeansOfType(SimpleUrlHandlerMapping.class).values()) {
            mapping.getUrlMap().keySet().forEach(pattern -> routes.add("GET " + pattern));
        }
        // the actuator maps these by itself
        routes.addAll(List.of("GET /livez", "GET /readyz"));
        // filters answer these, in mode external
        routes.addAll(List.of("GET /login/with/{provider}", "GET /login/from/{provider}"));

        assertThat(routes).containsExactlyInAnyOrderElementsOf(rows(Operation.Route.class));
    }

    private static List<String> rows(Class<? extends Operation> kind) {
        return Policy.all().stream()
                .map(Rule::operation)
                .filter(kind::isInstance)
                .map(Object::toString)
                .distinct()
                .toList();
    }

    /** The table is written by this test: run it with {@code -Dtest.write=true} after a change of the policy. */
    @Test
    void theDocumentHoldsThePolicy() throws IOException {
        var text = Files.readString(DOCUMENT);
        var begin = "<!-- policy:begin -->\n";
        var end = "<!-- policy:end -->";
        var table = table();
        if (Boolean.getBoolean("test.write")) {
            text = text.substring(0, text.indexOf(begin) + begin.length()) + table + text.substring(text.indexOf(end));
            Files.writeString(DOCUMENT, text);
        }

        assertThat(text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end)))
                .isEqualTo(table);
    }

    private static String table() {
        var lines = new ArrayList<String>(List.of("| What | For | Who |", "|---|---|---|"));
        Policy.all()
                .forEach(rule ->
                        lines.add("| `" + rule.operation() + "` | " + rule.purpose() + " | " + rule.allowed() + " |"));
        return String.join("\n", lines) + "\n";
    }
}
