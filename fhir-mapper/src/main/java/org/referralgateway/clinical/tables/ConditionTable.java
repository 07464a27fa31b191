package org.referralgateway.clinical.tables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which condition group a diagnosis belongs to: {@code conditions.csv} for codes, {@code condition_words.csv} for text. For
 * ICD codes {@code subtree} means the code and every code that starts with it, dots ignored, and the longer row wins; for
 * SNOMED CT a hierarchy would be needed, so a subtree row counts as exact. Germany's codes without a row of their own are those of
 * the WHO. Source: the clinic's reference notes, section 9.
 */
public final class ConditionTable {

    private static final List<String> MATCHES = List.of("exact", "subtree");
    private static final List<String> EVIDENCE = List.of("diagnostic", "supporting", "context");
    private static final Pattern ICD_CODE = Pattern.compile("[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}");

    /** The WHO's chapter XIII adds a fifth character to any code: M79.70 is M79.7 of several sites. */
    private static final Pattern WITH_SITE = Pattern.compile("M[0-9]{4}");

    private final Map<Key, Group> exact = new HashMap<>();
    private final Map<Key, Group> subtrees = new HashMap<>();
    private final WordFinder<Group> words = new WordFinder<>();

    private record Key(String system, String code) {}

    /**
     * @param name for example {@code phantom-limb-pain}
     * @param subgroup for example {@code cranial-neuralgia}; absent where the row names none
     * @param evidence {@code diagnostic}, {@code supporting} or {@code context}
     */
    public record Group(String name, @Nullable String subgroup, String evidence) {}

    private final Set<String> groups;

    ConditionTable(ConditionGroups groups, TableFile codes, TableFile phrases) {
        this.groups = groups.names();
        var keys = new TableFile.Keys();
        codes.rows().forEach(row -> code(groups, keys, row));
        var wordKeys = new TableFile.Keys();
        phrases.rows().forEach(row -> phrase(groups, wordKeys, row));
    }

    private void code(ConditionGroups groups, TableFile.Keys keys, TableFile.Row row) {
        var system = CodeSystems.urlOf(row.required("system"));
        if (system == null) {
            row.wrong(
                    "system",
                    "is no code system the gateway knows; use SNOMED CT, ICD-10-CM, ICD-10, ICD-10-GM or ATC");
            system = "";
        }
        var group = group(groups, "category", row);
        var code = CodeSystems.normalised(system, row.required("code"));
        boolean subtree = row.oneOf("match", MATCHES).equals("subtree");
        if (CodeSystems.isIcd(system)
                && !code.isEmpty()
                && !ICD_CODE.matcher(code).matches()) {
            row.wrong("code", "is no ICD code; write for example G90.5, with three to seven letters and digits");
        } else if (CodeSystems.SNOMED_CT.equals(system) && !code.isEmpty() && !CodeSystems.isSnomed(code)) {
            row.wrong("code", "is no SNOMED CT code, its check digit is wrong; look it up again");
        }
        row.required("verified");
        var key = new Key(system, code);
        if (!row.isFaulty() && keys.isNew(row, "code", key)) {
            if (isTree(system) && subtree) {
                subtrees.put(key, group);
            } else {
                exact.put(key, group);
            }
        }
    }

    private void phrase(ConditionGroups groups, TableFile.Keys keys, TableFile.Row row) {
        var group = group(groups, "group", row);
        var phrases = TableFile.words(row.required("words"));
        row.required("verified");
        for (var phrase : phrases) {
            var mistake = WordFinder.mistakeIn(phrase);
            if (mistake != null) {
                row.wrong("words", mistake);
            } else if (!row.isFaulty() && keys.isNew(row, "words", phrase)) {
                words.add(phrase, group);
            }
        }
    }

    private static Group group(ConditionGroups groups, String column, TableFile.Row row) {
        var subgroup = row.optional("subgroup");
        return new Group(
                groups.group(row, column), subgroup.isEmpty() ? null : subgroup, row.oneOf("evidence", EVIDENCE));
    }

    /**
     * @param code dots are ignored in ICD codes
     */
    public Optional<Group> group(@Nullable String system, String code) {
        var known = CodeSystems.canonical(system);
        if (known == null) {
            return Optional.empty();
        }
        var own = groupIn(known, code);
        return own.isEmpty() && known.equals(CodeSystems.ICD_10_GM) ? groupIn(CodeSystems.ICD_10, code) : own;
    }

    private Optional<Group> groupIn(String system, String code) {
        var normalised = CodeSystems.normalised(system, code);
        var hit = exact.get(new Key(system, normalised));
        if (hit == null && WITH_SITE.matcher(normalised).matches() && !system.equals(CodeSystems.ICD_10_CM)) {
            hit = exact.get(new Key(system, normalised.substring(0, 4)));
        }
        if (hit != null) {
            return Optional.of(hit);
        }
        for (int length = normalised.length(); isTree(system) && length >= 3; length--) {
            var above = subtrees.get(new Key(system, normalised.substring(0, length)));
            if (above != null) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    /** Codes that say in themselves what they are below. */
    private static boolean isTree(String system) {
        return CodeSystems.isIcd(system) || CodeSystems.ATC.equals(system);
    }

    /** What a text names, in its order; what is negated or about the family as well, marked so. */
    public List<WordFinder.Hit<Group>> named(String text) {
        return words.in(text);
    }

    /** Every group there is. */
    public Set<String> groups() {
        return groups;
    }
}
