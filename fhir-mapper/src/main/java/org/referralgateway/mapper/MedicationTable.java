package org.referralgateway.mapper;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Concept;

/**
 * Which drug and class a medication is: {@code medications.csv} by ingredient, {@code medication_products.csv} by RxNorm
 * product; ATC in its old and new codes; else the drug's name as a word of the text. Source: the clinic's reference notes,
 * section 3.
 */
final class MedicationTable {

    private final Map<String, Drug> byRxNorm = new HashMap<>();
    private final Map<String, Drug> byAtc = new HashMap<>();
    private final Map<String, Drug> byName = new HashMap<>();

    /**
     * @param name ingredient, for example {@code gabapentin}
     * @param drugClass for example {@code gabapentinoid}
     */
    record Drug(String name, String drugClass) {}

    static MedicationTable load(@Nullable Path folder) {
        var table = new MedicationTable();
        TableFile.read(folder, "medications.csv").rows().forEach(table::ingredient);
        TableFile.read(folder, "medication_products.csv").rows().forEach(table::product);
        return table;
    }

    private void ingredient(TableFile.Row row) {
        var drug = new Drug(row.required("drug"), row.required("class"));
        byName.put(drug.name().toLowerCase(Locale.ROOT), drug);
        put(byRxNorm, row.optional("rxnorm_ingredient"), drug);
        put(byAtc, row.optional("atc"), drug);
        put(byAtc, row.optional("atc_legacy"), drug);
        row.required("verified");
    }

    private void product(TableFile.Row row) {
        put(byRxNorm, row.required("rxcui"), new Drug(row.required("drug"), row.required("class")));
    }

    private static void put(Map<String, Drug> map, String codes, Drug drug) {
        for (var code : codes.split("[ ;/|]+")) {
            if (!code.isBlank()) {
                map.putIfAbsent(code, drug);
            }
        }
    }

    Optional<Drug> drug(Concept medication) {
        for (var code : medication.codes()) {
            var drug = CodeSystems.RXNORM.equals(code.system())
                    ? byRxNorm.get(code.code())
                    : CodeSystems.ATC.equals(code.system()) ? byAtc.get(code.code()) : null;
            if (drug != null) {
                return Optional.of(drug);
            }
        }
        return byWords(medication.label());
    }

    private Optional<Drug> byWords(String text) {
        for (var word : text.toLowerCase(Locale.ROOT).split("[^a-z-]+")) {
            var drug = byName.get(word);
            if (drug != null) {
                return Optional.of(drug);
            }
        }
        return Optional.empty();
    }
}
