package org.referralgateway.api.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.intake.Plan.Revision;
import org.referralgateway.clinical.ClinicalRules;
import org.referralgateway.mapper.BusinessIdentifier;
import org.referralgateway.mapper.Identifiers;
import org.referralgateway.mapper.IssueCode;
import org.referralgateway.mapper.Mapped;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Purpose;
import org.referralgateway.mapper.ReferralMapper;
import org.referralgateway.mapper.ResourceGraph;
import org.referralgateway.mapper.SentResource;
import org.referralgateway.mapper.SentResource.Write;
import org.referralgateway.mapper.Target;
import org.springframework.stereotype.Component;

/** Decides what is to be done with something that arrived. Reads, but changes nothing. */
@Component
class Planning {

    private static final Pattern MAY_STILL_COME = Pattern.compile("Patient/[A-Za-z0-9.-]{1,64}");

    private final ReceivedResources received;
    private final Referrals referrals;
    private final Submissions submissions;
    private final ReferralMapper mapper;
    private final ClinicalRules rules;

    Planning(
            ReceivedResources received,
            Referrals referrals,
            Submissions submissions,
            ReferralMapper mapper,
            ClinicalRules rules) {
        this.submissions = submissions;
        this.received = received;
        this.referrals = referrals;
        this.mapper = mapper;
        this.rules = rules;
    }

    Plan plan(Arrival arrival) {
        if (!arrival.submission().isAcceptable()) {
            return new Plan.Refuse(arrival.submission().issues());
        }
        var graph = ResourceGraph.of(arrival.submission().resources());
        graph.withEarlier(received.find(arrival.sender(), graph.unresolved()));
        return new OneArrival(arrival, graph).plan();
    }

    /** The planning of one arrival. */
    private final class OneArrival {

        private final Arrival arrival;
        private final ResourceGraph graph;
        private final Map<SentResource, Mapped> created = new LinkedHashMap<>();
        private final Map<SentResource, Mapped> amended = new LinkedHashMap<>();
        private final Map<SentResource, Revision> revised = new LinkedHashMap<>();
        private final List<String> waitsFor = new ArrayList<>();
        private final List<MappingIssue> waiting = new ArrayList<>();

        OneArrival(Arrival arrival, ResourceGraph graph) {
            this.arrival = arrival;
            this.graph = graph;
        }

        Plan plan() {
            for (var request : arrival.submission().requests()) {
                switch (Purpose.of(request)) {
                    case Purpose.New asNew -> {
                        if (!isKnownUnderItsCondition(request)) {
                            created.put(request, mapped(request, graph));
                        }
                    }
                    case Purpose.Amendment amendment -> amend(request, amendment);
                    case Purpose.Withdrawn withdrawn ->
                        target(request)
                                .ifPresentOrElse(
                                        referral -> revised.put(
                                                request,
                                                new Revision.Withdrawn(referral, withdrawn.why(), patient(request))),
                                        () -> waitForReferral(request));
                    case Purpose.ByReference byReference -> {
                        return byReference(request, byReference.reference());
                    }
                }
            }
            return decided();
        }

        private Plan decided() {
            var all = new LinkedHashMap<>(created);
            all.putAll(amended);
            var refusals = refusals(all);
            var patients =
                    refusals.stream().allMatch(this::isPatientThatMayCome) ? patientsToCome() : List.<String>of();
            if (!refusals.isEmpty() && patients.isEmpty()) {
                return new Plan.Refuse(refusals);
            }
            patients.forEach(this::waitForPatient);
            if (!waitsFor.isEmpty()) {
                return new Plan.Park(List.copyOf(waitsFor), null, List.copyOf(waiting));
            }
            return new Plan.Store(graph, complete(created), revised, companions(all));
        }

        private Mapped mapped(SentResource request, ResourceGraph among) {
            var mapped = mapper.map(
                    arrival.submission().dialect(),
                    request,
                    among,
                    arrival.submission().issues(),
                    arrival.at());
            return mapped instanceof Mapped.Complete complete ? rules.conclude(complete, arrival.at()) : mapped;
        }

        /** FHIR's conditional create: where it matches, nothing is made of the entry. */
        private boolean isKnownUnderItsCondition(SentResource request) {
            return request.write() instanceof Write.CreateUnlessKnown unless
                    && !submissions
                            .idsByIdentifier(
                                    arrival.sender(),
                                    request.type(),
                                    unless.identifier().system(),
                                    unless.identifier().value())
                            .isEmpty();
        }

        private Optional<UUID> target(SentResource request) {
            return referrals.find(arrival.sender(), request, Target.of(request, graph));
        }

        private void amend(SentResource request, Purpose.Amendment amendment) {
            var referral = target(request);
            if (referral.isPresent()) {
                var mapped = mapped(request, withCompanions(referral.get()));
                amended.put(request, mapped);
                if (mapped instanceof Mapped.Complete complete) {
                    revised.put(request, new Revision.Amended(referral.get(), complete));
                }
            } else if (amendment.orNew()) {
                created.put(request, mapped(request.with(new Write.Create()), graph));
            } else {
                waitForReferral(request);
            }
        }

