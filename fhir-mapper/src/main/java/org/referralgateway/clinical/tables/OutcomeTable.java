package org.referralgateway.clinical.tables;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What codes and words say of a drug that was tried, and what it was for: {@code outcomes.csv}. */
public final class OutcomeTable {

    private static final String FHIR = "http://terminology.hl7.org/CodeSystem/medicationrequest-status-reason";

    private final Map<String, Sign> snomed = new HashMap<>();
    private final Map<String, Sign> fhir = new HashMap<>();
    private final Map<String, Sign> icd = new HashMap<>();
    private final WordFinder<Sign> words = new WordFinder<>();
    private final WordFinder<Sign> purposes = new WordFinder<>();

    /** What a code or phrase stands for. */
    public enum Sign {
        INADEQUATE_RELIEF,
        NOT_TOLERATED,
        CONTRAINDICATED,
        HELPED,
        /** Some relief, too little said to judge. */
        PARTIAL,
        /** A side effect; it counts where the drug was stopped for it. */
        SYMPTOM,
        STOPPED,
        TOLERATED,
        /** No more was tolerated, or there is no more. */
        HIGHEST_DOSE,
        /** It ended for a reason that says nothing about its effect. */
        OTHER_REASON,
        FOR_PAIN,
        FOR_OTHER;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    OutcomeTable(TableFile file) {
        var keys = new TableFile.Keys();
        var known = java.util.Arrays.stream(Sign.values()).map(Sign::word).toList();
        file.rows().forEach(row -> {
            var outcome = row.oneOf("outcome", known);
            var system = row.oneOf("system", List.of("SNOMED CT", "ICD-10", "FHIR", "words", "purpose"));
            var code = row.required("code");
            row.required("verified");
            if (system.equals("SNOMED CT") && !code.isEmpty() && !CodeSystems.isSnomed(code)) {
                row.wrong("code", "is no SNOMED CT code, its check digit is wrong; look it up again");
            }
            if (row.isFaulty()) {
                return;
            }
            var sign = Sign.valueOf(outcome.toUpperCase(Locale.ROOT).replace('-', '_'));
            boolean words = system.equals("words") || system.equals("purpose");
            for (var one : words ? TableFile.words(code) : List.of(code)) {
                var mistake = words ? WordFinder.mistakeIn(one) : null;
                if (mistake != null) {
                    row.wrong("code", mistake);
                } else if (keys.isNew(row, "code", List.of(system, one))) {
                    add(system, one, sign);
                }
            }
        });
    }

    private void add(String system, String code, Sign sign) {
        switch (system) {
            case "SNOMED CT" -> snomed.put(code, sign);
            case "ICD-10" -> icd.put(CodeSystems.normalised(CodeSystems.ICD_10, code), sign);
            case "FHIR" -> fhir.put(code, sign);
            case "purpose" -> purposes.add(code, sign);
            default -> words.add(code, sign);
        }
    }

    public Optional<Sign> ofCode(@Nullable String system, String code) {
        var known = CodeSystems.canonical(system);
        if (CodeSystems.SNOMED_CT.equals(known)) {
            return Optional.ofNullable(snomed.get(code));
        }
        if (FHIR.equals(system)) {
            return Optional.ofNullable(fhir.get(code));
        }
        if (known != null && CodeSystems.isIcd(known)) {
            var normalised = CodeSystems.normalised(known, code);
            for (int length = normalised.length(); length > 0; length--) {
                var sign = icd.get(normalised.substring(0, length));
                if (sign != null) {
                    return Optional.of(sign);
                }
            }
        }
        return Optional.empty();
    }

    /** What a text says that a drug is for. */
    public List<WordFinder.Hit<Sign>> purposesIn(Words text) {
        return purposes.in(text);
    }

    /** The signs of a text, in its order. */
    public List<WordFinder.Hit<Sign>> in(Words text) {
        return words.in(text);
    }
}
