package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * What of a payload belongs to one referral: the things of its patient, and things of nobody in particular, such as an
 * organization, unless only another referral of the payload points to them.
 */
final class Belongings {

    private final ResourceGraph graph;
    private final ServiceRequest request;
    private final List<ResourceGraph.Node> nodes;
    private final Map<Class<?>, List<Found<?>>> byType = new HashMap<>();

    Belongings(ResourceGraph graph, ServiceRequest request) {
        this.graph = graph;
        this.request = request;
        this.nodes = hasOneRequest() ? ofThePatient() : withoutThoseOfOthers();
        for (var node : nodes) {
            var type = node.resource().getClass();
            byType.computeIfAbsent(type, any -> new ArrayList<>()).add(Found.of(node, type));
        }
    }

    /** Everything of one type, in the order in which it was sent. */
    <T extends Resource> List<Found<T>> all(Class<T> type) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // the key of the map says what is in the list
        List<Found<T>> found = (List) byType.getOrDefault(type, List.of());
        return found;
    }

    /** Everything. */
    List<ResourceGraph.Node> all() {
        return nodes;
    }

    /** What a reference points to, where it is of a type; also things that belong to somebody else. */
    <T extends Resource> Optional<Found<T>> resolve(Resource from, Reference reference, Class<T> type) {
        return graph.resolve(from, reference)
                .filter(node -> type.isInstance(node.resource()))
                .map(node -> Found.of(node, type));
    }

    /** What a reference points to, whatever it is. */
    Optional<ResourceGraph.Node> resolve(Resource from, Reference reference) {
        return graph.resolve(from, reference);
    }

    /** The Tasks that ask for this referral to be worked on. */
    List<Found<Task>> tasks() {
        return all(Task.class).stream()
                .filter(task -> asked(task.resource()).anyMatch(this::isTheRequest))
                .toList();
    }

    /** True for a message whose focus is the request, its Task, or that has only this one request. */
    boolean isAboutTheRequest(MessageHeader header) {
        return hasOneRequest()
                || header.getFocus().stream()
                        .flatMap(focus -> graph.resolve(header, focus).stream())
                        .anyMatch(node -> isTheRequest(node.resource())
                                || (node.resource() instanceof Task task
                                        && asked(task).anyMatch(this::isTheRequest)));
    }

    /** True where nothing else is asked for in the same payload. */
    boolean hasOneRequest() {
        return graph.all(ServiceRequest.class).size() == 1;
    }

    private Stream<Resource> asked(Task task) {
        return Stream.concat(Stream.of(task.getFocus()), task.getBasedOn().stream())
                .flatMap(reference -> graph.resolve(task, reference).stream())
                .map(ResourceGraph.Node::resource);
    }

    private boolean isTheRequest(Resource resource) {
        return resource == request;
    }

    private List<ResourceGraph.Node> ofThePatient() {
        var person = new WhosePatient(graph, request);
        return graph.all(Resource.class).stream()
                .filter(node -> person.owns(node.resource()) && !isForAnother(node.resource()))
                .toList();
    }

    private boolean isForAnother(Resource resource) {
        return switch (resource) {
            case ServiceRequest other -> other != request;
            case Task task ->
                asked(task).anyMatch(ServiceRequest.class::isInstance)
                        && asked(task).noneMatch(this::isTheRequest);
            default -> false;
        };
    }

    private List<ResourceGraph.Node> withoutThoseOfOthers() {
        var ours = new ArrayList<>(ofThePatient());
        var reachedByUs = reached(ours.stream().filter(node -> !isNobodys(node)).toList());
        var reachedByOthers = reached(graph.all(Resource.class).stream()
                .filter(node -> !ours.contains(node))
                .toList());
        ours.removeIf(node ->
                isNobodys(node) && reachedByOthers.contains(node.resource()) && !reachedByUs.contains(node.resource()));
        return ours;
    }

    private boolean isNobodys(ResourceGraph.Node node) {
        return node.resource() != request
                && WhosePatient.subject(node.resource()).isEmpty();
    }

    /** What some resources point to, directly and further on through things of nobody in particular. */
    private Set<Resource> reached(List<ResourceGraph.Node> from) {
        Set<Resource> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        var next = new ArrayList<>(from);
        while (!next.isEmpty()) {
            var resource = next.removeLast().resource();
            References.in(
                    resource,
                    reference -> graph.resolve(resource, reference)
                            .filter(target -> isNobodys(target) && reached.add(target.resource()))
                            .ifPresent(next::add));
        }
        return reached;
    }
}
