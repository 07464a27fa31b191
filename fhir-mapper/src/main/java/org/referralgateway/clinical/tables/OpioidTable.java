package org.referralgateway.clinical.tables;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Factors from a dose of an opioid to morphine milligram equivalents: {@code mme_factors.csv}. A row without factor says that
 * no factor is to be used. Source: CDC Clinical Practice Guideline for Prescribing Opioids for Pain, 2022, table 2.
 */
public final class OpioidTable {

    private final Map<List<String>, Factor> factors = new HashMap<>();

    /**
     * @param route {@code any}, or {@code transdermal}
     * @param unit of the dose that it multiplies: {@code mg} a day, or {@code ug/h} for patches
     * @param factor absent where none is to be used
     */
    public record Factor(
            String route, String unit, @Nullable BigDecimal factor) {}

    OpioidTable(TableFile file, MedicationTable medications) {
        var keys = new TableFile.Keys();
        file.rows().forEach(row -> {
            var drug = row.required("drug");
            if (!drug.isEmpty() && medications.named(drug).isEmpty()) {
                row.wrong("drug", "is not in medications.csv; add it there or use a name that is");
            }
            var route = row.oneOf("route", List.of("any", "oral", "transdermal"));
            var unit = row.oneOf("unit", List.of("mg", "ug/h"));
            var factor = row.number("factor");
            row.required("verified");
            if (!row.isFaulty() && keys.isNew(row, "drug", List.of(drug, route))) {
                factors.put(List.of(drug, route), new Factor(route, unit, factor));
            }
        });
    }

    /**
     * @param transdermal true for patches
     */
    public Optional<Factor> factor(String drug, boolean transdermal) {
        var own = factors.get(List.of(drug, transdermal ? "transdermal" : "oral"));
        return Optional.ofNullable(own == null ? factors.get(List.of(drug, "any")) : own);
    }
}
