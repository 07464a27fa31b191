package org.referralgateway.mapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
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
        var mapping = new Mapping(tables, dialect, sent, graph);
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
            var status = element.status(isAmendment);
            var service = element.service();
            var categories = element.categories();
            element.kind(service, categories);
            var patient = new PatientMapping(graph, trace).of(request, path);
            if (patient == null || trace.isRefused()) {
                return new Mapped.Refused(joined(payloadIssues, trace.issues()));
            }
            var parties = new Parties(graph, trace);
            var reasonMapping = new ReasonMapping(graph, tables.conditions(), trace);
            var conditions = ofThePatient(Condition.class);
            var supporting = new SupportingMapping(graph, trace);
            var referral = new Referral(
                    dialect.wireName(),
                    element.placerNumbers(),
                    element.requisition(),
                    status,
                    element.intent(),
                    element.priority(),
                    element.authoredOn(),
                    element.occurrence(),
                    patient,
                    parties.of(request, request.getRequester(), "requester", path + ".requester"),
                    performers(parties),
                    service,
                    categories,
                    reasonMapping.reasons(request, path, conditions),
                    reasonMapping.problems(conditions),
                    new TreatmentMapping(graph, tables.medications(), trace).of(medications()),
                    supporting.allergies(ofThePatient(AllergyIntolerance.class)),
                    new MeasurementMapping(trace).of(ofThePatient(Observation.class)),
                    supporting.documents(ofThePatient(DocumentReference.class)),
                    supporting.coverage(ofThePatient(Coverage.class)),
                    element.notes(),
                    List.of(),
                    List.of(),
                    List.of());
            supporting.notMapped(request);
            element.notMapped();
            return complete(referral, payloadIssues, receivedAt);
        }

        private Mapped complete(Referral referral, List<MappingIssue> payloadIssues, Instant receivedAt) {
            var completeness = Completeness.of(referral, receivedAt);
            for (var item : completeness) {
                if (item.level().equals("required") && !item.state().equals("present")) {
                    boolean missing = item.state().equals("missing");
                    trace.information(
                            missing ? IssueCode.MISSING_FROM_MINIMUM_DATA : IssueCode.STALE_IN_MINIMUM_DATA,
                            path,
                            "The clinic's minimum data set asks for " + item.item()
                                    + (missing ? ", which was not found." : "; what was sent is undated or too old.")
                                    + " The referral is taken; the clinic may ask for it.");
                }
            }
            var whole = Referrals.with(referral, completeness, joined(payloadIssues, trace.issues()), trace.lineage());
            return new Mapped.Complete(whole, Facts.of(whole));
        }

        private List<Referral.Party> performers(Parties parties) {
            var performers = new ArrayList<Referral.Party>();
            for (int i = 0; i < request.getPerformer().size(); i++) {
                var party = parties.of(
                        request,
                        request.getPerformer().get(i),
                        "performers[" + performers.size() + "]",
                        path + ".performer[" + i + "]");
                if (party != null) {
                    performers.add(party);
                }
            }
            return performers;
        }

        private List<ResourceGraph.Node> medications() {
            var nodes = new ArrayList<>(ofThePatient(MedicationStatement.class));
            nodes.addAll(ofThePatient(MedicationRequest.class));
            return nodes;
        }

        /**
         * What belongs to this referral's patient.
         */
        private <T extends Resource> List<ResourceGraph.Node> ofThePatient(Class<T> type) {
            var person = new WhosePatient(graph, request);
            return graph.all(type).stream()
                    .filter(node -> person.owns(node.resource()))
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
