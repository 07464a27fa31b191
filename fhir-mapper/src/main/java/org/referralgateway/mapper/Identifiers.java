package org.referralgateway.mapper;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** Business identifiers, as R4's Identifier has them. */
public final class Identifiers {

    private static final String PLACER = "PLAC";

    private Identifiers() {}

    /** What can be kept of an identifier: nothing where it has no value. */
    public static Optional<BusinessIdentifier> of(Identifier identifier) {
        if (!identifier.hasValue() || identifier.getValue().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new BusinessIdentifier(
                blankToNull(identifier.getSystem()), identifier.getValue().strip(), type(identifier)));
    }

    public static List<BusinessIdentifier> of(List<Identifier> identifiers) {
        return identifiers.stream()
                .map(Identifiers::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The identifiers that say which referral this is, for its placer: the placer numbers, or, where none is marked as
     * one, all business identifiers.
     */
    public static List<BusinessIdentifier> placerIdentity(ServiceRequest request) {
        var all = of(request.getIdentifier());
        var placer = all.stream()
                .filter(identifier -> PLACER.equals(identifier.type()))
                .toList();
        return placer.isEmpty() ? all : placer;
    }

    private static @Nullable String type(Identifier identifier) {
        return identifier.getType().getCoding().stream()
                .map(coding -> coding.getCode())
                .filter(code -> code != null)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
