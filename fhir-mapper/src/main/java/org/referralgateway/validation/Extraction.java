package org.referralgateway.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.context.support.ValueSetExpansionOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.ConstraintSeverity;
import org.hl7.fhir.r4.model.ElementDefinition.TypeRefComponent;
import org.hl7.fhir.r4.model.Enumerations.BindingStrength;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.ExtensionContextType;
import org.hl7.fhir.r4.model.StructureDefinition.TypeDerivationRule;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptReferenceComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.Extract.Binding;
import org.referralgateway.validation.Extract.Constraint;
import org.referralgateway.validation.Extract.Element;
import org.referralgateway.validation.Extract.Kind;
import org.referralgateway.validation.Extract.Structure;
import org.referralgateway.validation.Extract.Type;

/** Takes the {@link Extract} out of the definitions that the reference validator works with. In order, so that it can be made again. */
final class Extraction {

    /**
     * Rules that the strict reading keeps, or that are looked after in Java because their FHIRPath is slow or says less than
     * the reference validator looks at. Each is held to the reference by the differential test.
     */
    private static final Set<String> ELSEWHERE = Set.of("ele-1", "dom-3", "txt-1", "txt-2", "ref-1", "bdl-7", "dom-6");

    private static final Set<String> PRIMITIVE_SYSTEM_TYPES =
            Set.of("http://hl7.org/fhirpath/System.String", "http://hl7.org/fhirpath/System.Boolean");

    private static final String FHIR_TYPE = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type";

    private final IValidationSupport support;
    private final List<IBaseResource> conformance;

    private Extraction(IValidationSupport support) {
        this.support = support;
        this.conformance = loaded(support);
    }

    /** HAPI reads each kind of definition when the first of its kind is asked for, and lists only what it has read. */
    private static List<IBaseResource> loaded(IValidationSupport support) {
        support.fetchAllStructureDefinitions();
        support.fetchCodeSystem("http://hl7.org/fhir/administrative-gender");
        support.fetchValueSet("http://hl7.org/fhir/ValueSet/administrative-gender");
        return Optional.ofNullable(support.fetchAllConformanceResources()).orElse(List.of());
    }

    /** Called by the build with the file to write. */
    public static void main(String... file) throws IOException {
        var extract = of(new ReferenceCheck(Guide.shipped()));
        var target = Path.of(file[0]);
        Files.createDirectories(target.getParent());
        try (var out = new BufferedOutputStream(Files.newOutputStream(target))) {
            ExtractFile.write(extract, out);
        }
    }

    static Extract of(ReferenceCheck reference) {
        return new Extraction(reference.support()).extract(reference.guide());
    }

    private Extract extract(Guide guide) {
        var structures = all(StructureDefinition.class)
                .sorted(Comparator.comparing(StructureDefinition::getUrl))
                .map(this::structure)
                .toList();
        var profiles = guide.profiles().stream()
                .map(profile ->
                        structure(profile, elements(profile.getDifferential().getElement())))
                .toList();
        return new Extract(structures, profiles, systems(), valueSets(), expansions(structures), languages());
    }

    private <T> Stream<T> all(Class<T> kind) {
        return conformance.stream().filter(kind::isInstance).map(kind::cast);
    }

    private Structure structure(StructureDefinition definition) {
        boolean isCompiled = definition.getType().equals("Extension")
                || definition.getUrl().equals(Definitions.SIMPLE_QUANTITY)
                || !(isProfile(definition) || kind(definition) == Kind.LOGICAL);
        return structure(
                definition, isCompiled ? elements(definition.getSnapshot().getElement()) : List.of());
    }

    private static Structure structure(StructureDefinition definition, List<Element> elements) {
        return new Structure(
                definition.getUrl(),
                definition.getType(),
                kind(definition),
                definition.getAbstract(),
                isProfile(definition),
                definition.getBaseDefinition(),
                elements,
                places(definition));
    }

    private static boolean isProfile(StructureDefinition definition) {
        return definition.getDerivation() == TypeDerivationRule.CONSTRAINT;
    }

    private static Kind kind(StructureDefinition definition) {
        return switch (definition.getKind()) {
            case PRIMITIVETYPE -> Kind.PRIMITIVE;
            case COMPLEXTYPE -> Kind.COMPLEX;
            case RESOURCE -> Kind.RESOURCE;
            case LOGICAL -> Kind.LOGICAL;
            case NULL -> throw new IllegalArgumentException(definition.getUrl() + " is of no kind.");
        };
    }

