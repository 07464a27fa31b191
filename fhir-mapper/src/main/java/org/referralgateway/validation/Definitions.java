package org.referralgateway.validation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.Extract.Constraint;
import org.referralgateway.validation.Extract.Element;
import org.referralgateway.validation.Extract.Kind;
import org.referralgateway.validation.Extract.Structure;
import org.referralgateway.validation.Extract.Type;
import org.referralgateway.validation.ObjectRules.Slot;

/** FHIR R4's StructureDefinitions and those of our guide, compiled once to what {@link FastCheck} looks up while it walks. */
final class Definitions {

    static final String BASE = "http://hl7.org/fhir/StructureDefinition/";

    static final String SIMPLE_QUANTITY = BASE + "SimpleQuantity";

    private final Map<String, Structure> byType = new HashMap<>();
    private final Set<String> resourceTypes = new HashSet<>();
    private final Map<String, ObjectRules> compiled = new ConcurrentHashMap<>();
    private final Map<String, ProfileRules> profiles = new HashMap<>();
    private final Set<String> otherProfiles = new HashSet<>();
    private final Map<String, ExtensionRules> extensions = new HashMap<>();
    private final Codes codes;
    private final ExpressionCompiler expressions;
    private List<Constraint> simpleQuantity = List.of();

    Definitions(Extract extract) {
        codes = new Codes(extract);
        var bases = new HashMap<String, String>();
        extract.structures().forEach(structure -> add(structure, bases));
        expressions = new ExpressionCompiler(new TypeTree(bases));
        extract.profiles().forEach(profile -> profiles.put(profile.url(), ProfileRules.of(profile, expressions)));
        otherProfiles.removeAll(profiles.keySet());
    }

    private void add(Structure structure, Map<String, String> bases) {
        if (structure.isExtension()) {
            extensions.put(structure.url(), ExtensionRules.of(structure, codes));
        }
        if (structure.url().equals(SIMPLE_QUANTITY)) {
            simpleQuantity = structure.elements().getFirst().constraints();
        }
        if (structure.isProfile() || structure.kind() == Kind.LOGICAL) {
            otherProfiles.add(structure.url());
            return;
        }
        byType.put(structure.type(), structure);
        if (structure.base() != null) {
            bases.put(structure.type(), structure.base().replace(BASE, ""));
        }
        if (structure.kind() == Kind.RESOURCE && !structure.isAbstract()) {
            resourceTypes.add(structure.type());
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
                .filter(structure -> structure.kind() != Kind.PRIMITIVE)
                .forEach(structure -> next.add(type(structure.type())));
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
        var rules = type("Quantity").with(Invariant.compiled(simpleQuantity, expressions));
        compiled.put(SIMPLE_QUANTITY, rules);
        return rules;
    }

    private boolean isPrimitive(String type) {
        var structure = byType.get(type);
        return structure != null && structure.kind() == Kind.PRIMITIVE;
    }

    /** The compilation of one StructureDefinition, backbone elements included. */
    private final class Compilation {

        private final Map<String, Element> byPath = new HashMap<>();
        private final Map<String, List<Element>> children = new HashMap<>();
        private final Map<String, ObjectRules> backbones = new ConcurrentHashMap<>();

        Compilation(Structure structure) {
            for (var element : structure.elements()) {
                if (!element.isSlice()) {
                    var path = element.path();
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

        private String typeName(String path, @Nullable Element own) {
            return own == null || own.types().isEmpty()
                    ? path
                    : own.types().getFirst().code();
        }

        private ElementRules rules(Element element) {
            return new ElementRules(
                    element.name().replace("[x]", ""),
                    element.path(),
                    element.min(),
                    element.max(),
                    element.maxLength(),
                    targets(element),
                    codes.in(element.binding()),
                    null,
                    isBackbone(element) ? List.of() : invariants(element));
        }

        private List<Invariant> invariants(Element element) {
            return Invariant.compiled(element.constraints(), expressions);
        }

        /** A backbone's own rules are those of its type. */
        private boolean isBackbone(Element element) {
            return children.containsKey(element.path());
        }

        private Set<String> targets(Element element) {
            var targets = new HashSet<String>();
            element.types().forEach(type -> targets.addAll(type.targets()));
            return targets.contains("Resource") ? Set.of() : Set.copyOf(targets);
        }

        private void slots(Element element, ElementRules rules, Map<String, Slot> slots) {
            if (element.contentReference() != null) {
                var path = element.contentReference();
                slots.put(rules.name(), new Slot(rules, "BackboneElement", () -> backbone(path)));
                return;
            }
            boolean isChoice = element.name().endsWith("[x]");
            for (var type : element.types()) {
                var code = type.code();
                var name = isChoice
                        ? rules.name() + Character.toUpperCase(code.charAt(0)) + code.substring(1)
                        : rules.name();
                slots.put(name, slot(element, rules, type));
            }
        }

        private Slot slot(Element element, ElementRules rules, Type type) {
            var code = type.code();
            if (isBackbone(element)) {
                return new Slot(rules, code, () -> backbone(element.path()));
            }
            if (code.equals("Resource") || code.equals("xhtml") || isPrimitive(code)) {
                return new Slot(rules, code, null);
            }
            return new Slot(rules, code, type.isSimpleQuantity() ? () -> simpleQuantity() : () -> type(code));
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
