package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Dosage;
import org.jspecify.annotations.Nullable;

/** How much of a drug and how often, in one line: as it was written, else put together from its parts. */
final class Doses {

    private Doses() {}

    static @Nullable String text(List<Dosage> dosages) {
        var lines = dosages.stream()
                .map(Doses::text)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return lines.isEmpty() ? null : String.join("; ", lines);
    }

    private static @Nullable String text(Dosage dosage) {
        if (dosage.hasText()) {
            return dosage.getText();
        }
        var parts = new ArrayList<String>();
        dosage.getDoseAndRate().forEach(rate -> {
            add(parts, Values.text(rate.getDose()));
            add(parts, Values.text(rate.getRate()));
        });
        add(parts, Timings.text(dosage.getTiming()));
        add(parts, asNeeded(dosage));
        add(parts, Values.text(dosage.getRoute()));
        add(parts, Values.nonBlank(dosage.getPatientInstruction()));
        return parts.isEmpty() ? null : String.join(", ", parts);
    }

    private static void add(List<String> parts, @Nullable String part) {
        if (part != null) {
            parts.add(part);
        }
    }

    private static @Nullable String asNeeded(Dosage dosage) {
        return switch (dosage.getAsNeeded()) {
            case BooleanType needed when needed.hasValue() && needed.booleanValue() -> "as needed";
            case CodeableConcept why -> "as needed: " + Concepts.of(why).label();
            case null, default -> null;
        };
    }
}
