package org.referralgateway.mapper;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildContainedResources;
import ca.uhn.fhir.context.RuntimeChildDirectResource;
import ca.uhn.fhir.context.RuntimeChildExtension;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IDomainResource;
import org.jspecify.annotations.Nullable;

/** The shapes of one FHIR version's resources and datatypes, read once from HAPI's model and then only looked up. */
final class Shapes {

    private static final Shape.Child EXTENSION = new Shape.Child("extension", false, true);

    private final FhirContext fhir;
    private final Set<String> resourceTypes;
    private final Map<String, Shape> resources = new ConcurrentHashMap<>();
    private final Map<Class<?>, Shape> datatypes = new ConcurrentHashMap<>();

    Shapes(FhirContext fhir) {
        this.fhir = fhir;
        this.resourceTypes = Set.copyOf(fhir.getResourceTypes());
    }

    /** The version's name, for example {@code R4}. */
    String version() {
        var name = fhir.getVersion().getVersion().name();
        return name.equals("DSTU3") ? "STU3" : name;
    }

    /** The shape of a resource type, or nothing where this version has no such type. */
    Optional<Shape> resource(String type) {
        if (!resourceTypes.contains(type)) {
            return Optional.empty();
        }
        return Optional.of(resources.computeIfAbsent(type, name -> compile(fhir.getResourceDefinition(name))));
    }

    /** What stands beside a primitive under its name with an underscore: an id and extensions. */
    Shape elementWithExtensions() {
        var id = new Shape.Child("id", false, false);
        return new Shape(
                "Element",
                false,
                Map.of(
                        "id",
                        new Shape.Element("id", id, PrimitiveFormat.TEXT, null, null, false),
                        "extension",
                        extensions()),
                List.of());
    }

    /** Every element may have extensions, and every resource but for a few. */
    private Shape.Element extensions() {
        if (!(fhir.getElementDefinition("Extension") instanceof BaseRuntimeElementCompositeDefinition<?> extension)) {
            throw new IllegalStateException("HAPI's model has no Extension.");
        }
        return new Shape.Element("extension", EXTENSION, null, null, () -> datatype(extension), false);
    }

    private Shape datatype(BaseRuntimeElementCompositeDefinition<?> definition) {
        var known = datatypes.get(definition.getImplementingClass());
        if (known != null) {
            return known;
        }
        var compiled = compile(definition);
        datatypes.put(definition.getImplementingClass(), compiled);
        return compiled;
    }

    private Shape compile(BaseRuntimeElementCompositeDefinition<?> definition) {
        var elements = new HashMap<String, Shape.Element>();
        var required = new LinkedHashSet<Shape.Child>();
        for (var child : definition.getChildrenAndExtension()) {
            if (child instanceof RuntimeChildExtension) {
                continue; // HAPI knows it under odd names; see below
            }
            var names = child.getValidChildNames();
            var described =
                    new Shape.Child(child.getElementName().replace("[x]", ""), names.size() > 1, child.getMax() != 1);
            for (var name : names) {
                elements.put(name, element(definition.getName(), name, described, child));
            }
            if (child.getMin() > 0) {
                required.add(described);
            }
        }
        boolean isResource = definition instanceof RuntimeResourceDefinition;
        if (!isResource || IDomainResource.class.isAssignableFrom(definition.getImplementingClass())) {
            elements.put("extension", extensions()); // a Bundle, a Binary and Parameters have none
        }
        return new Shape(definition.getName(), isResource, Map.copyOf(elements), new ArrayList<>(required));
    }

    private Shape.Element element(String owner, String name, Shape.Child described, BaseRuntimeChildDefinition child) {
        if (child instanceof RuntimeChildContainedResources || child instanceof RuntimeChildDirectResource) {
            return new Shape.Element(name, described, null, null, null, true);
        }
        var below = child.getChildByName(name);
        if (below instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
            return new Shape.Element(name, described, null, null, () -> datatype(composite), false);
        }
        return new Shape.Element(name, described, format(owner, child, below), codes(child), null, false);
    }

    private static PrimitiveFormat format(
            String owner, BaseRuntimeChildDefinition child, BaseRuntimeElementDefinition<?> primitive) {
        return owner.equals("Reference") && child.getElementName().equals("reference")
                ? PrimitiveFormat.REFERENCE
                : PrimitiveFormat.of(primitive.getName());
    }

    /** The codes of a required binding, where HAPI's model has them as an enumeration. */
    private static @Nullable Set<String> codes(BaseRuntimeChildDefinition child) {
        if (child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition enumeration) {
            var constants = enumeration.getBoundEnumType().getEnumConstants();
            return java.util.Arrays.stream(constants)
                    .map(constant -> EnumCodes.codeOf((Enum<?>) constant))
                    .flatMap(Optional::stream)
                    .collect(Collectors.toUnmodifiableSet());
        }
        return null;
    }

    /** HAPI's enums each have a toCode method, but no interface that says so. */
    private static final class EnumCodes {
        static Optional<String> codeOf(Enum<?> constant) {
            if (constant.name().equals("NULL")) {
                return Optional.empty();
            }
            try {
                return Optional.ofNullable(
                        (String) constant.getClass().getMethod("toCode").invoke(constant));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("HAPI's enumeration constant " + constant + " has no code.", e);
            }
        }
    }
}
