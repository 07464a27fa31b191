package org.referralgateway.clinical.tables;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which drug and class a medication is: {@code medications.csv} by ingredient, {@code medication_products.csv} by RxNorm
 * product, {@code medication_aliases.csv} by further codes and names; ATC in its old and new codes; else a name of the drug,
 * or a brand of one of its products, as words of a text. Source: the clinic's reference notes, section 3.
 */
public final class MedicationTable {

    private static final List<String> LINE_CLASSES = List.of("antidepressant", "anti-epileptic", "opioid", "none");
    private static final List<String> COUNTS = List.of("yes", "review", "no");
    private static final Pattern ATC = Pattern.compile("[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}");
    private static final Pattern RXNORM = Pattern.compile("[1-9][0-9]{0,7}");
    private static final Pattern TARGET = Pattern.compile("([0-9.]+)-([0-9.]+) mg\\b.*");
    private static final Pattern BRAND = Pattern.compile("\\[([A-Za-z][A-Za-z -]{3,30})]$");

    private final Map<String, Drug> drugs = new HashMap<>();
    private final Map<String, Product> byRxNorm = new HashMap<>();
    private final Map<String, Product> byAtc = new HashMap<>();
    private final Map<String, Product> bySnomed = new HashMap<>();
    private final WordFinder<Product> byName = new WordFinder<>();

    /**
     * @param name ingredient, for example {@code gabapentin}
     * @param drugClass for example {@code gabapentinoid}
     * @param lineClass {@code antidepressant}, {@code anti-epileptic}, {@code opioid} or {@code none}
     * @param line of the NeuPSIG recommendations of 2025, such as {@code first}
     * @param target mg a day from which a trial counts as dosed; absent where the table names none
     */
    public record Drug(
            String name,
            String drugClass,
            String lineClass,
            String line,
            @Nullable BigDecimal target) {}

    /**
     * A drug as it is sold.
     *
     * @param counts {@code yes}, {@code review} where a person has to look what it was for, or {@code no}
     * @param strength of one piece; absent where a code stands for every strength
     */
    public record Product(
            Drug drug, String counts, @Nullable Strength strength) {
        Product withoutStrength() {
            return new Product(drug, counts, null);
        }
    }

    MedicationTable(TableFile ingredients, TableFile products, TableFile aliases) {
        var keys = new TableFile.Keys();
        var toReview = withoutAProductThatCounts(products);
        ingredients.rows().forEach(row -> ingredient(keys, toReview, row));
        var productKeys = new TableFile.Keys();
        var brands = new HashSet<String>();
        products.rows().forEach(row -> product(productKeys, brands, row));
        var aliasKeys = new TableFile.Keys();
        aliases.rows().forEach(row -> alias(aliasKeys, row));
    }

    /** Drugs whose products are all to be looked at, such as methadone: then so is a code that names no product. */
    private static Set<String> withoutAProductThatCounts(TableFile products) {
        var sold = new HashSet<String>();
        var counting = new HashSet<String>();
        products.rows().forEach(row -> {
            sold.add(row.optional("drug"));
            if (row.optional("counts_toward_trial").equals("yes")) {
                counting.add(row.optional("drug"));
            }
        });
        sold.removeAll(counting);
        return sold;
    }

    private void ingredient(TableFile.Keys keys, Set<String> toReview, TableFile.Row row) {
        var target = TARGET.matcher(row.optional("neupsig_2015_total_daily_dose"));
        var drug = new Drug(
                row.required("drug"),
                row.required("class"),
                row.oneOf("first_line_class", LINE_CLASSES),
                row.required("neupsig_2025_line"),
                target.matches() ? new BigDecimal(target.group(1)) : null);
        row.required("verified");
        var product = new Product(drug, toReview.contains(drug.name()) ? "review" : "yes", null);
        put(keys, row, "rxnorm_ingredient", RXNORM, byRxNorm, product);
        put(keys, row, "atc", ATC, byAtc, product);
        put(keys, row, "atc_legacy", ATC, byAtc, product);
        if (!row.isFaulty() && keys.isNew(row, "drug", drug.name())) {
            drugs.put(drug.name(), drug);
            byName.add(drug.name(), product);
        }
    }

    private static void put(
            TableFile.Keys keys,
            TableFile.Row row,
            String column,
            Pattern form,
            Map<String, Product> map,
            Product product) {
        var code = row.optional(column);
        if (code.isEmpty()) {
            return;
        }
        if (!form.matcher(code).matches()) {
            row.wrong(column, "is no such code; write one code, for example 704 for RxNorm or N06AA09 for ATC");
        } else if (keys.isNew(row, column, column.substring(0, 3) + code)) {
            map.put(code, product);
        }
    }

