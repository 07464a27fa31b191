package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Procedure;

/** Treatments that are no drugs: blocks, stimulation, operations, physical and psychological therapy. */
final class ProcedureMapping {

    private final Belongings belongings;
    private final Trace trace;

    ProcedureMapping(Belongings belongings, Trace trace) {
        this.belongings = belongings;
        this.trace = trace;
    }

    List<Procedure> procedures() {
        var procedures = new ArrayList<Procedure>();
        for (var found : belongings.all(org.hl7.fhir.r4.model.Procedure.class)) {
            if ("entered-in-error".equals(Concepts.code(found.resource().getStatusElement()))) {
                trace.leftOut(found.path(), "It is marked as entered in error.");
            } else {
                var row = trace.row("procedures[" + procedures.size() + "]", found.path());
                procedures.add(procedure(found.resource(), row));
            }
        }
        return procedures;
    }

    private static Procedure procedure(org.hl7.fhir.r4.model.Procedure procedure, Row row) {
        return new Procedure(
                row.copied("concept", "code", Concepts.of(procedure.getCode())),
                row.copied("status", "status", Concepts.code(procedure.getStatusElement())),
                row.copied("performed", "performed", Periods.onset(procedure.getPerformed())),
                row.copied(
                        "outcome",
                        "outcome",
                        Concepts.of(procedure.getOutcome()).label()),
                row.labels("bodySite", "bodySite", procedure.getBodySite()),
                reason(procedure, row),
                row.notes("note", procedure.getNote()));
    }

    /** Why it was done, or why it was not. */
    private static @Nullable String reason(org.hl7.fhir.r4.model.Procedure procedure, Row row) {
        var not = row.copied(
                "reason",
                "statusReason",
                Concepts.of(procedure.getStatusReason()).label());
        return not == null ? row.labels("reason", "reasonCode", procedure.getReasonCode()) : not;
    }
}
