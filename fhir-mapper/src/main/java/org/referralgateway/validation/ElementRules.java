package org.referralgateway.validation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What FHIR's definitions, or a profile of ours, ask of an element.
 *
 * @param path as in the definition: {@code Patient.contact.name}
 * @param targets types that a reference may point to; empty where any
 * @param binding the codes that it must have one of; null where it is free
 * @param invariants that hold of the element itself, besides those of its type
 */
record ElementRules(
        String name,
        String path,
        int min,
        int max,
        int maxLength,
        Set<String> targets,
        @Nullable CodeSet binding,
        @Nullable String fixed,
        List<Invariant> invariants) {}
