package org.referralgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** The table of settings in the documentation is the one in the code: every name, every default. */
class SettingsTest {

    private static final Path TABLE = Path.of("../deploy/docs/configuration.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `(referral\\.[a-z.-]+)` \\| (`[^`]*`|\\(none\\)) \\| .+ \\|");

    @Test
    void everySettingIsDocumentedWithItsDefault() throws IOException, ClassNotFoundException {
        assertThat(documented()).containsExactlyInAnyOrderElementsOf(inCode());
    }

    private static List<String> documented() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .map(ROW::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(row -> row.group(1) + "=" + row.group(2).replace("`", ""))
                .toList();
    }

    private static List<String> inCode() throws ClassNotFoundException {
        var settings = new ArrayList<String>();
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        for (var candidate : scanner.findCandidateComponents("org.referralgateway")) {
            var type = Class.forName(candidate.getBeanClassName());
            var prefix = type.getAnnotation(ConfigurationProperties.class).value();
            for (var component : type.getRecordComponents()) {
                settings.add(prefix + "." + kebab(component.getName()) + "=" + defaultOf(type, component.getName()));
            }
        }
        settings.addAll(fromValues());
        return settings;
    }

    private static String kebab(String name) {
        return ConfigurationPropertyName.adapt(
                        name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT), '.')
                .toString();
    }

    private static String defaultOf(Class<?> type, String name) {
        for (var parameter : type.getDeclaredConstructors()[0].getParameters()) {
            if (parameter.getName().equals(name)) {
                var value = parameter.getAnnotation(DefaultValue.class);
                return value == null ? "(none)" : String.join(",", value.value());
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** Settings that a constructor or bean method takes by {@code @Value}. */
    private static List<String> fromValues() throws ClassNotFoundException {
        var settings = new ArrayList<String>();
        var scanner = new ClassPathScanningCandidateComponentProvider(true);
        for (var candidate : scanner.findCandidateComponents("org.referralgateway.api")) {
            var type = Class.forName(candidate.getBeanClassName());
            var parameters = new ArrayList<java.lang.reflect.Parameter>();
            Arrays.stream(type.getDeclaredConstructors()).forEach(c -> parameters.addAll(List.of(c.getParameters())));
            Arrays.stream(type.getDeclaredMethods()).forEach(m -> parameters.addAll(List.of(m.getParameters())));
            for (var parameter : parameters) {
                var value = parameter.getAnnotation(Value.class);
                if (value != null && value.value().startsWith("${referral.")) {
                    settings.add(value.value().replaceAll("^\\$\\{|}$", "").replaceFirst(":", "="));
                }
            }
        }
        return settings;
    }
}
