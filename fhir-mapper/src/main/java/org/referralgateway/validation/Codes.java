package org.referralgateway.validation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.Extract.Binding;

/** The code systems and value sets that are here, as sets of text. */
final class Codes {

    private final Extract extract;
    private final Map<Binding, CodeSet> valueSets = new HashMap<>();

    Codes(Extract extract) {
        this.extract = extract;
    }

    /** The codes of a system; null where it is not here, or not complete. */
    @Nullable
    Set<String> of(String system) {
        return extract.systems().get(system);
    }

    boolean isValueSet(String url) {
        return extract.valueSets().contains(url);
    }

    /** The codes of the value set that something is bound to; null where it is not bound. */
    @Nullable
    CodeSet in(@Nullable Binding binding) {
        return binding == null ? null : valueSets.computeIfAbsent(binding, this::listed);
    }

    private CodeSet listed(Binding binding) {
        var codes = extract.expansions().getOrDefault(binding.valueSet(), Map.of());
        return CodeSet.of(binding.valueSet(), binding.isRequired(), codes);
    }
}
