package org.referralgateway.mapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.events.Severity;

/**
 * Turns a ServiceRequest and what came with it into a {@link Referral}. The same input and tables always give the same
 * result. All problems are reported at once.
 */
public final class ReferralMapper {

    private final ClinicalTables tables;

    public ReferralMapper(ClinicalTables tables) {
        this.tables = tables;
    }

    /**
     * @param dialect in which it arrived
     * @param sent the ServiceRequest
     * @param graph everything that came with it, and what the sender sent before
     * @param payloadIssues what {@link PayloadCheck} let travel; it travels on with the referral
     * @param receivedAt when the gateway got it; staleness counts from here
     */
    public Mapped map(
            Dialect dialect,
            SentResource sent,
            ResourceGraph graph,
            List<MappingIssue> payloadIssues,
            Instant receivedAt) {
        var mapping = new Mapping(tables, dialect, sent, graph.withAnswers());
        return mapping.run(payloadIssues, receivedAt);
    }

    /** One mapping of one ServiceRequest. */
    private static final class Mapping {

        private final ClinicalTables tables;
        private final Dialect dialect;
        private final ServiceRequest request;
        private final String path;
        private final boolean isAmendment;
        private final ResourceGraph graph;
        private final Trace trace = new Trace();

        Mapping(ClinicalTables tables, Dialect dialect, SentResource sent, ResourceGraph graph) {
            this.tables = tables;
            this.dialect = dialect;
            this.request = (ServiceRequest) sent.resource();
            this.path = sent.path();
            this.isAmendment = !(sent.write() instanceof SentResource.Write.Create)
                    && !(sent.write() instanceof SentResource.Write.CreateUnlessKnown);
            this.graph = graph;
        }

        /** What was found in another ServiceRequest of the payload is that referral's. */
        private List<MappingIssue> ours(List<MappingIssue> payloadIssues) {
            var others = graph.all(ServiceRequest.class).stream()
                    .filter(node -> node.resource() != request)
                    .map(node -> node.path() + ".")
                    .toList();
            return payloadIssues.stream()
                    .filter(issue -> others.stream().noneMatch(issue.expression()::startsWith))
                    .toList();
        }

        Mapped run(List<MappingIssue> allIssues, Instant receivedAt) {
            var payloadIssues = ours(allIssues);
            var element = new RequestMapping(request, path, trace);
            element.modifiers();
            var status = element.status(isAmendment, dialect.takesDrafts());
            var service = element.service();
            var categories = element.categories();
            var belongings = new Belongings(graph, request);
            var kind = new KindMapping(request, path, tables.services(), trace)
                    .kind(service.isEmpty() ? Concepts.NOTHING : service.getFirst(), categories, belongings);
            var parties = new Parties(belongings, trace);
            var patient = new PatientMapping(belongings, parties, trace, receivedAt).of(request, path);
            if (patient == null || trace.isRefused()) {
                return new Mapped.Refused(joined(payloadIssues, trace.issues()));
            }
            var participants = new Participants(request, path, belongings, parties, trace);
            var notes = new NoteMapping(belongings, trace).notes(request, path);
            var forms = new FormMapping(belongings, trace).forms();
            var reasonMapping = new ReasonMapping(request, path, belongings, tables.conditions(), trace);
            var numbers = new NumberMapping(request, path, belongings, trace);
            var thread = new ThreadMapping(belongings, trace);
            var gaps = new GapFields(belongings, trace);
            var referral = new Referral(
                    dialect.wireName(),
                    numbers.placerNumbers(),
                    numbers.requisition(),
                    thread.links(request, path),
                    thread.encounter(request, path),
                    status,
                    element.intent(),
                    new PriorityMapping(belongings, trace).priority(request, path),
                    gaps.filled(element.authoredOn(), "authoredOn", "request-details.authored-on"),
                    element.occurrence(),
                    gaps.patient(patient),
                    new ContactSafetyMapping(belongings, trace, receivedAt).of(request, path),
                    gaps.requester(participants.requester()),
                    participants.performers(),
                    participants.replyTo(),
                    kind.wireName(),
                    gaps.service(service),
                    categories,
                    element.orderDetails(),
                    gaps.reasons(reasonMapping.reasons(notes, forms)),
                    reasonMapping.problems(),
                    new TreatmentMapping(belongings, tables.medications(), trace, receivedAt).treatments(),
                    new ProcedureMapping(belongings, trace).procedures(),
                    new AllergyMapping(belongings, trace).allergies(),
                    new MeasurementMapping(belongings, trace).measurements(),
                    new DocumentMapping(belongings, parties, trace).documents(request, path),
                    forms,
                    new CoverageMapping(belongings, parties, trace).covers(),
                    notes,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null);
            var dropped = new Dropped(belongings, tables.elements(), trace).paths();
            return complete(referral, dropped, payloadIssues);
        }

        private Mapped complete(Referral referral, List<String> dropped, List<MappingIssue> payloadIssues) {
            var whole =
                    Referrals.with(referral, joined(payloadIssues, atTheirSource(trace.issues())), lineage(), dropped);
            return new Mapped.Complete(whole, Facts.of(whole));
        }

        /** What an answer to our own questions says has no elements; its lines end at the answer. */
        private List<Referral.Lineage> lineage() {
            if (!graph.hasAnswers()) {
                return trace.lineage();
            }
            return trace.lineage().stream()
                    .map(line -> new Referral.Lineage(line.field(), graph.source(line.source()), line.how()))
                    .distinct()
                    .toList();
        }

        private List<MappingIssue> atTheirSource(List<MappingIssue> issues) {
            if (!graph.hasAnswers()) {
                return issues;
            }
            return issues.stream()
                    .map(issue -> new MappingIssue(
                            issue.severity(), issue.code(), graph.source(issue.expression()), issue.diagnostics()))
                    .toList();
        }

        private static List<MappingIssue> joined(List<MappingIssue> first, List<MappingIssue> second) {
            var all = new ArrayList<>(first);
            all.addAll(second);
            all.sort((a, b) -> rank(a.severity()) - rank(b.severity()));
            return List.copyOf(all);
        }

        private static int rank(Severity severity) {
            return severity.ordinal();
        }
    }
}
