package org.referralgateway.clinical.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a clinician must look at before treatment: {@code screening.csv} by code, {@code screening_words.csv} by words. ICD rows
 * with {@code subtree} stand for every code that begins so, and the longest row of an item wins; WHO and national ICD-10 codes
 * are looked up among the rows of ICD-10-CM, for a danger under a neighbour's code is still one. Source: the clinic's
 * reference notes, sections 5 and 9.
 */
public final class ScreeningTable {

    private static final List<String> MATCHES = List.of("computed", "exact", "ingredient", "subtree");
    private static final List<String> SEVERITIES = List.of("absolute", "information", "relative");
    private static final List<String> STATEMENTS = List.of("absolute", "information", "none", "recent", "relative");
    private static final List<String> PLACES = List.of("any", "diagnosis", "drug");

    private final Set<String> items = new LinkedHashSet<>();
    private final Map<String, Map<String, List<Row>>> exact = new HashMap<>();
    private final Map<String, Map<String, List<Row>>> subtrees = new HashMap<>();
    private final Phrases<Row> drugs = new Phrases<>();
    private final Phrases<Row> anywhere = new Phrases<>();
    private final Phrases<Row> diagnoses = new Phrases<>();

    /** What a row asks for. */
    public enum Severity {
        /** A hold. */
        ABSOLUTE,
        /** A review. */
        RELATIVE,
        /** A hold where it began lately, else a review, such as an infarction. */
        RECENT,
        /** To know. */
        INFORMATION,
        /** Words that say there is nothing, such as "postmenopausal" of pregnancy. */
        NONE
    }

    /**
     * @param item for example {@code pregnancy}
     * @param code by which it was found; absent for words
     */
    public record Row(
            String item, Severity severity, @Nullable String code) {}

    ScreeningTable(TableFile codes, TableFile words) {
        var keys = new TableFile.Keys();
        codes.rows().forEach(row -> code(row, keys));
        var phrases = new TableFile.Keys();
        words.rows().forEach(row -> words(row, phrases));
    }

    private void code(TableFile.Row row, TableFile.Keys keys) {
        var item = row.required("item");
        var name = row.required("system");
        var match = row.oneOf("match", MATCHES);
        var severity = row.oneOf("severity", SEVERITIES);
        var written = row.required("code");
        row.required("verified");
        var system = CodeSystems.urlOf(name);
        if (system == null && !name.isEmpty() && !match.equals("computed")) {
            row.wrong(
                    "system",
                    "is no code system the gateway knows; use SNOMED CT, ICD-10-CM, ICD-10, ICD-10-GM, LOINC, RxNorm or ATC");
        }
        if (match.equals("subtree") && system != null && !isTree(system)) {
            row.wrong(
                    "match", "subtree is for codes that say in themselves what they are below: ICD and ATC; use exact");
        }
        if (!row.isFaulty() && keys.isNew(row, "code", item + " " + name + " " + written)) {
            items.add(item);
            if (system != null) {
                var table = CodeSystems.isIcd(system) ? CodeSystems.ICD_10_CM : system;
                var code = normalised(table, written);
                var known = new Row(item, severity(severity), written);
                (match.equals("subtree") ? subtrees : exact)
                        .computeIfAbsent(table, any -> new HashMap<>())
                        .computeIfAbsent(code, any -> new ArrayList<>())
                        .add(known);
                if (match.equals("ingredient")) {
                    drugs.add(row.required("display"), known);
                }
            }
        }
    }

    private void words(TableFile.Row row, TableFile.Keys keys) {
        var item = row.required("item");
        var severity = row.oneOf("severity", STATEMENTS);
        var place = row.oneOf("in", PLACES);
        var words = row.required("words");
        row.required("source");
        if (!items.contains(item) && !item.isEmpty()) {
            row.wrong("item", "is no item of screening.csv; use one of " + String.join(", ", items));
        }
        if (row.isFaulty()) {
            return;
        }
        var known = new Row(item, severity(severity), null);
        for (var phrase : TableFile.words(words)) {
            var mistake = Phrases.mistakeIn(phrase);
            if (mistake != null) {
                row.wrong("words", mistake);
            } else if (keys.isNew(row, "words", item + " " + place + " " + phrase)) {
                place(place).add(phrase, known);
            }
        }
    }

    private Phrases<Row> place(String name) {
        return switch (name) {
            case "drug" -> drugs;
            case "diagnosis" -> diagnoses;
            default -> anywhere;
        };
    }

    private static Severity severity(String word) {
        return Severity.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The items, in the order of the table. */
    public Set<String> items() {
        return items;
    }

    /** Rows of a diagnosis: of each item the one with the longest code. */
    public List<Row> rows(@Nullable String system, String code) {
        var table = table(system, code);
        if (table == null) {
            return List.of();
        }
        var normalised = normalised(table, code);
        var hits = exact.getOrDefault(table, Map.of()).getOrDefault(normalised, List.of());
        if (!isTree(table)) {
            return hits;
        }
        List<Row> found = new ArrayList<>(hits);
        var trees = subtrees.getOrDefault(table, Map.of());
        for (int length = normalised.length(); length >= 3; length--) {
            for (var row : trees.getOrDefault(normalised.substring(0, length), List.of())) {
                if (found.stream().noneMatch(other -> other.item().equals(row.item()))) {
                    found.add(row);
                }
            }
        }
        return found;
    }

    /** A code of a system that nobody knows still counts where it is written as those of ICD-10 or SNOMED CT are. */
    private static @Nullable String table(@Nullable String system, String code) {
        var known = CodeSystems.canonical(system);
        if (CodeSystems.isIcd(known)) {
            return CodeSystems.ICD_10_CM;
        }
        if (known != null && CodeSystems.isKnown(known)) {
            return known;
        }
        return CodeSystems.looksLikeIcd(code)
                ? CodeSystems.ICD_10_CM
                : CodeSystems.isSnomed(code) ? CodeSystems.SNOMED_CT : null;
    }

    /** Drugs by the names that a label has. */
    public Phrases<Row> drugs() {
        return drugs;
    }

    /** Words that say something wherever they stand. */
    public Phrases<Row> words() {
        return anywhere;
    }

    /** Words that say something only as a diagnosis, where nothing else stands around them. */
    public Phrases<Row> diagnoses() {
        return diagnoses;
    }

    private static boolean isTree(String system) {
        return CodeSystems.isIcd(system) || system.equals(CodeSystems.ATC);
    }

    private static String normalised(String system, String code) {
        return system.equals(CodeSystems.ATC)
                ? code.strip().toUpperCase(Locale.ROOT)
                : CodeSystems.normalised(system, code);
    }
}
