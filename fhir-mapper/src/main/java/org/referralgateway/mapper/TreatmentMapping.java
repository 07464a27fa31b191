package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.Treatment;

/** Drugs tried and taken: MedicationStatement and MedicationRequest. */
final class TreatmentMapping {

    private final ResourceGraph graph;
    private final MedicationTable table;
    private final Trace trace;
    private final List<Treatment> treatments = new ArrayList<>();

    TreatmentMapping(ResourceGraph graph, MedicationTable table, Trace trace) {
        this.graph = graph;
        this.table = table;
        this.trace = trace;
    }

    List<Treatment> of(List<ResourceGraph.Node> medications) {
        for (var node : medications) {
            switch (node.resource()) {
                case MedicationStatement statement -> statement(statement, node.path());
                case MedicationRequest request -> request(request, node.path());
                default -> {
                    // the caller passes these two types only
                }
            }
        }
        return treatments;
    }

    private void statement(MedicationStatement statement, String path) {
        add(
                medication(statement, statement.getMedication()),
                path,
                statement.getStatus() == null ? null : statement.getStatus().toCode(),
                dose(statement.getDosage()),
                Periods.start(statement.getEffective()),
                Periods.end(statement.getEffective()),
                firstText(statement.getStatusReason()));
    }

    private void request(MedicationRequest request, String path) {
        var supply = request.getDispenseRequest().getValidityPeriod();
        var supplied = Periods.date(supply.getStartElement());
        var start = supplied == null ? Periods.date(request.getAuthoredOnElement()) : supplied;
        add(
                medication(request, request.getMedication()),
                path,
                request.getStatus() == null ? null : request.getStatus().toCode(),
                dose(request.getDosageInstruction()),
                start,
                Periods.date(supply.getEndElement()),
                request.hasStatusReason()
                        ? Concepts.of(request.getStatusReason()).label()
                        : null);
    }

    private Concept medication(Resource from, @Nullable Type medication) {
        return switch (medication) {
            case CodeableConcept concept -> Concepts.of(concept);
            case Reference reference ->
                graph.resolve(from, reference)
                        .filter(node -> node.resource() instanceof Medication)
                        .map(node -> Concepts.of(((Medication) node.resource()).getCode()))
                        .orElse(new Concept(List.of(), reference.getDisplay()));
            case null, default -> Concepts.NOTHING;
        };
    }

    private void add(
            Concept medication,
            String path,
            @Nullable String status,
            @Nullable String dose,
            @Nullable String start,
            @Nullable String stop,
            @Nullable String stopReason) {
        var field = "treatments[" + treatments.size() + "]";
        var drug = table.drug(medication);
        trace.copied(field, path);
        if (drug.isPresent()) {
            trace.coded(field + ".drug", path + ".medication");
        } else {
            trace.information(
                    IssueCode.DRUG_NOT_RECOGNISED,
                    path + ".medication",
                    "The clinic's drug table does not know this one; it is kept as sent.");
        }
        treatments.add(new Treatment(
                medication,
                drug.map(MedicationTable.Drug::name).orElse(null),
                drug.map(MedicationTable.Drug::drugClass).orElse(null),
                status,
                dose,
                start,
                stop,
                stopReason));
    }

    private static @Nullable String firstText(List<CodeableConcept> reasons) {
        return reasons.stream()
                .map(reason -> Concepts.of(reason).label())
                .filter(label -> !label.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String dose(List<Dosage> dosages) {
        for (var dosage : dosages) {
            if (dosage.hasText()) {
                return dosage.getText();
            }
            for (var rate : dosage.getDoseAndRate()) {
                if (rate.getDose() instanceof Quantity quantity && quantity.hasValue()) {
                    var unit = quantity.hasUnit() ? quantity.getUnit() : quantity.getCode();
                    return quantity.getValue().toPlainString() + (unit == null ? "" : " " + unit);
                }
            }
        }
        return null;
    }
}
