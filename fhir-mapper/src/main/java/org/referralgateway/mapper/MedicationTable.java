package org.referralgateway.mapper;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Code;
import org.referralgateway.mapper.Referral.Concept;

/**
 * Which drug and class a medication is: {@code medications.csv} by ingredient, {@code medication_products.csv} by RxNorm
 * product; ATC in its old and new codes; else the drug's name as a word of the text. Source: the clinic's reference notes,
 * section 3.
 */
final class MedicationTable {

    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z-]+");

    private final Map<String, Drug> byRxNorm = new HashMap<>();
    private final Map<String, Drug> byAtc = new HashMap<>();
    private final Map<String, Drug> byName = new LinkedHashMap<>();

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
        byName.put(words(drug.name()), drug);
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
        return Stream.concat(
                        Stream.ofNullable(medication.text()),
                        medication.codes().stream().map(Code::display).filter(Objects::nonNull))
                .map(this::byWords)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The name that comes first in the text; of several that begin there, the longest. */
    private Optional<Drug> byWords(String text) {
        var words = words(text);
        return byName.keySet().stream()
                .filter(words::contains)
                .min(Comparator.comparingInt((String name) -> words.indexOf(name))
                        .thenComparing(Comparator.comparingInt(String::length).reversed()))
                .map(byName::get);
    }

    /** The words of a text, each between single spaces. */
    private static String words(String text) {
        return NO_LETTERS.matcher(" " + text.toLowerCase(Locale.ROOT) + " ").replaceAll(" ");
    }
}
