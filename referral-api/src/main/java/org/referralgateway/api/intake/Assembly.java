package org.referralgateway.api.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.intake.NewSubmission.NewReferral;
import org.referralgateway.api.intake.NewSubmission.NewResource;
import org.referralgateway.api.intake.StoredSubmission.Place;
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
import org.referralgateway.mapper.SentLater;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.SentResource.Write;
import org.referralgateway.mapper.Submission;
import org.referralgateway.mapper.Target;
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
    record Assembled(NewSubmission submission, List<Place> places) {

        /** The places with the versions that the database gave the resources. */
        List<Place> places(Map<String, Integer> versions) {
            return places.stream().map(place -> placed(place, versions)).toList();
        }

        private static Place placed(Place place, Map<String, Integer> versions) {
            var version = versions.get(place.type() + "/" + place.id());
            return version == null ? place : new Place(place.entry(), place.type(), place.id(), version, false);
        }
    }

    /**
     * @param created the requests of which new referrals are made
     * @param revised the requests that change referrals that are there
     * @param coordinationTask for the first new referral; absent where it gets one of its own
     */
    Assembled assemble(
            Map<SentResource, Mapped.Complete> created,
            Map<SentResource, UUID> revised,
            @Nullable UUID coordinationTask) {
        var coordinationTasks = new LinkedHashMap<SentResource, UUID>();
        for (var request : created.keySet()) {
            boolean given = coordinationTask != null && coordinationTasks.isEmpty();
            coordinationTasks.put(request, given ? coordinationTask : ids.next());
        }
        for (var sent : submission.resources()) {
            place(sent, created, revised, coordinationTasks);
        }
        keys.addAll(
                SubmissionKey.of(payload, submission, List.copyOf(created.keySet()), List.copyOf(revised.keySet())));
        var referrals = new ArrayList<NewReferral>();
        created.forEach((request, complete) -> referrals.add(referral(request, complete, coordinationTasks)));
        var revisedByEntry = new HashMap<Integer, UUID>();
        revised.forEach((request, referral) -> revisedByEntry.put(request.part().entry(), referral));
        var all = new NewSubmission(
                sender,
                ids.next(),
                receivedAt,
                submission.dialect(),
                payload,
                keys,
                links,
                handles(),
                resources,
                referrals,
                graph.earlier(),
                belongsTo(),
                submission.saidAt(),
                revisedByEntry);
        return new Assembled(all, places);
    }

    private List<String> belongsTo() {
        return submission.requests().isEmpty()
                ? submission.resources().stream()
                        .flatMap(sent -> SentLater.belongsTo(sent.resource()).stream())
                        .distinct()
                        .toList()
                : List.of();
    }

    private List<String> handles() {
        var handles = new ArrayList<String>();
        for (var resource : resources) {
            handles.add(resource.type() + "/" + resource.id());
            if (resource.type().equals("ServiceRequest")) {
                resource.identifiers().forEach(number -> handles.add("number:" + number.token()));
            }
        }
        submission
                .requests()
                .forEach(request -> handles.addAll(Target.of(request, graph).references()));
        return handles;
    }

    private void place(
            SentResource sent,
            Map<SentResource, Mapped.Complete> created,
            Map<SentResource, UUID> revised,
            Map<SentResource, UUID> coordinationTasks) {
        if (revised.containsKey(sent) && sent.resource() instanceof ServiceRequest) {
            add(sent, revised.get(sent).toString(), true);
        } else if (created.containsKey(sent)) {
            add(sent, ids.next().toString(), false);
        } else {
            placeOther(sent, coordinationTasks);
        }
    }

    private void placeOther(SentResource sent, Map<SentResource, UUID> coordinationTasks) {
        switch (sent.write()) {
            case Write.Put put -> add(sent, put.id(), true);
            case Write.PutWhere where -> {
                var known = known(sent.type(), where.identifier());
                add(sent, known.orElseGet(() -> ids.next().toString()), known.isPresent());
            }
            case Write.StoredAs already -> link(sent, already.id());
            case Write.Within within -> {
                // it is stored with the Bundle it lies in
            }
            case Write.CreateUnlessKnown unless -> {
                var known = known(sent.type(), unless.identifier());
                if (known.isEmpty()) {
                    keys.add(SubmissionKey.conditionalCreate(
                            sent.type(), unless.identifier().token()));
                    add(sent, ids.next().toString(), false);
                } else {
                    link(sent, known.get());
                    places.add(new Place(sent.part().entry(), sent.type(), known.get(), 1, false));
                }
            }
            case Write.Create create -> add(sent, newId(sent, coordinationTasks), false);
            case Write.Amend amend -> add(sent, ids.next().toString(), false);
            case Write.Withdraw withdraw -> add(sent, ids.next().toString(), false);
            case Write.Fetch fetch -> add(sent, newId(sent, coordinationTasks), false);
        }
    }

    private Optional<String> known(String type, BusinessIdentifier identifier) {
        return stored.idsByIdentifier(sender, type, identifier.system(), identifier.value()).stream()
                .findFirst();
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
        resources.add(new NewResource(
                sent.type(),
                id,
                put,
                part.entry(),
                part.offset(),
                part.length(),
                identifiers(sent),
                requisition(sent)));
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

    /** What it is found by: its identifiers, and for a referral what its sender may call it by later. */
    private List<BusinessIdentifier> identifiers(SentResource sent) {
        var all = new ArrayList<>(ownIdentifiers(sent));
        if (sent.resource() instanceof ServiceRequest request) {
            all.addAll(Target.caseNumbers(request, graph));
            all.addAll(SenderIds.of(sent));
        }
        return all;
    }

    private static Optional<BusinessIdentifier> requisition(SentResource sent) {
        return sent.resource() instanceof ServiceRequest request
                ? Identifiers.of(request.getRequisition())
                : Optional.empty();
    }

    private static List<BusinessIdentifier> ownIdentifiers(SentResource sent) {
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
                event);
    }

    /** {@code Patient/id} where the patient is a resource of its own, new or from before; not where it is contained. */
    @Nullable
    String patient(ServiceRequest request) {
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
