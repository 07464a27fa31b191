package org.referralgateway.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Codes are those of their code systems and of the value sets that FHIR binds them to. */
final class CodedElements {

    private static final String NOT_IN_LIST = "The code is not in FHIR's list for this element.";
    private static final String NONE_IN_LIST = "No code of FHIR's list for this element is here. Send one.";

    private final Codes codes;
    private final CommonCodes common;

    CodedElements(Codes codes, CommonCodes common) {
        this.codes = codes;
        this.common = common;
    }

    void primitive(Node primitive, CodeSet set, Findings findings) {
        var value = primitive.value();
        if (value == null) {
            if (set.isRequired()) {
                findings.code(primitive, "A code is required here. Send one.");
            }
        } else if (CommonCodes.has(set.url())) {
            if (!common.isInSet(set.url(), null, value)) {
                findings.code(primitive, NOT_IN_LIST);
            }
        } else if (!set.isKnown()) {
            findings.undecided(primitive, "The codes of this element are not here.");
        } else if (!set.codes().contains(value)) {
            findings.code(primitive, NOT_IN_LIST);
        }
    }

    void coding(Node coding, Findings findings) {
        var system = coding.text("system");
        if (system == null) {
            return;
        }
        var parent = coding.parent();
        boolean isInConcept = parent != null && parent.type().equals("CodeableConcept");
        if (!isInConcept && !Identifiers.isSystem(system)) {
            findings.structure(coding, "code-system", "The system of a code is absolute. Correct it.");
        } else if (codes.isValueSet(system)) {
            findings.structure(coding, "code-system", "This names a value set where a code system belongs.");
        } else {
            ofSystem(coding, system, coding.text("code"), findings);
        }
    }

    private void ofSystem(Node at, String system, @Nullable String code, Findings findings) {
        var known = codes.of(system);
        boolean has = known != null
                ? code != null && known.contains(code)
                : code == null
                        ? !CommonCodes.wantsCode(system)
                        : !CommonCodes.hasSystem(system) || common.isOfSystem(system, code);
        if (!has) {
            findings.code(at, "The code system does not have this code. Correct one of them.");
        }
    }

    /** A Coding, a CodeableConcept or a Quantity that must have a code of a set. */
    void bound(Node concept, CodeSet set, Findings findings) {
        if (CommonCodes.has(set.url())) {
            commonlyBound(concept, set, findings);
        } else if (!set.isKnown()) {
            findings.undecided(concept, "The codes of this element are not here.");
        } else if (concept.type().equals("Coding")) {
            if (!isIn(concept, set)) {
                findings.code(concept, NOT_IN_LIST);
            }
        } else if (concept.type().equals("CodeableConcept")) {
            if (concept.all("coding").stream().noneMatch(coding -> isIn(coding, set))) {
                findings.code(concept, NONE_IN_LIST);
            }
        } else {
            findings.undecided(concept, "Bound quantities are not looked into.");
        }
    }

    /** The reference wants every code of such an element to be of the set, whatever the strength of the binding. */
    private void commonlyBound(Node concept, CodeSet set, Findings findings) {
        var codings = concept.type().equals("CodeableConcept") ? concept.all("coding") : List.of(concept);
        if (codings.isEmpty() && set.isRequired()) {
            findings.code(concept, NONE_IN_LIST);
        }
        for (var coding : codings) {
            var code = coding.text("code");
            if (code == null) {
                findings.undecided(coding, "A system without a code is not looked into.");
            } else if (!common.isInSet(set.url(), coding.text("system"), code)) {
                findings.code(coding, NOT_IN_LIST);
            }
        }
    }

    private static boolean isIn(Node coding, CodeSet set) {
        return set.codings().contains(coding.text("system") + "|" + coding.text("code"));
    }

    void quantity(Node quantity, Findings findings) {
        var system = quantity.text("system");
        var code = quantity.text("code");
        if (system == null || code == null) {
            return;
        }
        if (!Identifiers.isSystem(system)) {
            findings.structure(quantity, "code-system", "The system of a unit is absolute. Correct it.");
        } else {
            ofSystem(quantity, system, code, findings);
        }
    }
}
