package org.referralgateway.mapper;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** Business identifiers, as R4's Identifier has them. */
public final class Identifiers {

    private static final String PLACER = "PLAC";

    /** Source: HL7 v2 table 0203. */
    private static final Set<String> PERSONS_TYPES = Set.of(
            "MR", "MC", "MCN", "MA", "SS", "JHN", "NI", "NH", "HC", "PN", "PI", "PT", "DL", "PPN", "CZ", "PRC", "SB");

    /** Numbers of Australia, England, the United States and Denmark. */
    private static final Set<String> PERSONS_SYSTEMS = Set.of(
            "/medicare-number",
            "/hi/ihi/1.0",
            "/id/dva",
            "/Id/nhs-number",
            "/sid/us-ssn",
            "/sid/us-mbi",
            "2.16.840.1.113883.4.1",
            "1.2.208.176.1.2");

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
     * one, all business identifiers but those of a person, or, where there is none, the number in an extension.
     */
    public static List<BusinessIdentifier> placerIdentity(ServiceRequest request) {
        var all = of(request.getIdentifier().stream()
                .filter(identifier -> !isOfAPerson(identifier))
                .toList());
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

    /**
     * True for a patient's number, which some senders give the request as well: taken for the referral's, it would make all
     * referrals of that person one.
     */
    static boolean isOfAPerson(Identifier identifier) {
        var system = identifier.hasSystem() ? identifier.getSystem() : "";
        return PERSONS_TYPES.contains(String.valueOf(type(identifier)))
                || PERSONS_SYSTEMS.stream().anyMatch(system::endsWith);
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
