package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.referralgateway.mapper.SentResource.Write;

/**
 * By what an amendment or withdrawal names the referral that it is about.
 *
 * @param references {@code ServiceRequest/id} or {@code Task/id}: the gateway's id, or the sender's own
 * @param numbers the placer's numbers; those of the request first, then those of its encounter (BaRS)
 */
public record Target(Set<String> references, List<BusinessIdentifier> numbers) {

    private static final Pattern TYPE_AND_ID =
            Pattern.compile("(?:.*/)?((?:ServiceRequest|Task)/[A-Za-z0-9.-]{1,64})(?:/_history/.*)?");

    public Target {
        references = Set.copyOf(references);
        numbers = List.copyOf(numbers);
    }

    /**
     * @param request one of {@link Submission#requests()}
     * @param graph of what came with it
     */
    public static Target of(SentResource request, ResourceGraph graph) {
        var references = new LinkedHashSet<String>();
        var numbers = new ArrayList<BusinessIdentifier>();
        if (request.write() instanceof Write.PutWhere where) {
            numbers.add(where.identifier());
        }
        if (request.part().id() != null && request.resource() instanceof ServiceRequest) {
            references.add("ServiceRequest/" + request.part().id());
        }
        switch (request.resource()) {
            case ServiceRequest sent -> numbers.addAll(numbers(sent, graph));
            case Task task -> {
                add(references, task.getFocus());
                task.getBasedOn().forEach(reference -> add(references, reference));
                Identifiers.of(task.getFocus().getIdentifier()).ifPresent(numbers::add);
                task.getBasedOn()
                        .forEach(reference ->
                                Identifiers.of(reference.getIdentifier()).ifPresent(numbers::add));
            }
            default -> {
                // no other resource asks for anything
            }
        }
        return new Target(references, numbers);
    }

    private static List<BusinessIdentifier> numbers(ServiceRequest request, ResourceGraph graph) {
        var numbers = new ArrayList<>(Identifiers.placerIdentity(request));
        numbers.addAll(caseNumbers(request, graph));
        return numbers;
    }

    /** The case numbers of the encounter in which it was requested: BaRS senders know a referral by them. */
    public static List<BusinessIdentifier> caseNumbers(ServiceRequest request, ResourceGraph graph) {
        return graph.resolve(request, request.getEncounter())
                .filter(node -> node.resource() instanceof Encounter)
                .map(node -> Identifiers.of(((Encounter) node.resource()).getIdentifier()))
                .orElse(List.of());
    }

    private static void add(Set<String> references, Reference reference) {
        var matcher = TYPE_AND_ID.matcher(reference.hasReference() ? reference.getReference() : "");
        if (matcher.matches()) {
            references.add(matcher.group(1));
        }
    }
}