    /** Of several rows for one product the drug counts whose name comes first in the product's own. */
    private void product(TableFile.Keys keys, Set<String> brands, TableFile.Row row) {
        var code = row.required("rxcui");
        var name = row.required("name");
        var drug = drug(row);
        var drugClass = row.required("class");
        var lineClass = row.oneOf("first_line_class", LINE_CLASSES);
        var counts = row.oneOf("counts_toward_trial", COUNTS);
        row.required("verified");
        if (!code.isEmpty() && !RXNORM.matcher(code).matches()) {
            row.wrong("rxcui", "is no RxNorm code; write its digits");
        }
        if (drug == null || row.isFaulty() || !keys.isNew(row, "rxcui", List.of(code, drug.name()))) {
            return;
        }
        var own = new Drug(drug.name(), drugClass, lineClass, drug.line(), drug.target());
        var product = new Product(own, counts, Strength.of(drug.name(), name));
        var other = byRxNorm.get(code);
        if (other == null
                || position(name, drug.name()) < position(name, other.drug().name())) {
            byRxNorm.put(code, product);
        }
        var brand = BRAND.matcher(name);
        if (brand.find() && brands.add(brand.group(1).toLowerCase(Locale.ROOT))) {
            byName.add(brand.group(1), product.withoutStrength());
        }
    }

    private @Nullable Drug drug(TableFile.Row row) {
        var name = row.required("drug");
        var drug = drugs.get(name);
        if (drug == null && !name.isEmpty()) {
            row.wrong("drug", "is not in medications.csv; add it there or use a name that is");
        }
        return drug;
    }

    private static int position(String product, String drug) {
        int at = product.toLowerCase(Locale.ROOT).indexOf(drug);
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    private void alias(TableFile.Keys keys, TableFile.Row row) {
        var system = row.oneOf("system", List.of("name", "ATC", "SNOMED CT", "RxNorm"));
        var code = row.required("code");
        var drug = drug(row);
        var counts = row.oneOf("counts_toward_trial", COUNTS);
        row.required("verified");
        if (system.equals("SNOMED CT") && !code.isEmpty() && !CodeSystems.isSnomed(code)) {
            row.wrong("code", "is no SNOMED CT code, its check digit is wrong; look it up again");
        }
        var mistake = system.equals("name") ? WordFinder.mistakeIn(code) : null;
        if (mistake != null) {
            row.wrong("code", mistake);
        }
        if (drug == null || row.isFaulty() || !keys.isNew(row, "code", List.of(system, code))) {
            return;
        }
        var product = new Product(drug, counts, null);
        switch (system) {
            case "name" -> byName.add(code, product);
            case "ATC" -> byAtc.put(code, product);
            case "RxNorm" -> byRxNorm.put(code, product);
            default -> bySnomed.put(code, product);
        }
    }

    /** The drug that a code stands for. */
    public Optional<Product> byCode(@Nullable String system, String code) {
        var known = CodeSystems.canonical(system);
        if (known == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (known) {
                    case CodeSystems.RXNORM -> byRxNorm.get(code);
                    case CodeSystems.ATC -> byAtc.get(code);
                    case CodeSystems.SNOMED_CT -> bySnomed.get(code);
                    default -> null;
                });
    }

    /** The drug that a text names first. */
    public Optional<Product> byText(String text) {
        var hits = byName.in(text);
        return hits.isEmpty() ? Optional.empty() : Optional.of(hits.getFirst().value());
    }

    /** The drug that a text names first and does not deny: "no known allergy to duloxetine" names none. */
    public Optional<Product> statedIn(String text) {
        return byName.in(text).stream()
                .filter(WordFinder.Hit::isAsserted)
                .findFirst()
                .map(WordFinder.Hit::value);
    }

    /** Every drug that a text names, in its order. */
    public List<Drug> allIn(String text) {
        var found = new ArrayList<Drug>();
        for (var hit : byName.in(text)) {
            if (!found.contains(hit.value().drug())) {
                found.add(hit.value().drug());
            }
        }
        return found;
    }

    /** A drug by the name that the table gives it. */
    public Optional<Drug> named(@Nullable String drug) {
        return Optional.ofNullable(drug == null ? null : drugs.get(drug));
    }

    /** True where it is the name of a drug or of a class. */
    public boolean knows(String drugOrClass) {
        return drugs.containsKey(drugOrClass)
                || drugs.values().stream().anyMatch(drug -> drug.drugClass().equals(drugOrClass));
    }
}
