package org.referralgateway.clinical.tables;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Elements that carry no content for a clinic, each with the reason why: {@code elements_without_content.csv}. */
public final class ElementTable {

    private static final String ANY = "*";

    private final Map<String, Set<String>> elements = new HashMap<>();

    ElementTable(TableFile file) {
        file.rows().forEach(this::add);
    }

    private void add(TableFile.Row row) {
        row.required("reason");
        for (var resource : row.required("resources").split(" +", -1)) {
            var names = elements.computeIfAbsent(resource, type -> new HashSet<>());
            names.addAll(Set.of(row.required("elements").split(" +", -1)));
        }
    }

    /**
     * @param element as FHIRPath names it, so {@code onset} and not {@code onsetDateTime}
     */
    public boolean hasNoContent(String resource, String element) {
        var ofType = elements.getOrDefault(resource, Set.of());
        return ofType.contains(element)
                || ofType.contains(ANY)
                || elements.getOrDefault(ANY, Set.of()).contains(element);
    }
}