    private static @Nullable Set<String> places(StructureDefinition definition) {
        boolean isElsewhere = definition.hasContextInvariant()
                || definition.getContext().stream()
                        .anyMatch(context -> context.getType() != ExtensionContextType.ELEMENT);
        return isElsewhere
                ? null
                : definition.getContext().stream()
                        .map(context -> context.getExpression())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Element> elements(List<ElementDefinition> elements) {
        return elements.stream().map(Extraction::element).toList();
    }

    private static Element element(ElementDefinition element) {
        return new Element(
                element.getPath(),
                element.hasSliceName(),
                element.getIsModifier(),
                element.getMin(),
                max(element),
                element.getMaxLength(),
                element.hasContentReference() ? element.getContentReference().substring(1) : null,
                element.getType().stream().map(Extraction::type).toList(),
                binding(element),
                constraints(element),
                element.hasFixed() ? element.getFixed().primitiveValue() : null);
    }

    private static int max(ElementDefinition element) {
        if (!element.hasMax()) {
            return -1;
        }
        return element.getMax().equals("*") ? Element.NO_MAX : Integer.parseInt(element.getMax());
    }

    private static Type type(TypeRefComponent type) {
        var targets = type.getTargetProfile().stream()
                .map(CanonicalType::getValue)
                .map(target -> target.replace(Definitions.BASE, ""))
                .collect(Collectors.toCollection(TreeSet::new));
        return new Type(code(type), type.hasProfile(Definitions.SIMPLE_QUANTITY), targets);
    }

    private static String code(TypeRefComponent type) {
        if (!PRIMITIVE_SYSTEM_TYPES.contains(type.getCode())) {
            return type.getCode();
        }
        var as = type.getExtensionByUrl(FHIR_TYPE);
        return as == null ? "string" : as.getValue().primitiveValue();
    }

    private static @Nullable Binding binding(ElementDefinition element) {
        if (!element.hasBinding() || !element.getBinding().hasValueSet()) {
            return null;
        }
        var set = element.getBinding().getValueSet();
        boolean isRequired = element.getBinding().getStrength() == BindingStrength.REQUIRED;
        boolean isLookedAt = isRequired
                || element.getPath().equals("Reference.type") // the reference wants one of the list
                || (CommonCodes.has(set) && element.getBinding().getStrength() != BindingStrength.EXAMPLE);
        return isLookedAt ? new Binding(set, isRequired) : null;
    }

    private static List<Constraint> constraints(ElementDefinition element) {
        return element.getConstraint().stream()
                .filter(constraint -> constraint.getSeverity() == ConstraintSeverity.ERROR)
                .filter(constraint -> constraint.hasExpression() && !ELSEWHERE.contains(constraint.getKey()))
                .map(constraint ->
                        new Constraint(constraint.getKey(), constraint.getHuman(), constraint.getExpression()))
                .toList();
    }

    private Map<String, Set<String>> systems() {
        var systems = new TreeMap<String, Set<String>>();
        all(CodeSystem.class)
                .filter(system -> system.getContent() == CodeSystemContentMode.COMPLETE)
                .forEach(system -> {
                    var codes = new TreeSet<String>();
                    collect(system.getConcept(), codes);
                    systems.put(system.getUrl(), codes);
                });
        return systems;
    }

    private static void collect(List<ConceptDefinitionComponent> concepts, Set<String> into) {
        for (var concept : concepts) {
            into.add(concept.getCode());
            collect(concept.getConcept(), into);
        }
    }

    private Set<String> valueSets() {
        return all(ValueSet.class).map(ValueSet::getUrl).collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Map<String, Set<String>>> expansions(Collection<Structure> structures) {
        var expansions = new TreeMap<String, Map<String, Set<String>>>();
        structures.stream()
                .flatMap(structure -> structure.elements().stream())
                .flatMap(element -> Stream.ofNullable(element.binding()))
                .forEach(binding -> expansions.computeIfAbsent(binding.valueSet(), this::expansion));
        return expansions;
    }

    private Map<String, Set<String>> expansion(String canonical) {
        var codes = new TreeMap<String, Set<String>>();
        var url = CodeSet.withoutVersion(canonical);
        if (!CommonCodes.has(url) && support.fetchValueSet(url) instanceof ValueSet valueSet) {
            try {
                var outcome = support.expandValueSet(
                        new ValidationSupportContext(support), new ValueSetExpansionOptions(), valueSet);
                if (outcome != null && outcome.getValueSet() instanceof ValueSet expansion) {
                    collect(expansion.getExpansion().getContains(), codes);
                }
            } catch (RuntimeException e) {
                codes.clear(); // it includes a code system that is not here; HAPI says so by throwing
            }
        }
        return codes;
    }

    private static void collect(List<ValueSetExpansionContainsComponent> contains, Map<String, Set<String>> into) {
        for (var one : contains) {
            if (one.hasCode()) {
                into.computeIfAbsent(one.getSystem(), system -> new TreeSet<>()).add(one.getCode());
            }
            collect(one.getContains(), into);
        }
    }

    private List<String> languages() {
        return all(ValueSet.class)
                .filter(set -> set.getUrl().equals(CommonCodeSystemsTerminologyService.LANGUAGES_VALUESET_URL))
                .flatMap(set -> set.getCompose().getInclude().stream())
                .flatMap(include -> include.getConcept().stream())
                .map(ConceptReferenceComponent::getCode)
                .toList();
    }
}
