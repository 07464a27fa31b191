package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Resolves references among what was sent together and what the same sender sent before. Never looks anywhere else: a
 * reference to an address stays a reference.
 */
public final class ResourceGraph {

    /**
     * A resource and where it stands.
     *
     * @param path FHIRPath prefix of its elements; for a resource that was sent before, {@code Patient/123}
     * @param key {@code Type/id} under which the gateway has it from before; absent for what came in this payload
     */
    public record Node(
            Resource resource, String path, @Nullable String key) {}

    private static final Pattern VERSION = Pattern.compile("/_history/[^/]+$");
    private static final Pattern RELATIVE = Pattern.compile("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}(/_history/.*)?");

    private final Map<String, Node> byReference = new HashMap<>();
    private final Map<Resource, Node> byIdentity = new LinkedHashMap<>();
    private final Map<Resource, DomainResource> containers = new IdentityHashMap<>();
    private final Map<DomainResource, Map<String, Node>> containedById = new IdentityHashMap<>();
    private final Map<Resource, String> fullUrls = new IdentityHashMap<>();

    private final Set<String> answered = new HashSet<>();
    private final List<String> answers = new ArrayList<>();

    private ResourceGraph() {}

    public static ResourceGraph of(List<SentResource> sent) {
        var graph = new ResourceGraph();
        for (var resource : sent) {
            graph.add(resource);
        }
        return graph;
    }

    /**
     * The same graph with resources that were sent before, by {@code Type/id}. What came in this payload comes first.
     */
    public ResourceGraph withEarlier(Map<String, Resource> earlier) {
        earlier.forEach((key, resource) -> {
            var node = new Node(resource, key, key);
            if (byReference.putIfAbsent(key, node) == null) {
                byIdentity.put(resource, node);
                addContained(resource, key, key);
            }
        });
        return this;
    }

