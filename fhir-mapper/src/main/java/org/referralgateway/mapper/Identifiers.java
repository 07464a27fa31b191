package org.referralgateway.mapper;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** Business identifiers, as R4's Identifier has them. */
public final class Identifiers {

    private static final String PLACER = "PLAC";

    /** Ontario's and Canada's eReferral put the number into an extension whose address ends like this. */
    private static final String REFERRAL_IDENTIFIER = "referral-identifier";

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
     * one, all business identifiers, or, where there is none, the number in an extension.
     */
    public static List<BusinessIdentifier> placerIdentity(ServiceRequest request) {
        var all = of(request.getIdentifier());
        var placer = placerNumbers(all);
        if (!placer.isEmpty()) {
            return placer;
        }
        return all.isEmpty() ? inExtensions(request) : all;
    }

    /** Those that are marked as numbers of the placer. */
    static List<BusinessIdentifier> placerNumbers(List<BusinessIdentifier> all) {
        return all.stream()
                .filter(identifier -> PLACER.equals(identifier.type()))
                .toList();
    }

    static boolean isPlacerNumber(Identifier identifier) {
        return PLACER.equals(type(identifier));
    }

    static List<BusinessIdentifier> inExtensions(DomainResource resource) {
        return resource.getExtension().stream()
                .map(Identifiers::inExtension)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The referral's number, where an extension carries it. */
    static Optional<BusinessIdentifier> inExtension(Extension extension) {
        var url = extension.getUrl();
        return url != null && url.endsWith(REFERRAL_IDENTIFIER) && extension.getValue() instanceof Identifier identifier
                ? of(identifier)
                : Optional.empty();
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
