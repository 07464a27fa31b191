package org.referralgateway.clinical.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must not wait: {@code red_flags.csv}. A row is a code, words, or {@code screening}: then a hold of that item of the
 * screening table is the flag. Source: the clinic's reference notes, section 6, {@code emergency-redirect}.
 */
public final class RedFlagTable {

    private static final String WORDS = "words";
    private static final String SCREENING = "screening";
    private static final List<String> MATCHES = List.of("exact", "hold", "phrase", "subtree");

    private final Map<String, Map<String, Flag>> exact = new HashMap<>();
    private final Map<String, Map<String, Flag>> subtrees = new HashMap<>();
    private final Map<String, String> byItem = new HashMap<>();
    private final Phrases<Flag> words = new Phrases<>();

    /**
     * @param name for example {@code cauda-equina}
     * @param newWithinDays a diagnosis that began longer ago is no news; absent where it always counts
     */
    public record Flag(String name, @Nullable Integer newWithinDays) {}

    RedFlagTable(TableFile file, ScreeningTable screening) {
        var keys = new TableFile.Keys();
        file.rows().forEach(row -> add(row, keys, screening));
    }

    private void add(TableFile.Row row, TableFile.Keys keys, ScreeningTable screening) {
        var name = row.required("flag");
        var system = row.required("system");
        var match = row.oneOf("match", MATCHES);
        var code = row.required("code");
        var days = row.number("new_within_days");
        row.required("source");
        row.required("verified");
        var url = CodeSystems.urlOf(system);
        if (url == null && !system.equals(WORDS) && !system.equals(SCREENING) && !system.isEmpty()) {
            row.wrong("system", "must be words, screening, or a code system the gateway knows: SNOMED CT, ICD-10-CM");
        }
        if (system.equals(SCREENING) && !code.isEmpty() && !screening.items().contains(code)) {
            row.wrong("code", "is no item of screening.csv");
        }
        if (match.equals("subtree") && url != null && !CodeSystems.isIcd(url)) {
            row.wrong("match", "subtree is for ICD codes; use exact");
        }
        if (row.isFaulty() || !keys.isNew(row, "code", system + " " + code)) {
            return;
        }
        var flag = new Flag(name, days == null ? null : days.intValue());
        switch (system) {
            case WORDS -> TableFile.words(code).forEach(phrase -> phrase(phrase, flag, row));
            case SCREENING -> byItem.put(code, name);
            default ->
                (match.equals("subtree") ? subtrees : exact)
                        .computeIfAbsent(
                                CodeSystems.isIcd(url) ? CodeSystems.ICD_10_CM : String.valueOf(url),
                                any -> new HashMap<>())
                        .put(normalised(code), flag);
        }
    }

    private void phrase(String phrase, Flag flag, TableFile.Row row) {
        var mistake = Phrases.mistakeIn(phrase);
        if (mistake == null) {
            words.add(phrase, flag);
        } else {
            row.wrong("code", mistake);
        }
    }

    /** The flag of a diagnosis; of several rows the longest code. */
    public @Nullable Flag flag(@Nullable String system, String code) {
        var known = CodeSystems.canonical(system);
        var table = CodeSystems.isIcd(known) || CodeSystems.looksLikeIcd(code) ? CodeSystems.ICD_10_CM : known;
        if (table == null) {
            return null;
        }
        var normalised = normalised(code);
        var hit = exact.getOrDefault(table, Map.of()).get(normalised);
        var trees = subtrees.getOrDefault(table, Map.of());
        for (int length = normalised.length(); hit == null && length >= 3 && !trees.isEmpty(); length--) {
            hit = trees.get(normalised.substring(0, length));
        }
        return hit;
    }

    /** The flag that a hold of a screening item is; absent where it is none. */
    public @Nullable String flagOfHold(String item) {
        return byItem.get(item);
    }

    public Phrases<Flag> words() {
        return words;
    }

    /** Names of all flags, for those who list them. */
    public List<String> names() {
        var names = new java.util.TreeSet<>(byItem.values());
        exact.values().forEach(flags -> flags.values().forEach(flag -> names.add(flag.name())));
        subtrees.values().forEach(flags -> flags.values().forEach(flag -> names.add(flag.name())));
        return new ArrayList<>(names);
    }

    private static String normalised(String code) {
        return CodeSystems.normalised(CodeSystems.ICD_10, code);
    }
}
