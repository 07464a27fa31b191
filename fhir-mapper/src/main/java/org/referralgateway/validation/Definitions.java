package org.referralgateway.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.ConstraintSeverity;
import org.hl7.fhir.r4.model.ElementDefinition.ElementDefinitionConstraintComponent;
import org.hl7.fhir.r4.model.ElementDefinition.TypeRefComponent;
import org.hl7.fhir.r4.model.Enumerations.BindingStrength;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;
import org.hl7.fhir.r4.model.StructureDefinition.TypeDerivationRule;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.ObjectRules.Slot;

/** FHIR R4's StructureDefinitions, compiled once to what {@link FastCheck} looks up while it walks. */
final class Definitions {

    static final String BASE = "http://hl7.org/fhir/StructureDefinition/";

    private static final String SIMPLE_QUANTITY = BASE + "SimpleQuantity";

    /**
     * Rules that the strict reading keeps, or that are looked after in Java because their FHIRPath is slow or says less than
     * the reference validator looks at. Each is held to the reference by the differential test.
     */
    private static final Set<String> ELSEWHERE = Set.of("ele-1", "dom-3", "txt-1", "txt-2", "ref-1", "bdl-7", "dom-6");

    private static final Set<String> PRIMITIVE_SYSTEM_TYPES =
            Set.of("http://hl7.org/fhirpath/System.String", "http://hl7.org/fhirpath/System.Boolean");

    private final Map<String, StructureDefinition> byType = new HashMap<>();
    private final Set<String> resourceTypes = new HashSet<>();
    private final Map<String, ObjectRules> compiled = new ConcurrentHashMap<>();
    private final Map<String, ProfileRules> profiles = new HashMap<>();
    private final Set<String> otherProfiles = new HashSet<>();
    private final Map<String, ExtensionRules> extensions = new HashMap<>();
    private final Codes codes;
    private final ExpressionCompiler expressions;
    private ElementDefinition simpleQuantity = new ElementDefinition();

    Definitions(IValidationSupport support, Guide guide) {
        List<IBaseResource> conformance = loaded(support);

        codes = new Codes(support, conformance);
        var bases = new HashMap<String, String>();
        for (var resource : conformance) {
            if (resource instanceof StructureDefinition definition) {
                add(definition, bases);
            }
        }
        expressions = new ExpressionCompiler(new TypeTree(bases));
        guide.profiles().forEach(profile -> profiles.put(profile.getUrl(), ProfileRules.of(profile, expressions)));
        otherProfiles.removeAll(profiles.keySet());
    }

    /** HAPI reads each kind of definition when the first of its kind is asked for, and lists only what it has read. */
    private static List<IBaseResource> loaded(IValidationSupport support) {
        support.fetchAllStructureDefinitions();
        support.fetchCodeSystem("http://hl7.org/fhir/administrative-gender");
        support.fetchValueSet("http://hl7.org/fhir/ValueSet/administrative-gender");
        return Optional.ofNullable(support.fetchAllConformanceResources()).orElse(List.of());
    }

    private void add(StructureDefinition definition, Map<String, String> bases) {
        if (definition.getType().equals("Extension") && definition.getDerivation() == TypeDerivationRule.CONSTRAINT) {
            extensions.put(definition.getUrl(), ExtensionRules.of(definition, codes));
        }
        if (definition.getUrl().equals(SIMPLE_QUANTITY)) {
            simpleQuantity = definition.getSnapshot().getElementFirstRep();
        }
        if (definition.getDerivation() == TypeDerivationRule.CONSTRAINT
                || definition.getKind() == StructureDefinitionKind.LOGICAL) {
            otherProfiles.add(definition.getUrl());
            return;
        }
        byType.put(definition.getType(), definition);
        if (definition.hasBaseDefinition()) {
            bases.put(definition.getType(), definition.getBaseDefinition().replace(BASE, ""));
        }
        if (definition.getKind() == StructureDefinitionKind.RESOURCE && !definition.getAbstract()) {
            resourceTypes.add(definition.getType());
        }
    }

