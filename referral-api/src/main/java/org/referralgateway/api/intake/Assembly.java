package org.referralgateway.api.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.intake.NewSubmission.NewReferral;
import org.referralgateway.api.intake.NewSubmission.NewResource;
import org.referralgateway.api.intake.StoredSubmission.Place;
import org.referralgateway.api.outbox.OutboxRow;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.events.EventEnvelope;
import org.referralgateway.events.ReferralEvent;
import org.referralgateway.events.ReferralId;
import org.referralgateway.events.TaskId;
import org.referralgateway.mapper.BusinessIdentifier;
import org.referralgateway.mapper.Identifiers;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.ResourceGraph;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.SentResource.Write;
import org.referralgateway.mapper.Submission;
import tools.jackson.databind.json.JsonMapper;

/** Puts together what one commit stores: ids for everything, links from what was sent to what it became, events. */
final class Assembly {

    private final String sender;
    private final Payload payload;
    private final Submission submission;
    private final ResourceGraph graph;
    private final Instant receivedAt;
    private final Ids ids;
    private final JsonMapper json;
    private final Submissions stored;

    private final Map<SentResource, String> idOf = new HashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private final List<NewResource> resources = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<SubmissionKey> keys = new ArrayList<>();

    Assembly(
            String sender,
            Payload payload,
            Submission submission,
            ResourceGraph graph,
            Instant receivedAt,
            Ids ids,
            JsonMapper json,
            Submissions stored) {
        this.sender = sender;
        this.payload = payload;
        this.submission = submission;
        this.graph = graph;
        this.receivedAt = receivedAt;
        this.ids = ids;
        this.json = json;
        this.stored = stored;
    }

    /** What to store, and where each entry of the request will be found. */
    record Assembled(NewSubmission submission, List<Place> places) {}

    /**
     * @param mapped the ServiceRequests that are referrals
     */
    Assembled assemble(Map<SentResource, Mapped.Complete> mapped) {
        var coordinationTasks = new HashMap<SentResource, UUID>();
        mapped.keySet().forEach(request -> coordinationTasks.put(request, ids.next()));
        for (var sent : submission.resources()) {
            place(sent, coordinationTasks);
        }
        keys.addAll(SubmissionKey.of(payload, List.copyOf(mapped.keySet())));
        var referrals = new ArrayList<NewReferral>();
        mapped.forEach((request, complete) -> referrals.add(referral(request, complete, coordinationTasks)));
        var all = new NewSubmission(
                sender, ids.next(), receivedAt, submission.dialect(), payload, keys, links, resources, referrals);
        return new Assembled(all, places);
    }

    private void place(SentResource sent, Map<SentResource, UUID> coordinationTasks) {
        switch (sent.write()) {
            case Write.Create create -> add(sent, newId(sent, coordinationTasks), false);
            case Write.Put put -> add(sent, put.id(), true);
            case Write.StoredAs already -> link(sent, already.id());
            case Write.CreateUnlessKnown unless -> {
                var known = stored.idsByIdentifier(
                        sender,
                        sent.type(),
                        unless.identifier().system(),
                        unless.identifier().value());
                if (known.isEmpty()) {
                    keys.add(SubmissionKey.conditionalCreate(
                            sent.type(), unless.identifier().token()));
                    add(sent, ids.next().toString(), false);
                } else {
                    link(sent, known.getFirst());
                    places.add(new Place(sent.part().entry(), sent.type(), known.getFirst(), 1, false));
                }
            }
        }
    }

    /** A Task of the placer that focuses on the referral is the coordination task: it gets that one's id. */
    private String newId(SentResource sent, Map<SentResource, UUID> coordinationTasks) {
        if (sent.resource() instanceof Task task) {
            var focus = graph.resolve(task, task.getFocus());
            if (focus.isPresent()) {
                for (var entry : coordinationTasks.entrySet()) {
                    if (entry.getKey().resource() == focus.get().resource()
                            && !idOf.containsValue(entry.getValue().toString())) {
                        return entry.getValue().toString();
                    }
                }
            }
        }
        return ids.next().toString();
    }

    private void add(SentResource sent, String id, boolean put) {
        link(sent, id);
        var part = sent.part();
        resources.add(
                new NewResource(sent.type(), id, put, part.entry(), part.offset(), part.length(), identifiers(sent)));
        places.add(new Place(part.entry(), sent.type(), id, 1, true));
    }

    private void link(SentResource sent, String id) {
        idOf.put(sent, id);
        var target = sent.type() + "/" + id;
        if (sent.fullUrl() != null) {
            links.put(sent.fullUrl(), target);
        }
        var localId = sent.part().id();
        if (localId != null && !localId.equals(id)) {
            links.putIfAbsent(sent.type() + "/" + localId, target);
        }
    }

    private static List<BusinessIdentifier> identifiers(SentResource sent) {
        var named = sent.resource().getNamedProperty("identifier");
        if (named == null) {
            return List.of();
        }
        return named.getValues().stream()
                .filter(org.hl7.fhir.r4.model.Identifier.class::isInstance)
                .map(identifier -> Identifiers.of((org.hl7.fhir.r4.model.Identifier) identifier))
                .flatMap(java.util.Optional::stream)
                .toList();
    }

    private NewReferral referral(
            SentResource request, Mapped.Complete complete, Map<SentResource, UUID> coordinationTasks) {
        var id = UUID.fromString(java.util.Objects.requireNonNull(idOf.get(request)));
        var coordinationTask = java.util.Objects.requireNonNull(coordinationTasks.get(request));
        var event = new EventEnvelope(
                ids.next(),
                sender,
                new ReferralId(id),
                1,
                receivedAt,
                payload.traceparent(),
                new ReferralEvent.Received(new TaskId(coordinationTask), 1, complete.facts()));
        return new NewReferral(
                id,
                request.part().entry(),
                coordinationTask,
                complete.referral(),
                json.writeValueAsBytes(complete.referral()),
                patient((ServiceRequest) request.resource()),
                OutboxRow.of(event));
    }

    /** {@code Patient/id} where the patient is a resource of its own, new or from before; not where it is contained. */
    private @Nullable String patient(ServiceRequest request) {
        var node = graph.resolve(request, request.getSubject());
        if (node.isEmpty() || !(node.get().resource() instanceof Patient)) {
            return null;
        }
        if (node.get().key() != null) {
            return node.get().key();
        }
        return idOf.entrySet().stream()
                .filter(entry -> entry.getKey().resource() == node.get().resource())
                .map(entry -> "Patient/" + entry.getValue())
                .findFirst()
                .orElse(null);
    }
}
