package org.referralgateway.validation;

/** Extensions that are defined here hold what they may, where they may. Others are the sender's own, and free. */
final class ExtensionCheck {

    private final Definitions definitions;
    private final CodedElements coded;

    ExtensionCheck(Definitions definitions, CodedElements coded) {
        this.coded = coded;
        this.definitions = definitions;
    }

    void check(Node extension, Findings findings) {
        var url = extension.text("url");
        if (url == null) {
            return;
        }
        if (!Identifiers.isAbsolute(url)) {
            var parent = extension.parent();
            if (parent == null || !parent.type().equals("Extension")) {
                findings.structure(extension, "extension-url", "The url of an extension is absolute. Correct it.");
            }
            return;
        }
        if (url.contains("|")
                || url.startsWith("http://hl7.org/fhir/5.")
                || url.matches("http://hl7.org/fhir/[0-9.]+/.*")) {
            findings.undecided(extension, "Extensions of another version are not looked into.");
            return;
        }
        var rules = definitions.extension(url);
        if (rules != null) {
            defined(extension, rules, findings);
        } else if (url.startsWith("http://hl7.org/fhir/StructureDefinition/")
                || url.startsWith("http://hl7.org/fhir/tools/")) {
            findings.undecided(extension, "This extension of FHIR is not known here.");
        }
    }

    private void defined(Node extension, ExtensionRules rules, Findings findings) {
        var value = extension.first("value");
        var parent = extension.parent();
        if (!rules.isSimple() || extension.name().equals("modifierExtension") || parent == null) {
            findings.undecided(extension, "This extension has rules that are not compiled.");
        } else if (value == null || extension.has("extension")) {
            findings.undecided(extension, "This extension has rules that are not compiled.");
        } else if (!rules.valueTypes().contains(value.type())) {
            findings.structure(
                    extension,
                    "extension-type",
                    "This extension holds "
                            + rules.valueTypes().stream().sorted().toList() + ". Correct its value.");
        } else if (!mayStandIn(parent, rules)) {
            findings.undecided(extension, "Whether this extension may stand here is left to the reference.");
        } else if (rules.binding() != null) {
            if (value.isPrimitive()) {
                coded.primitive(value, rules.binding(), findings);
            } else {
                coded.bound(value, rules.binding(), findings);
            }
        }
    }

    private static boolean mayStandIn(Node parent, ExtensionRules rules) {
        var element = parent.element();
        return rules.places().contains("Element")
                || rules.places().contains(parent.type())
                || (parent.isResource()
                        && (rules.places().contains("Resource")
                                || rules.places().contains("DomainResource")))
                || (element != null && rules.places().contains(element.path()));
    }
}
