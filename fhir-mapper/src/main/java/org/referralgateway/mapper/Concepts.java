package org.referralgateway.mapper;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumeration;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.CodeSystems;
import org.referralgateway.mapper.Referral.Code;
import org.referralgateway.mapper.Referral.Concept;

/** R4's CodeableConcept in our words. */
final class Concepts {

    static final Concept NOTHING = new Concept(List.of(), null);

    private Concepts() {}

    static Concept of(@Nullable CodeableConcept concept) {
        if (concept == null) {
            return NOTHING;
        }
        return new Concept(
                concept.getCoding().stream()
                        .filter(coding -> coding.getCode() != null) // Not hasCode(): an element without value has that.
                        .map(coding -> new Code(coding.getSystem(), coding.getCode(), coding.getDisplay()))
                        .toList(),
                textOf(concept));
    }

    /** The text; where there is none and a coding has only a display, that display is all the sender said. */
    private static @Nullable String textOf(CodeableConcept concept) {
        if (concept.hasText()) {
            return concept.getText();
        }
        return concept.getCoding().stream()
                .filter(coding -> !coding.hasCode() && coding.hasDisplay())
                .map(Coding::getDisplay)
                .findFirst()
                .orElse(null);
    }

    /** A code of a list that FHIR fixes; absent where it is none of them, for then it may be any text. */
    static @Nullable String code(Enumeration<?> element) {
        return element.getValue() == null ? null : element.getCode();
    }

    static boolean isEmpty(Concept concept) {
        return concept.codes().isEmpty() && concept.text() == null;
    }

    /** The first code of a code system that our tables know, so that it may leave the database. */
    static @Nullable Code publicCode(Concept concept) {
        return concept.codes().stream()
                .filter(code -> CodeSystems.isPublic(code.system(), code.code()))
                .findFirst()
                .orElse(null);
    }

    static boolean has(Concept concept, String system, String code) {
        return concept.codes().stream().anyMatch(c -> system.equals(c.system()) && code.equals(c.code()));
    }
}
