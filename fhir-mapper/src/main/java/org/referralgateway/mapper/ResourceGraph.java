package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.DomainResource;
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

    private final Map<String, Node> byReference = new HashMap<>();
    private final Map<Resource, Node> byIdentity = new LinkedHashMap<>();

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
            }
        });
        return this;
    }

    private void add(SentResource sent) {
        var node = new Node(sent.resource(), sent.path(), null);
        byIdentity.put(sent.resource(), node);
        if (sent.fullUrl() != null) {
            byReference.putIfAbsent(sent.fullUrl(), node);
        }
        IIdType id = sent.resource().getIdElement();
        if (id.getIdPart() != null) {
            // Real Bundles mix absolute fullUrls with relative references, so type and id count as well.
            byReference.putIfAbsent(sent.type() + "/" + id.getIdPart(), node);
        }
        if (sent.resource() instanceof DomainResource container) {
            for (int i = 0; i < container.getContained().size(); i++) {
                var contained = container.getContained().get(i);
                byIdentity.put(contained, new Node(contained, sent.path() + ".contained[" + i + "]", null));
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
        var found = byReference.get(text);
        if (found == null) {
            found = byReference.get(typeAndId(text));
        }
        return Optional.ofNullable(found);
    }

    private Optional<Node> contained(Resource from, String id) {
        if (!(from instanceof DomainResource container)) {
            return Optional.empty();
        }
        return container.getContained().stream()
                .filter(resource ->
                        id.equals(resource.getIdElement().getIdPart().replaceFirst("^#", "")))
                .findFirst()
                .map(byIdentity::get);
    }

    /** {@code Patient/123} out of {@code https://ehr.example/fhir/Patient/123/_history/2}. */
    private static String typeAndId(String reference) {
        var withoutVersion = reference.replaceFirst("/_history/[^/]+$", "");
        var parts = withoutVersion.split("/", -1);
        return parts.length < 2 ? withoutVersion : parts[parts.length - 2] + "/" + parts[parts.length - 1];
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
                    && text.matches("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}(/_history/.*)?")
                    && resolve(node.resource(), reference).isEmpty()) {
                missing.add(typeAndId(text));
            }
        };
    }
}
