package org.referralgateway.clinical.tables;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which condition groups there are: {@code condition_groups.csv}. A group that is not in it is a mistake elsewhere. */
final class ConditionGroups {

    private final Set<String> names = new LinkedHashSet<>();

    ConditionGroups(TableFile file) {
        var keys = new TableFile.Keys();
        file.rows().forEach(row -> {
            var name = row.required("group");
            row.oneOf("kind", List.of("indication", "feature"));
            row.required("verified");
            if (!row.isFaulty() && keys.isNew(row, "group", name)) {
                names.add(name);
            }
        });
    }

    /** Notes it where the value of the column is no known group. */
    String group(TableFile.Row row, String column) {
        var name = row.required(column);
        if (!name.isEmpty() && !names.isEmpty() && !names.contains(name)) {
            row.wrong(
                    column,
                    "is no condition group; use one of " + String.join(", ", names)
                            + ", or add a row to condition_groups.csv");
        }
        return name;
    }

    Set<String> names() {
        return Collections.unmodifiableSet(names);
    }
}
