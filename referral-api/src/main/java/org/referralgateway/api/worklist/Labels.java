package org.referralgateway.api.worklist;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What people call our codes: {@code pages/labels.yaml}. Templates say {@code @labels}. */
@Component("labels")
class Labels {

    private static final String FILE = "pages/labels.yaml";

    private final Map<String, Map<String, String>> kinds = new LinkedHashMap<>();

    Labels() throws IOException {
        try (InputStream file = new ClassPathResource(FILE).getInputStream()) {
            Map<String, Map<Object, Object>> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            read.forEach((kind, rows) -> {
                var labels = new LinkedHashMap<String, String>();
                rows.forEach((code, label) -> labels.put(String.valueOf(code), String.valueOf(label)));
                kinds.put(kind, labels);
            });
        }
    }

    /** The label of a code; a code without one with its hyphens made spaces. */
    public String of(String kind, @Nullable String code) {
        if (code == null) {
            return "";
        }
        var label = all(kind).get(code);
        return label == null ? spelledOut(code) : label;
    }

    /** The labels of several codes in one sentence. */
    public String list(String kind, List<String> codes) {
        return codes.stream().map(code -> of(kind, code)).collect(Collectors.joining(", "));
    }

    /** All codes of a kind with their labels, in the order of the file. */
    public Map<String, String> all(String kind) {
        return kinds.getOrDefault(kind, Map.of());
    }

    private static String spelledOut(String code) {
        var words = code.replace('-', ' ');
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
