package org.referralgateway.validation;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * FHIR R4's rules and those of our guide, compiled once, applied to each payload in microseconds. It goes on where the strict
 * reading ({@code PayloadCheck}) ends: what that names (unknown elements, wrong shapes, broken values, a code that is in no
 * list) is not named again. Where both find nothing, the reference validator finds no error; a test over tens of thousands of
 * payloads holds it so. Where it cannot tell, it says that, too.
 *
 * <p>Safe to share between threads.
 */
public final class FastCheck {

    /** The reference validator has rules of its own for these, which are not compiled: definitions, not facts of a patient. */
    private static final Set<String> DEFINITIONS = Set.of(
            "CapabilityStatement",
            "CodeSystem",
            "ConceptMap",
            "ImplementationGuide",
            "Measure",
            "MeasureReport",
            "OperationDefinition",
            "Questionnaire",
            "SearchParameter",
            "StructureDefinition",
            "StructureMap",
            "ValueSet");

    private final NodeReader reader;
    private final Definitions definitions;
    private final Primitives primitives = new Primitives();
    private final CodedElements coded;
    private final ExtensionCheck extensions;

    FastCheck(Extract extract) {
        definitions = new Definitions(extract);
        definitions.all();
        reader = new NodeReader(definitions);
        coded = new CodedElements(definitions.codes(), new CommonCodes(extract.languages()));
        extensions = new ExtensionCheck(definitions, coded);
    }

    /** The rules of FHIR R4 and of the guide that comes with the gateway, compiled now: some hundred milliseconds. */
    public static FastCheck shipped() {
        return new FastCheck(Extract.shipped());
    }

    /**
     * @param json that the strict reading found harmless
     */
    public FastVerdict check(byte[] json) {
        var findings = new Findings();
        var whole = reader.read(json);
        if (whole != null) {
            new Walk(findings).whole(whole);
        }
        return findings.verdict();
    }

    /** The walk over one payload. */
    private final class Walk {

        private final Findings findings;
        private final ContainedIndex contained = new ContainedIndex();
        private Set<String> elementIds = new HashSet<>();

        Walk(Findings findings) {
            this.findings = findings;
        }

        void whole(Node whole) {
            var bundle = whole.type().equals("Bundle") ? new BundleIndex(whole) : null;
            resource(whole, bundle);
        }

        private void resource(Node resource, @Nullable BundleIndex bundle) {
            var idsAround = elementIds;
            elementIds = new HashSet<>();
            inside(resource, bundle);
            elementIds = idsAround;
        }

        private void inside(Node resource, @Nullable BundleIndex bundle) {
            if (DEFINITIONS.contains(resource.type())) {
                findings.undecided(resource, "Definitions such as this are not looked into.");
            }
            if (resource.type().equals("Bundle")) {
                var index = bundle == null || bundle.bundle() != resource ? new BundleIndex(resource) : bundle;
                new BundleRules(findings, index).check();
                object(resource, index);
            } else {
                object(resource, bundle);
            }
            profiles(resource);
            if (!resource.name().equals("contained")) {
                ContainedResources.check(resource, findings);
            }
        }

        /** Those that it claims; profiles that are not here bind nobody. */
        private void profiles(Node resource) {
            var meta = resource.first("meta");
            if (meta == null) {
                return;
            }
            for (var claimed : meta.all("profile")) {
                var url = String.valueOf(claimed.value()).replaceFirst("\\|.*", "");
                var profile = definitions.profile(url);
                if (profile != null) {
                    profile.check(resource, this::invariant, findings);
                } else if (definitions.isOtherProfile(url)) {
                    findings.undecided(claimed, "This profile of FHIR is not compiled.");
                }
            }
        }

        private void object(Node node, @Nullable BundleIndex bundle) {
            var rules = node.rules();
            if (rules == null) {
                return;
            }
            for (var required : rules.required()) {
                if (!node.has(required.name())) {
                    findings.missing(node, required.name());
                }
            }
            for (var child : node.children()) {
                child(child, bundle);
            }
            ofItsType(node, bundle);
            for (var invariant : rules.invariants()) {
                invariant(node, invariant);
            }
        }

        private void child(Node child, @Nullable BundleIndex bundle) {
            var element = child.element();
            uniqueId(child);
            if (child.isPrimitive()) {
                if (element != null) {
                    primitives.check(child, element, findings);
                    if (element.binding() != null) {
                        coded.primitive(child, element.binding(), findings);
                    }
                }
                child.children().forEach(beside -> child(beside, bundle));
            } else if (child.isResource()) {
                resource(child, bundle);
            } else {
                object(child, bundle);
                if (element != null && element.binding() != null) {
                    coded.bound(child, element.binding(), findings);
                }
            }
            if (element != null) {
                for (var invariant : element.invariants()) {
                    invariant(child, invariant);
                }
            }
        }

        /** Ids inside a resource; resources have their own. */
        private void uniqueId(Node element) {
            var id = element.isResource() ? null : element.text("id");
            if (id != null && !elementIds.add(id)) {
                findings.structure(element, "id", "Another element of this resource has this id. Give each its own.");
            }
        }

        private void ofItsType(Node node, @Nullable BundleIndex bundle) {
            switch (node.type()) {
                case "Coding" -> coded.coding(node, findings);
                case "Identifier" -> Identifiers.check(node, findings);
                case "Reference" -> References.check(node, bundle, contained, findings);
                case "Extension" -> extensions.check(node, findings);
                case "Narrative" -> Narratives.check(node, findings);
                case "Meta" -> Metas.check(node, findings);
                case "Attachment" -> Attachments.check(node, findings);
                case "Quantity", "Age", "Duration", "Count", "Distance", "SimpleQuantity", "MoneyQuantity" ->
                    coded.quantity(node, findings);
                default -> {
                    // nothing but what its definition says
                }
            }
        }

        private void invariant(Node node, Invariant invariant) {
            if (invariant.expression() == null) {
                findings.undecided(node, "The rule " + invariant.key() + " is not compiled.");
                return;
            }
            try {
                if (!invariant.expression().holdsFor(node)) {
                    findings.structure(node, invariant.key(), invariant.human());
                }
            } catch (Expression.Unsure e) {
                findings.undecided(node, "The rule " + invariant.key() + " cannot be decided here.");
            }
        }
    }
}
