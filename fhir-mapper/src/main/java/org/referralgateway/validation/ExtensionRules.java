package org.referralgateway.validation;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.referralgateway.validation.Extract.Structure;

/**
 * What an extension that is defined here may hold and where it may stand.
 *
 * @param valueTypes empty where it holds other extensions
 * @param places elements and types that it may be in, as in the definition
 * @param binding the codes that its value must have one of; null where it is free
 * @param isSimple false where there is more to it: other extensions in it, conditions. Then only the reference
 *     can tell
 */
record ExtensionRules(
        Set<String> valueTypes,
        Set<String> places,
        @Nullable CodeSet binding,
        boolean isSimple) {

    static ExtensionRules of(Structure definition, Codes codes) {
        var types = new HashSet<String>();
        CodeSet binding = null;
        boolean simple = definition.places() != null;
        for (var element : definition.elements()) {
            if (element.path().equals("Extension.value[x]") && element.max() != 0) {
                element.types().forEach(type -> types.add(type.code()));
                if (element.binding() != null && element.binding().isRequired()) {
                    binding = codes.in(element.binding());
                }
            }
            simple &= !(element.isSlice() && element.path().equals("Extension.extension"));
            simple &= !(element.isModifier() && element.path().equals("Extension"));
            simple &= element.path().chars().filter(c -> c == '.').count() < 2;
        }
        var places = definition.places() == null ? Set.<String>of() : Set.copyOf(definition.places());
        return new ExtensionRules(Set.copyOf(types), places, binding, simple && !types.isEmpty());
    }
}
