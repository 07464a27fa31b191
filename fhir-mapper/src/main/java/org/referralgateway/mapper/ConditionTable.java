package org.referralgateway.mapper;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which condition group a diagnosis code belongs to: {@code conditions.csv}. For ICD codes {@code subtree} means the code
 * and every code that starts with it, dots ignored, and the longer row wins; for SNOMED CT a hierarchy would be needed, so
 * a subtree row counts as exact. Source: the clinic's reference notes, section 9.
 */
final class ConditionTable {

    private static final Set<String> ICD = Set.of(CodeSystems.ICD_10_CM, CodeSystems.ICD_10);
    private static final Set<String> MATCHES = Set.of("exact", "subtree");
    private static final Set<String> EVIDENCE = Set.of("diagnostic", "supporting", "context");

    private final Map<Key, Group> exact = new HashMap<>();
    private final Map<Key, Group> subtrees = new HashMap<>();

    private record Key(String system, String code) {}

    /**
     * @param name for example {@code phantom-limb-pain}
     * @param evidence {@code diagnostic}, {@code supporting} or {@code context}
     */
    record Group(String name, String evidence) {}

    static ConditionTable load(@Nullable Path folder) {
        var table = new ConditionTable();
        TableFile.read(folder, "conditions.csv").rows().forEach(table::add);
        return table;
    }

    private void add(TableFile.Row row) {
        var system = CodeSystems.urlOf(row.required("system"));
        if (system == null) {
            throw row.wrong("system", "is no code system the gateway knows; use SNOMED CT, ICD-10-CM or ICD-10");
        }
        var evidence = row.required("evidence");
        if (!EVIDENCE.contains(evidence)) {
            throw row.wrong("evidence", "must be one of diagnostic, supporting, context");
        }
        var key = new Key(system, normalised(system, row.required("code")));
        var group = new Group(row.required("category"), evidence);
        var match = row.required("match");
        if (!MATCHES.contains(match)) {
            throw row.wrong("match", "must be exact or subtree");
        }
        boolean subtree = match.equals("subtree") && ICD.contains(system);
        (subtree ? subtrees : exact).putIfAbsent(key, group);
        row.required("verified");
    }

    Optional<Group> group(@Nullable String system, String code) {
        if (system == null) {
            return Optional.empty();
        }
        var normalised = normalised(system, code);
        var hit = exact.get(new Key(system, normalised));
        if (hit != null) {
            return Optional.of(hit);
        }
        for (int length = normalised.length(); ICD.contains(system) && length >= 3; length--) {
            var above = subtrees.get(new Key(system, normalised.substring(0, length)));
            if (above != null) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    private static String normalised(String system, String code) {
        return ICD.contains(system) ? code.replace(".", "").toUpperCase(java.util.Locale.ROOT) : code;
    }
}
