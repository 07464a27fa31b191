package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.CheckedPayload.Part;
import org.referralgateway.mapper.SentResource.Write;

/** A payload that was checked and parsed: what a {@link Dialect} looks at. For one thread. */
public final class Sent {

    private record Place(int entry, int nested) {}

    private final CheckedPayload payload;
    private final Resource resource;
    private final Map<Place, Part> parts = new HashMap<>();
    private @Nullable List<SentResource> contents;
    private @Nullable ResourceGraph graph;

    public Sent(CheckedPayload payload, Resource resource) {
        this.payload = payload;
        this.resource = resource;
        payload.parts().forEach(part -> parts.put(new Place(part.entry(), part.nested()), part));
    }

    /** The whole. */
    public Resource resource() {
        return resource;
    }

    /** The whole, where it is a Bundle. */
    public Optional<Bundle> bundle() {
        return resource instanceof Bundle bundle ? Optional.of(bundle) : Optional.empty();
    }

    public boolean isBundle(Bundle.BundleType type) {
        return resource instanceof Bundle bundle && bundle.getType() == type;
    }

    /** What the strict reading found; it belongs to every submission. */
    public List<MappingIssue> problems() {
        return payload.problems();
    }

    /** The part of a Bundle's entry; nothing where its resource has no type that R4 knows. */
    public Optional<Part> part(int entry) {
        return Optional.ofNullable(parts.get(new Place(entry, Part.NOT_NESTED)));
    }

    /** The payload itself as the one resource that was sent. */
    public SentResource alone(Write write) {
        return new SentResource(payload.parts().getFirst(), resource.fhirType(), resource, null, write);
    }

    /**
     * Everything in a Bundle whose entries say no more than that they are there: messages, documents, collections. A
     * Bundle among them is taken apart, one level deep, after itself.
     */
    public List<SentResource> contents() {
        if (contents == null) {
            var all = new ArrayList<SentResource>();
            bundle().ifPresent(bundle -> addEntries(bundle, all));
            contents = List.copyOf(all);
        }
        return contents;
    }

    private void addEntries(Bundle bundle, List<SentResource> all) {
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            var entry = bundle.getEntry().get(i);
            var part = part(i);
            if (part.isPresent() && entry.getResource() != null) {
                all.add(new SentResource(
                        part.get(), part.get().path(), entry.getResource(), entry.getFullUrl(), new Write.Create()));
                all.addAll(nested(i, entry.getResource()));
            }
        }
    }

    /** What lies in a Bundle that is itself the resource of an entry. */
    List<SentResource> nested(int entry, @Nullable Resource outer) {
        var all = new ArrayList<SentResource>();
        if (outer instanceof Bundle bundle) {
            for (int i = 0; i < bundle.getEntry().size(); i++) {
                var inner = bundle.getEntry().get(i);
                var part = parts.get(new Place(entry, i));
                if (part != null && inner.getResource() != null) {
                    all.add(new SentResource(
                            part, part.path(), inner.getResource(), inner.getFullUrl(), new Write.Within()));
                }
            }
        }
        return all;
    }

    /** The contents of one class, in their order. */
    public List<SentResource> all(Class<? extends Resource> type) {
        return contents().stream()
                .filter(sent -> type.isInstance(sent.resource()))
                .toList();
    }

    /** What a reference made in one of the contents points to, where that was sent along. */
    public Optional<SentResource> find(Resource from, Reference reference) {
        if (graph == null) {
            graph = ResourceGraph.of(contents());
        }
        return graph.resolve(from, reference)
                .flatMap(node -> contents().stream()
                        .filter(sent -> sent.resource() == node.resource())
                        .findFirst());
    }

    /** A message's header; nothing where it has none, or in what is no message. */
    public Optional<MessageHeader> header() {
        return isBundle(Bundle.BundleType.MESSAGE)
                ? all(MessageHeader.class).stream()
                        .map(sent -> (MessageHeader) sent.resource())
                        .findFirst()
                : Optional.empty();
    }

    /** The event of a message; an empty Coding where there is none. */
    public Coding event() {
        return header().filter(MessageHeader::hasEventCoding)
                .map(MessageHeader::getEventCoding)
                .orElseGet(Coding::new);
    }

    /** True for a message whose event has one of these codes. */
    public boolean isEvent(List<String> codes) {
        return event().hasCode() && codes.contains(event().getCode());
    }

    /** The code of a message's reason; empty where it has none. */
    public String reason() {
        return header().map(header -> header.getReason().getCodingFirstRep().getCode())
                .orElse("");
    }
}
