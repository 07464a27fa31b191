package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.ConditionTable;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.How;
import org.referralgateway.mapper.Referral.Reason;

/** The reasons found so far, each with the clinic's condition group. */
final class Reasons {

    private final ConditionTable table;
    private final Trace trace;
    private final List<Reason> found = new ArrayList<>();
    private final List<CodeableConcept> requestedSites;
    private final String requestPath;

    /**
     * @param requestedSites body sites of the request, for reasons that have none of their own
     */
    Reasons(ConditionTable table, Trace trace, List<CodeableConcept> requestedSites, String requestPath) {
        this.table = table;
        this.trace = trace;
        this.requestedSites = requestedSites;
        this.requestPath = requestPath;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Reason> found() {
        return found;
    }

    /** True where the clinic's table has it. */
    boolean isKnown(Referral.Code code) {
        return table.group(code.system(), code.code()).isPresent();
    }

    /** Field of the referral that the last reason is in. */
    String last() {
        return "reasons[" + (found.size() - 1) + "]";
    }

    /** A reason that is no more than a code or a text. */
    void add(Concept concept, String source, How how) {
        if (!Concepts.isEmpty(concept)) {
            var group = group(concept, source, how);
            found.add(reason(concept, group, sites(List.of(), ""), Details.NONE));
        }
    }

    void add(Found<Condition> condition) {
        var concept = Concepts.of(condition.resource().getCode());
        var row = trace.row(next(), condition.path());
        var group = group(concept, row.at("code"), How.COPIED);
        var sites = sites(condition.resource().getBodySite(), condition.path());
        found.add(reason(concept, group, sites, Details.of(condition.resource(), row)));
    }

    private String next() {
        return "reasons[" + found.size() + "]";
    }

    private Optional<ConditionTable.Group> group(Concept concept, String source, How how) {
        var group = concept.codes().stream()
                .map(code -> table.group(code.system(), code.code()))
                .flatMap(Optional::stream)
                .findFirst();
        if (!Concepts.isEmpty(concept)) {
            trace.add(next() + ".concept", source, how);
        }
        group.ifPresent(known -> {
            trace.coded(next() + ".conditionGroup", source);
            trace.coded(next() + ".evidence", source);
        });
        judge(concept, group.isPresent(), source);
        return group;
    }

    private static Reason reason(
            Concept concept, Optional<ConditionTable.Group> group, @Nullable String bodySite, Details details) {
        return new Reason(
                concept,
                group.map(ConditionTable.Group::name).orElse(null),
                group.map(ConditionTable.Group::evidence).orElse(null),
                details.onset(),
                bodySite,
                details.severity(),
                details.clinicalStatus(),
                details.verificationStatus(),
                details.note());
    }

    private void judge(Concept concept, boolean recognised, String source) {
        if (concept.codes().isEmpty()) {
            trace.warning(
                    IssueCode.REASON_NOT_CODED,
                    source,
                    "The reason is text only; a coordinator will confirm the diagnosis. Send an ICD-10-CM or SNOMED CT"
                            + " code as well.");
        } else if (!recognised) {
            trace.warning(
                    IssueCode.REASON_NOT_RECOGNISED,
                    source,
                    "No condition group of the clinic has this code; a coordinator will look at it.");
        }
    }

    /** Its own sites; those of the request where it has none, and with the first reason in any case. */
    private @Nullable String sites(List<CodeableConcept> own, String path) {
        var labels = new ArrayList<String>();
        sites(own, path, labels);
        if (labels.isEmpty() || found.isEmpty()) {
            sites(requestedSites, requestPath, labels);
        }
        return labels.isEmpty() ? null : String.join(", ", labels);
    }

    private void sites(List<CodeableConcept> sites, String path, List<String> labels) {
        for (int i = 0; i < sites.size(); i++) {
            var label = Concepts.of(sites.get(i)).label();
            if (!label.isEmpty()) {
                trace.copied(next() + ".bodySite", path + ".bodySite[" + i + "]");
                if (!labels.contains(label)) {
                    labels.add(label);
                }
            }
        }
    }

    /** What a Condition says besides its code and body site. */
    record Details(
            @Nullable String onset,
            @Nullable String severity,
            @Nullable String clinicalStatus,
            @Nullable String verificationStatus,
            @Nullable String note) {

        static final Details NONE = new Details(null, null, null, null, null);

        static Details of(Condition condition, Row row) {
            return new Details(
                    row.copied("onset", "onset", Periods.onset(condition.getOnset())),
                    row.copied(
                            "severity",
                            "severity",
                            Concepts.of(condition.getSeverity()).label()),
                    row.copied("clinicalStatus", "clinicalStatus", firstCode(condition.getClinicalStatus())),
                    row.copied(
                            "verificationStatus", "verificationStatus", firstCode(condition.getVerificationStatus())),
                    row.notes("note", condition.getNote()));
        }
    }

    static @Nullable String firstCode(CodeableConcept concept) {
        return Concepts.of(concept).codes().stream()
                .map(Referral.Code::code)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
