package org.referralgateway.validation;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a Reference points to, as far as it lies in the payload. */
final class References {

    private static final String BASE = "http://hl7.org/fhir/StructureDefinition/";
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern RELATIVE =
            Pattern.compile("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}(/_history/[A-Za-z0-9.-]{1,64})?");

    /** Ocean's ids have them; harmless, and no ids of FHIR. */
    private static final Pattern WITH_UNDERSCORE = Pattern.compile("[A-Z][A-Za-z]+/[A-Za-z0-9.-]*_[A-Za-z0-9._-]*");

    private References() {}

    static void check(Node reference, @Nullable BundleIndex bundle, ContainedIndex contained, Findings findings) {
        var to = reference.text("reference");
        if (to == null || to.isBlank()) {
            declaredType(reference, null, findings);
            return;
        }
        if (WITH_UNDERSCORE.matcher(to).matches()) {
            findings.reference(
                    reference, "reference-id", "An id has letters, digits, dots and hyphens only. Correct it.");
        }
        if (to.startsWith("#")) {
            contained(reference, to.substring(1), contained, findings);
        } else if (bundle != null) {
            inBundle(reference, to, bundle, findings);
        } else {
            declaredType(reference, typeIn(to), findings);
        }
    }

    private static void contained(Node reference, String id, ContainedIndex index, Findings findings) {
        var container = reference.container();
        if (id.isEmpty()) {
            if (reference.resource() == container) {
                findings.reference(reference, "ref-1", "The reference points to nothing. Name a contained resource.");
            } else {
                target(reference, container, findings);
            }
            return;
        }
        var contained = index.in(container, id);
        if (contained != null) {
            target(reference, contained, findings);
            return;
        }
        findings.reference(
                reference, "ref-1", "No contained resource has this id. Contain it, or correct the reference.");
    }

    private static void inBundle(Node reference, String to, BundleIndex bundle, Findings findings) {
        var fullUrl = bundle.fullUrlOf(reference);
        if (fullUrl == null && !bundle.type().endsWith("-response")) {
            findings.reference(
                    reference,
                    "full-url",
                    "An entry with references needs a fullUrl. Give it one, such as a urn:uuid.");
            return;
        }
        String target;
        if (ABSOLUTE.matcher(to).matches()) {
            target = to;
            if (to.contains("/_history/")) {
                findings.undecided(reference, "Absolute references to a version are not resolved.");
                return;
            }
        } else {
            if (fullUrl == null) {
                return;
            }
            if (!RELATIVE.matcher(to).matches()) {
                if (!(to.contains("?") && isTransaction(bundle))) {
                    findings.reference(
                            reference, "relative-reference", "A relative reference is a type and an id. Correct it.");
                } else {
                    findings.undecided(reference, "Conditional references are not looked into.");
                }
                return;
            }
            if (to.contains("/_history/")) {
                findings.undecided(reference, "References to a version are not resolved.");
                return;
            }
            target = base(fullUrl) + (fullUrl.startsWith("urn") ? to.substring(to.indexOf('/') + 1) : to);
        }
        var entries = bundle.at(target);
        if (entries.size() > 1) {
            findings.undecided(reference, "Several entries have the full URL that this points to.");
        } else if (entries.isEmpty()) {
            if (isWhole(bundle) && bundle.hasNamed(to)) {
                findings.reference(
                        reference,
                        "bundle-reference",
                        "The entry of this type and id has the fullUrl of another server. Correct one of them.");
            }
            declaredType(reference, typeIn(to), findings);
        } else {
            var resource = entries.getFirst().first("resource");
            if (resource != null) {
                if (!ABSOLUTE.matcher(to).matches()
                        && !to.startsWith(resource.type() + "/")
                        && target.startsWith("urn")) {
                    findings.reference(
                            reference,
                            "reference-type",
                            "The entry with this id is of another type. Correct one of them.");
                }
                target(reference, resource, findings);
            }
        }
    }

    /** Messages and documents have in them what they speak of. */
    private static boolean isWhole(BundleIndex bundle) {
        return bundle.type().equals("message") || bundle.type().equals("document");
    }

    private static boolean isTransaction(BundleIndex bundle) {
        return bundle.type().equals("transaction") || bundle.type().equals("batch");
    }

    /** What comes before type and id in a full URL. */
    static String base(String fullUrl) {
        if (fullUrl.startsWith("urn")) {
            return fullUrl.substring(0, fullUrl.lastIndexOf(':') + 1);
        }
        int id = fullUrl.lastIndexOf('/');
        int type = id < 0 ? -1 : fullUrl.lastIndexOf('/', id - 1);
        return type < 0 ? "" : fullUrl.substring(0, type + 1);
    }

    private static void target(Node reference, Node resource, Findings findings) {
        declaredType(reference, resource.type(), findings);
        var element = reference.element();
        if (element != null
                && !element.targets().isEmpty()
                && !element.targets().contains(resource.type())) {
            findings.reference(
                    reference,
                    "reference-type",
                    "This points to a " + resource.type() + ", which is none of "
                            + element.targets().stream().sorted().toList() + ".");
        }
    }

    private static @Nullable String typeIn(String to) {
        var parts = to.split("/", -1);
        int history = parts.length > 3 && parts[parts.length - 2].equals("_history") ? 2 : 0;
        int type = parts.length - 2 - history;
        return type >= 0 && parts[type].matches("[A-Z][A-Za-z]+") ? parts[type] : null;
    }

    private static void declaredType(Node reference, @Nullable String actual, Findings findings) {
        var declared = reference.text("type");
        var element = reference.element();
        if (declared == null || element == null) {
            return;
        }
        var name = declared.replace(BASE, "");
        if (!element.targets().isEmpty() && !element.targets().contains(name)) {
            findings.reference(
                    reference,
                    "reference-type",
                    "Reference.type is none of "
                            + element.targets().stream().sorted().toList() + ".");
        } else if (actual != null && !actual.equals(declared)) {
            findings.reference(reference, "reference-type", "Reference.type is not the type of what this points to.");
        }
    }
}
