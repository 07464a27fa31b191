package org.referralgateway.validation;

import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Enumerations.BindingStrength;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.ExtensionContextType;
import org.jspecify.annotations.Nullable;

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

    static ExtensionRules of(StructureDefinition definition, Codes codes) {
        var types = new HashSet<String>();
        CodeSet binding = null;
        boolean simple = !definition.hasContextInvariant();
        for (var element : definition.getSnapshot().getElement()) {
            if (element.getPath().equals("Extension.value[x]") && !"0".equals(element.getMax())) {
                element.getType().forEach(type -> types.add(type.getCode()));
                if (element.hasBinding()
                        && element.getBinding().getStrength() == BindingStrength.REQUIRED
                        && element.getBinding().hasValueSet()) {
                    binding = codes.in(element.getBinding().getValueSet(), true);
                }
            }
            simple &= !(element.hasSliceName() && element.getPath().equals("Extension.extension"));
            simple &= !(element.hasIsModifier()
                    && element.getIsModifier()
                    && element.getPath().equals("Extension"));
            simple &= element.getPath().chars().filter(c -> c == '.').count() < 2;
        }
        var places = new HashSet<String>();
        for (var context : definition.getContext()) {
            simple &= context.getType() == ExtensionContextType.ELEMENT;
            places.add(context.getExpression());
        }
        return new ExtensionRules(Set.copyOf(types), Set.copyOf(places), binding, simple && !types.isEmpty());
    }
}
