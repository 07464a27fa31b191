package org.referralgateway.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.context.support.ValueSetExpansionOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.jspecify.annotations.Nullable;

/** The code systems and value sets that are here, as sets of text. */
final class Codes {

    private final IValidationSupport support;
    private final Map<String, Set<String>> systems = new HashMap<>();
    // Filled while checks run side by side: a set is listed when the first payload needs it.
    private final Map<String, CodeSet> valueSets = new ConcurrentHashMap<>();
    private final Set<String> valueSetUrls = new HashSet<>();

    Codes(IValidationSupport support, List<IBaseResource> conformance) {
        this.support = support;
        for (var resource : conformance) {
            if (resource instanceof CodeSystem system && system.getContent() == CodeSystemContentMode.COMPLETE) {
                var codes = new HashSet<String>();
                collect(system.getConcept(), codes);
                systems.put(system.getUrl(), codes);
            } else if (resource instanceof ValueSet valueSet) {
                valueSetUrls.add(valueSet.getUrl());
            }
        }
    }

    private static void collect(List<ConceptDefinitionComponent> concepts, Set<String> into) {
        for (var concept : concepts) {
            into.add(concept.getCode());
            collect(concept.getConcept(), into);
        }
    }

    /** The codes of a system; null where it is not here, or not complete. */
    @Nullable
    Set<String> of(String system) {
        return systems.get(system);
    }

    boolean isValueSet(String url) {
        return valueSetUrls.contains(url);
    }

    /** The codes of a value set, listed now. */
    CodeSet in(String canonical, boolean isRequired) {
        return valueSets.computeIfAbsent(
                canonical + (isRequired ? "" : " (not required)"), key -> expanded(canonical, isRequired));
    }

    private CodeSet expanded(String canonical, boolean isRequired) {
        var url = canonical.contains("|") ? canonical.substring(0, canonical.indexOf('|')) : canonical;
        var codes = new HashSet<String>();
        var codings = new HashSet<String>();
        boolean known = false;
        if (!CommonCodes.has(url) && support.fetchValueSet(url) instanceof ValueSet valueSet) {
            try {
                var outcome = support.expandValueSet(
                        new ValidationSupportContext(support), new ValueSetExpansionOptions(), valueSet);
                if (outcome != null && outcome.getValueSet() instanceof ValueSet expansion) {
                    collect(expansion.getExpansion().getContains(), codes, codings);
                    known = !codes.isEmpty();
                }
            } catch (RuntimeException e) {
                known = false; // it includes a code system that is not here; HAPI says so by throwing
            }
        }
        return new CodeSet(url, isRequired, known, Set.copyOf(codes), Set.copyOf(codings));
    }

    private static void collect(
            List<ValueSetExpansionContainsComponent> contains, Set<String> codes, Set<String> codings) {
        for (var one : contains) {
            if (one.hasCode()) {
                codes.add(one.getCode());
                codings.add(one.getSystem() + "|" + one.getCode());
            }
            collect(one.getContains(), codes, codings);
        }
    }
}