    /** What {@link #withEarlier} brought in, as {@code Type/id}. */
    public List<String> earlier() {
        return byIdentity.values().stream()
                .map(Node::key)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** The same graph with what the answers to our own questions say, each where it was answered. */
    ResourceGraph withAnswers() {
        for (var node : List.copyOf(byIdentity.values())) {
            if (node.resource() instanceof QuestionnaireResponse response
                    && GapAnswers.isOne(response)
                    && answered.add(node.path())) {
                for (var said : GapAnswers.of(response, node.path())) {
                    byIdentity.put(said.resource(), new Node(said.resource(), said.path(), node.key()));
                    answers.add(said.path());
                }
            }
        }
        return this;
    }

    boolean hasAnswers() {
        return !answers.isEmpty();
    }

    /** Where a line of lineage ends that leads into an answer: at the answer, which has no elements of its own. */
    String source(String path) {
        for (var answer : answers) {
            if (path.startsWith(answer + ".")) {
                return answer;
            }
        }
        return path;
    }

    private void add(SentResource sent) {
        var node = new Node(sent.resource(), sent.path(), null);
        byIdentity.put(sent.resource(), node);
        if (sent.fullUrl() != null) {
            byReference.putIfAbsent(sent.fullUrl(), node);
            fullUrls.put(sent.resource(), sent.fullUrl());
        }
        if (sent.part().id() != null) {
            // Real Bundles mix absolute fullUrls with relative references, so type and id count as well.
            byReference.putIfAbsent(sent.type() + "/" + sent.part().id(), node);
        }
        addContained(sent.resource(), sent.path(), null);
    }

    private void addContained(Resource resource, String path, @Nullable String key) {
        if (resource instanceof DomainResource container) {
            for (int i = 0; i < container.getContained().size(); i++) {
                var contained = container.getContained().get(i);
                var node = new Node(contained, path + ".contained[" + i + "]", key);
                byIdentity.put(contained, node);
                containers.put(contained, container);
                containedById.computeIfAbsent(container, any -> new HashMap<>()).putIfAbsent(localId(contained), node);
            }
        }
    }

    /** The resource that a reference made in {@code from} points to. */
    public Optional<Node> resolve(Resource from, Reference reference) {
        var text = reference.getReference();
        if (text == null) {
            return Optional.empty();
        }
        if (text.startsWith("#")) {
            return contained(from, text.substring(1));
        }
        return Optional.ofNullable(find(from, unversioned(text)));
    }

    private @Nullable Node find(Resource from, String reference) {
        if (!isAddress(reference)) {
            var sameServer = byReference.get(base(from) + reference);
            return sameServer == null ? byReference.get(reference) : sameServer;
        }
        var exact = byReference.get(reference);
        if (exact != null) {
            return exact;
        }
        // The same type and id on another server is somebody else; without an address of its own it may be meant.
        var near = byReference.get(typeAndId(reference));
        return near == null || isAddress(fullUrls.getOrDefault(near.resource(), "")) ? null : near;
    }

    private static boolean isAddress(String reference) {
        return reference.startsWith("http://") || reference.startsWith("https://");
    }

    /** {@code https://ehr.example/fhir/} where a resource came with the fullUrl {@code https://ehr.example/fhir/Patient/1}. */
    private String base(Resource from) {
        var container = containers.get(from);
        var fullUrl = fullUrls.getOrDefault(container == null ? from : container, "");
        return isAddress(fullUrl) ? fullUrl.replaceFirst("[^/]+/[^/]+$", "") : "";
    }

    /** Contained resources also point to each other. */
    private Optional<Node> contained(Resource from, String id) {
        var container = containers.getOrDefault(from, from instanceof DomainResource domain ? domain : null);
        return container == null
                ? Optional.empty()
                : Optional.ofNullable(
                        containedById.getOrDefault(container, Map.of()).get(id));
    }

    private static String localId(Resource contained) {
        var id = contained.getIdElement().getIdPart();
        if (id == null) {
            return "";
        }
        return id.startsWith("#") ? id.substring(1) : id;
    }

    /** The resource that holds a contained one. */
    Optional<Resource> container(Resource contained) {
        return Optional.ofNullable(containers.get(contained));
    }

    /** {@code Patient/123} out of {@code https://ehr.example/fhir/Patient/123/_history/2}. */
    private static String typeAndId(String reference) {
        var withoutVersion = unversioned(reference);
        int last = withoutVersion.lastIndexOf('/');
        int beforeType = last < 0 ? -1 : withoutVersion.lastIndexOf('/', last - 1);
        return withoutVersion.substring(beforeType + 1);
    }

    private static String unversioned(String reference) {
        return reference.contains("/_history/") ? VERSION.matcher(reference).replaceFirst("") : reference;
    }

    /** All resources of a class, contained ones too, in the order in which they were sent. */
    public <T extends Resource> List<Node> all(Class<T> type) {
        return byIdentity.values().stream()
                .filter(node -> type.isInstance(node.resource()))
                .toList();
    }

    /** Where a resource stands. */
    public Node node(Resource resource) {
        var node = byIdentity.get(resource);
        if (node == null) {
            throw new IllegalArgumentException("The resource is not part of this graph.");
        }
        return node;
    }

    /** Relative references that nothing here answers, as {@code Type/id}: what the same sender may have sent before. */
    public Set<String> unresolved() {
        var missing = new LinkedHashSet<String>();
        for (var node : new ArrayList<>(byIdentity.values())) {
            References.in(node.resource(), unresolvedInto(missing, node));
        }
        return missing;
    }

    private Consumer<Reference> unresolvedInto(Set<String> missing, Node node) {
        return reference -> {
            var text = reference.getReference();
            if (text != null
                    && RELATIVE.matcher(text).matches()
                    && resolve(node.resource(), reference).isEmpty()) {
                missing.add(typeAndId(text));
            }
        };
    }
}