    Codes codes() {
        return codes;
    }

    /** The rules of a profile of ours; null where it is none. */
    @Nullable
    ProfileRules profile(String url) {
        return profiles.get(url);
    }

    /** True for profiles that the reference knows and the fast check does not: those of FHIR itself. */
    boolean isOtherProfile(String url) {
        return otherProfiles.contains(url) || byType.containsKey(url.replace(BASE, ""));
    }

    /** The rules of an extension that is defined here; null where it is not. */
    @Nullable
    ExtensionRules extension(String url) {
        return extensions.get(url);
    }

    /** Compiles every type now, with all that is inside and the codes it is bound to, so that no payload waits for it. */
    void all() {
        Set<ObjectRules> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var next = new ArrayDeque<ObjectRules>();
        byType.values().stream()
                .filter(definition -> definition.getKind() != StructureDefinitionKind.PRIMITIVETYPE)
                .forEach(definition -> next.add(type(definition.getType())));
        while (!next.isEmpty()) {
            var rules = next.poll();
            if (seen.add(rules)) {
                for (var slot : rules.slots().values()) {
                    var below = slot.below();
                    if (below != null) {
                        next.add(below.get());
                    }
                }
            }
        }
    }

    /** The rules of a resource type; null where R4 has none of this name. */
    @Nullable
    ObjectRules resource(String type) {
        return resourceTypes.contains(type) ? type(type) : null;
    }

    ObjectRules type(String type) {
        var known = compiled.get(type);
        if (known != null) {
            return known;
        }
        var definition = byType.get(type);
        if (definition == null) {
            throw new IllegalArgumentException("R4 has no type " + type + ".");
        }
        var rules = new Compilation(definition).compile(type);
        compiled.put(type, rules);
        return rules;
    }

    /** The one profile that R4 asks of its own datatypes: a Quantity without a comparator. */
    private ObjectRules simpleQuantity() {
        var known = compiled.get(SIMPLE_QUANTITY);
        if (known != null) {
            return known;
        }
        var rules = type("Quantity").with(invariants(simpleQuantity, expressions));
        compiled.put(SIMPLE_QUANTITY, rules);
        return rules;
    }

    private boolean isPrimitive(String type) {
        var definition = byType.get(type);
        return definition != null && definition.getKind() == StructureDefinitionKind.PRIMITIVETYPE;
    }

    private static Invariant invariant(
            ElementDefinitionConstraintComponent constraint, ExpressionCompiler expressions) {
        return new Invariant(
                constraint.getKey(),
                constraint.getHuman(),
                expressions.compile(constraint.getExpression()).orElse(null));
    }

    private List<Invariant> invariants(ElementDefinition element) {
        return invariants(element, expressions);
    }

    /** Those that are errors. */
    static List<Invariant> invariants(ElementDefinition element, ExpressionCompiler expressions) {
        return element.getConstraint().stream()
                .filter(constraint -> constraint.getSeverity() == ConstraintSeverity.ERROR)
                .filter(constraint -> constraint.hasExpression() && !ELSEWHERE.contains(constraint.getKey()))
                .map(constraint -> invariant(constraint, expressions))
                .toList();
    }

    /** The compilation of one StructureDefinition, backbone elements included. */
    private final class Compilation {

        private final Map<String, ElementDefinition> byPath = new HashMap<>();
        private final Map<String, List<ElementDefinition>> children = new HashMap<>();
        private final Map<String, ObjectRules> backbones = new ConcurrentHashMap<>();

        Compilation(StructureDefinition definition) {
            for (var element : definition.getSnapshot().getElement()) {
                if (!element.hasSliceName()) {
                    var path = element.getPath();
                    byPath.put(path, element);
                    int dot = path.lastIndexOf('.');
                    if (dot > 0) {
                        children.computeIfAbsent(path.substring(0, dot), key -> new ArrayList<>())
                                .add(element);
                    }
                }
            }
        }

