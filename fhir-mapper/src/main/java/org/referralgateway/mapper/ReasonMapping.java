package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.Problem;
import org.referralgateway.mapper.Referral.Reason;

/** Why the patient is referred: reasonCode, reasonReference, else the Conditions that came along. */
final class ReasonMapping {

    private final ResourceGraph graph;
    private final ConditionTable table;
    private final Trace trace;
    private final List<Reason> reasons = new ArrayList<>();
    private final Set<Resource> used = new HashSet<>();

    ReasonMapping(ResourceGraph graph, ConditionTable table, Trace trace) {
        this.graph = graph;
        this.table = table;
        this.trace = trace;
    }

    List<Reason> reasons(ServiceRequest request, String path, List<ResourceGraph.Node> conditions) {
        var bodySite = request.hasBodySite()
                ? Concepts.of(request.getBodySiteFirstRep()).label()
                : null;
        for (int i = 0; i < request.getReasonCode().size(); i++) {
            add(Concepts.of(request.getReasonCode().get(i)), null, bodySite, path + ".reasonCode[" + i + "]");
            bodySiteFrom(request.getBodySite(), path);
        }
        for (int i = 0; i < request.getReasonReference().size(); i++) {
            var here = path + ".reasonReference[" + i + "]";
            var reference = request.getReasonReference().get(i);
            var resolved = graph.resolve(request, reference);
            if (resolved.isPresent() && resolved.get().resource() instanceof Condition condition) {
                condition(condition, resolved.get().path(), bodySite);
                bodySiteFrom(
                        condition.hasBodySite() ? condition.getBodySite() : request.getBodySite(),
                        condition.hasBodySite() ? resolved.get().path() : path);
            } else if (reference.hasDisplay()) {
                add(new Concept(List.of(), reference.getDisplay()), null, null, here + ".display");
            } else if (resolved.isEmpty()) {
                trace.warning(
                        IssueCode.REFERENCE_UNRESOLVED,
                        here + ".reference",
                        "The reference resolves to nothing in this request or among what you sent before. Include the"
                                + " Condition.");
            } else {
                trace.information(
                        IssueCode.NOT_MAPPED,
                        here,
                        "A reason that is a " + resolved.get().resource().fhirType()
                                + " is not read as a diagnosis; a coordinator will look at it. Send the Condition as well.");
            }
        }
        if (reasons.isEmpty()) {
            fromConditions(path, conditions, bodySite);
        }
        return reasons;
    }

    private void bodySiteFrom(List<CodeableConcept> sites, String path) {
        if (!sites.isEmpty()) {
            trace.copied("reasons[" + (reasons.size() - 1) + "].bodySite", path + ".bodySite[0]");
        }
    }

    private void fromConditions(String path, List<ResourceGraph.Node> conditions, @Nullable String bodySite) {
        if (conditions.isEmpty()) {
            trace.warning(
                    IssueCode.REASON_MISSING,
                    path + ".reasonCode",
                    "No reason was sent. Add the pain diagnosis as reasonCode, or as reasonReference to a Condition.");
            return;
        }
        for (var node : conditions) {
            condition((Condition) node.resource(), node.path(), bodySite);
            trace.assumed("reasons[" + (reasons.size() - 1) + "]", node.path());
        }
        trace.warning(
                IssueCode.REASON_MISSING,
                path + ".reasonCode",
                "No reason was sent; the Conditions that came along were taken as the reason. Name the one you mean.");
    }

    private void condition(Condition condition, String path, @Nullable String requested) {
        used.add(condition);
        var bodySite = condition.hasBodySite()
                ? Concepts.of(condition.getBodySiteFirstRep()).label()
                : requested;
        add(Concepts.of(condition.getCode()), onset(condition), bodySite, path + ".code");
        if (condition.hasOnset()) {
            trace.copied("reasons[" + (reasons.size() - 1) + "].onset", path + ".onset");
        }
    }

    private static @Nullable String onset(Condition condition) {
        if (!condition.hasOnset()) {
            return null;
        }
        return condition.getOnset() instanceof DateTimeType dateTime
                ? dateTime.getValueAsString()
                : condition.getOnset().isPrimitive()
                        ? condition.getOnset().primitiveValue()
                        : Periods.text(condition.getOnset());
    }

    private void add(Concept concept, @Nullable String onset, @Nullable String bodySite, String source) {
        var field = "reasons[" + reasons.size() + "]";
        var group = concept.codes().stream()
                .map(code -> table.group(code.system(), code.code()))
                .flatMap(java.util.Optional::stream)
                .findFirst();
        trace.copied(field + ".concept", source);
        group.ifPresent(known -> trace.coded(field + ".conditionGroup", source));
        if (concept.codes().isEmpty()) {
            trace.warning(
                    IssueCode.REASON_NOT_CODED,
                    source,
                    "The reason is text only; a coordinator will confirm the diagnosis. Send an ICD-10-CM or SNOMED CT"
                            + " code as well.");
        } else if (group.isEmpty()) {
            trace.warning(
                    IssueCode.REASON_NOT_RECOGNISED,
                    source,
                    "No condition group of the clinic has this code; a coordinator will look at it.");
        }
        reasons.add(new Reason(
                concept,
                group.map(ConditionTable.Group::name).orElse(null),
                group.map(ConditionTable.Group::evidence).orElse(null),
                onset,
                bodySite));
    }

    /** The Conditions that are not a reason. */
    List<Problem> problems(List<ResourceGraph.Node> conditions) {
        var problems = new ArrayList<Problem>();
        for (var node : conditions) {
            if (used.contains(node.resource())) {
                continue;
            }
            var condition = (Condition) node.resource();
            trace.copied("problems[" + problems.size() + "]", node.path());
            problems.add(new Problem(
                    Concepts.of(condition.getCode()),
                    firstCode(Concepts.of(condition.getClinicalStatus())),
                    firstCode(Concepts.of(condition.getVerificationStatus()))));
        }
        return problems;
    }

    static @Nullable String firstCode(Concept concept) {
        return concept.codes().isEmpty() ? null : concept.codes().getFirst().code();
    }
}