        /**
         * A ServiceRequest put alone leaves what came with its first version in place, as REST has it; a message or Bundle
         * says everything anew.
         */
        private ResourceGraph withCompanions(UUID referral) {
            if (arrival.submission().resources().size() > 1) {
                return graph;
            }
            return graph.withEarlier(received.companions(arrival.sender(), referral));
        }

        /** A Task about a referral that is here already needs no fetching. */
        private Plan byReference(SentResource task, @Nullable String reference) {
            var known = target(task);
            if (known.isPresent()) {
                return new Plan.Follow(known.get(), referrals.coordinationTask(arrival.sender(), known.get()));
            }
            var issue = MappingIssue.information(
                    IssueCode.WAITS_FOR_ANOTHER,
                    "Task.focus",
                    reference == null
                            ? "The Task is kept. It names its ServiceRequest by a number only, which cannot be read from your"
                                    + " server. The referral begins when the ServiceRequest with this number is sent here."
                            : "The Task is kept. The referral begins when its ServiceRequest has been read from your server,"
                                    + " or has been sent here.");
            var target = Target.of(task, graph);
            var awaited = new ArrayList<>(target.references());
            target.numbers().forEach(number -> awaited.add("number:" + number.token()));
            return new Plan.Park(awaited, reference, List.of(issue));
        }

        private List<BusinessIdentifier> patient(SentResource request) {
            if (!(request.resource() instanceof ServiceRequest sent)) {
                return List.of();
            }
            var known = graph.resolve(sent, sent.getSubject());
            if (known.isPresent() && known.get().resource() instanceof Patient patient) {
                return Identifiers.of(patient.getIdentifier());
            }
            return Identifiers.of(sent.getSubject().getIdentifier()).stream().toList();
        }

        private void waitForReferral(SentResource request) {
            var target = Target.of(request, graph);
            waitsFor.addAll(target.references());
            target.numbers().forEach(number -> waitsFor.add("number:" + number.token()));
            SenderIds.of(request).forEach(id -> waitsFor.add("number:" + id.token()));
            waiting.add(MappingIssue.warning(
                    IssueCode.WAITS_FOR_ANOTHER,
                    request.path(),
                    "No referral that you sent has this id or number. This is kept until it arrives, and takes effect"
                            + " then."));
        }

        private void waitForPatient(String reference) {
            waitsFor.add(reference);
            waiting.add(MappingIssue.warning(
                    IssueCode.WAITS_FOR_ANOTHER,
                    "ServiceRequest.subject.reference",
                    "You have not sent this Patient. The referral is kept, and begins when you PUT the Patient under this"
                            + " id. Better: include the Patient."));
        }

        private boolean isPatientThatMayCome(MappingIssue issue) {
            return !issue.isError() || issue.code() == IssueCode.SUBJECT_UNRESOLVED;
        }

        /** The patients that only need to be sent; none where some subject can never resolve. */
        private List<String> patientsToCome() {
            var patients = new ArrayList<String>();
            created.forEach((request, mapped) -> {
                if (mapped instanceof Mapped.Refused) {
                    var reference =
                            ((ServiceRequest) request.resource()).getSubject().getReference();
                    patients.add(reference == null ? "" : reference);
                }
            });
            return patients.stream()
                            .allMatch(reference ->
                                    MAY_STILL_COME.matcher(reference).matches())
                    ? patients
                    : List.of();
        }
    }

    /**
     * Why the whole is refused. A laboratory order beside a referral is no reason: it is stored with it and said not to be
     * a referral.
     */
    private static List<MappingIssue> refusals(Map<SentResource, Mapped> mappings) {
        var refused = mappings.values().stream()
                .filter(Mapped.Refused.class::isInstance)
                .map(mapped -> ((Mapped.Refused) mapped).issues())
                .toList();
        boolean someReferral = refused.size() < mappings.size();
        return refused.stream()
                .filter(issues -> !(someReferral && isOnlyNoReferral(issues)))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static boolean isOnlyNoReferral(List<MappingIssue> issues) {
        return issues.stream()
                .filter(MappingIssue::isError)
                .allMatch(issue -> issue.code() == IssueCode.NOT_A_REFERRAL);
    }

    private static Map<SentResource, Mapped.Complete> complete(Map<SentResource, Mapped> mappings) {
        var complete = new LinkedHashMap<SentResource, Mapped.Complete>();
        mappings.forEach((request, mapped) -> {
            if (mapped instanceof Mapped.Complete whole) {
                complete.put(request, whole);
            }
        });
        return complete;
    }

    private static List<MappingIssue> companions(Map<SentResource, Mapped> mappings) {
        return mappings.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Mapped.Refused)
                .map(entry -> MappingIssue.warning(
                        IssueCode.NOT_TAKEN_AS_REFERRAL,
                        entry.getKey().path(),
                        "This ServiceRequest orders something else. It is kept with the referral; no referral was made of"
                                + " it."))
                .toList();
    }
}
