package org.referralgateway.validation;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Codes are those of their code systems and of the value sets that FHIR binds them to. */
final class CodedElements {

    private static final String UCUM = "http://unitsofmeasure.org";

    /** The support knows the codes of these by rules, not by a list. */
    private static final Set<String> COMPUTED = Set.of(
            UCUM,
            "urn:ietf:bcp:47",
            "urn:ietf:bcp:13",
            "urn:iso:std:iso:4217",
            "urn:iso:std:iso:3166",
            "https://www.usps.com/");

    private static final Set<String> FREE = Set.of("http://hl7.org/fhir/ValueSet/mimetypes");

    private final Codes codes;

    CodedElements(Codes codes) {
        this.codes = codes;
    }

    void primitive(Node primitive, ElementRules element, Findings findings) {
        var set = element.binding();
        if (set == null) {
            return;
        }
        if (primitive.value() == null) {
            findings.code(primitive, "A code is required here. Send one.");
        } else if (FREE.contains(set.url())) {
            if (!primitive.value().contains("/")) {
                findings.undecided(primitive, "Media types are not looked into.");
            }
        } else if (!set.isKnown()) {
            findings.undecided(primitive, "The codes of this element are not here.");
        } else if (!set.codes().contains(primitive.value())) {
            findings.code(primitive, "The code is not in FHIR's list for this element.");
        }
    }

    void coding(Node coding, Findings findings) {
        var system = coding.text("system");
        if (system == null) {
            return;
        }
        if (!Identifiers.isAbsolute(system)) {
            findings.structure(coding, "code-system", "The system of a code is absolute. Correct it.");
            return;
        }
        if (codes.isValueSet(system)) {
            findings.structure(coding, "code-system", "This names a value set where a code system belongs.");
            return;
        }
        var code = coding.text("code");
        if (code != null) {
            ofSystem(coding, system, code, findings);
        }
    }

    private void ofSystem(Node at, String system, String code, Findings findings) {
        var known = codes.of(system);
        if (known != null ? !known.contains(code) : COMPUTED.contains(system) && !isComputed(system, code)) {
            findings.code(at, "The code system does not have this code. Correct one of them.");
        }
    }

    private boolean isComputed(String system, String code) {
        return code.length() <= 100 && codes.isValid(system, code);
    }

    /** A Coding, a CodeableConcept or a Quantity that must have a code of a set. */
    void bound(Node concept, CodeSet set, Findings findings) {
        if (!set.isKnown()) {
            findings.undecided(concept, "The codes of this element are not here.");
            return;
        }
        switch (concept.type()) {
            case "Coding" -> {
                if (!isIn(concept, set)) {
                    findings.code(concept, "The code is not in FHIR's list for this element.");
                }
            }
            case "CodeableConcept" -> {
                if (concept.all("coding").stream().noneMatch(coding -> isIn(coding, set))) {
                    findings.code(concept, "No code of FHIR's list for this element is here. Send one.");
                }
            }
            default -> findings.undecided(concept, "Bound quantities are not looked into.");
        }
    }

    private static boolean isIn(Node coding, CodeSet set) {
        return set.codings().contains(coding.text("system") + "|" + coding.text("code"));
    }

    void quantity(Node quantity, Findings findings) {
        @Nullable String system = quantity.text("system");
        var code = quantity.text("code");
        if (UCUM.equals(system) && code != null && !isComputed(UCUM, code)) {
            findings.code(quantity, "UCUM does not have this unit. Correct the code.");
        }
    }
}