        ObjectRules compile(String path) {
            var slots = new HashMap<String, Slot>();
            var required = new ArrayList<ElementRules>();
            for (var child : children.getOrDefault(path, List.of())) {
                var rules = rules(child);
                slots(child, rules, slots);
                if (rules.min() > 0) {
                    required.add(rules);
                }
            }
            var own = byPath.get(path);
            return new ObjectRules(
                    typeName(path, own),
                    resourceTypes.contains(path),
                    Map.copyOf(slots),
                    List.copyOf(required),
                    List.of(),
                    own == null ? List.of() : invariants(own));
        }

        private String typeName(String path, @Nullable ElementDefinition own) {
            return own == null || own.getType().isEmpty()
                    ? path
                    : own.getTypeFirstRep().getCode();
        }

        private ElementRules rules(ElementDefinition element) {
            var name = element.getPath().substring(element.getPath().lastIndexOf('.') + 1);
            return new ElementRules(
                    name.replace("[x]", ""),
                    element.getPath(),
                    element.getMin(),
                    element.getMax().equals("*") ? Integer.MAX_VALUE : Integer.parseInt(element.getMax()),
                    element.getMaxLength(),
                    targets(element),
                    binding(element),
                    null,
                    backbone(element) ? List.of() : invariants(element));
        }

        /** A backbone's own rules are those of its type. */
        private boolean backbone(ElementDefinition element) {
            return children.containsKey(element.getPath());
        }

        private Set<String> targets(ElementDefinition element) {
            var targets = new HashSet<String>();
            for (var type : element.getType()) {
                type.getTargetProfile()
                        .forEach(target -> targets.add(target.getValue().replace(BASE, "")));
            }
            return targets.contains("Resource") ? Set.of() : Set.copyOf(targets);
        }

        private @Nullable CodeSet binding(ElementDefinition element) {
            if (!element.hasBinding() || !element.getBinding().hasValueSet()) {
                return null;
            }
            var set = element.getBinding().getValueSet();
            boolean required = element.getBinding().getStrength() == BindingStrength.REQUIRED;
            return required
                            || element.getPath().equals("Reference.type") // the reference wants one of the list
                            || (CommonCodes.has(set) && element.getBinding().getStrength() != BindingStrength.EXAMPLE)
                    ? codes.in(set, required)
                    : null;
        }

        private void slots(ElementDefinition element, ElementRules rules, Map<String, Slot> slots) {
            boolean choice = element.getPath().endsWith("[x]");
            if (element.hasContentReference()) {
                var path = element.getContentReference().substring(1);
                slots.put(rules.name(), new Slot(rules, "BackboneElement", () -> backbone(path)));
                return;
            }
            for (var type : element.getType()) {
                var code = code(type);
                var name = choice
                        ? rules.name() + Character.toUpperCase(code.charAt(0)) + code.substring(1)
                        : rules.name();
                slots.put(name, slot(element, rules, type, code));
            }
        }

        private String code(TypeRefComponent type) {
            if (PRIMITIVE_SYSTEM_TYPES.contains(type.getCode())) {
                var as =
                        type.getExtensionByUrl("http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type");
                return as == null ? "string" : as.getValue().primitiveValue();
            }
            return type.getCode();
        }

        private Slot slot(ElementDefinition element, ElementRules rules, TypeRefComponent type, String code) {
            if (children.containsKey(element.getPath())) {
                return new Slot(rules, code, () -> backbone(element.getPath()));
            }
            if (code.equals("Resource") || code.equals("xhtml") || isPrimitive(code)) {
                return new Slot(rules, code, null);
            }
            return new Slot(rules, code, type.hasProfile(SIMPLE_QUANTITY) ? () -> simpleQuantity() : () -> type(code));
        }

        private ObjectRules backbone(String path) {
            var known = backbones.get(path);
            if (known != null) {
                return known;
            }
            var rules = compile(path);
            backbones.put(path, rules);
            return rules;
        }
    }
}
