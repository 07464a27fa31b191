package org.referralgateway.mapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.referralgateway.clinical.tables.DoseText;
import org.referralgateway.clinical.tables.MedicationTable;
import org.referralgateway.clinical.tables.Strength;
import org.referralgateway.mapper.Referral.Code;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.Course;
import org.referralgateway.mapper.Referral.Dosing;
import org.referralgateway.mapper.Referral.How;
import org.referralgateway.mapper.Referral.Treatment;

/**
 * Drugs tried and taken: statements first, then what was prescribed, dispensed and given. Source: the clinic's reference
 * notes, section 3.
 */
final class TreatmentMapping {

    private static final Set<String> TRIED = Set.of("completed", "stopped");
    private static final Set<String> NOT_TAKEN = Set.of("not-taken", "cancelled", "not-done", "declined");
    private static final Set<String> PLANNED = Set.of("intended", "draft", "preparation");
    private static final Set<String> CURRENT = Set.of("active", "in-progress", "on-hold");

    private final Belongings belongings;
    private final MedicationTable table;
    private final Trace trace;
    private final Instant now;
    private final List<Treatment> treatments = new ArrayList<>();

    TreatmentMapping(Belongings belongings, MedicationTable table, Trace trace, Instant now) {
        this.belongings = belongings;
        this.table = table;
        this.trace = trace;
        this.now = now;
    }

    List<Treatment> treatments() {
        belongings.all(MedicationStatement.class).forEach(this::statement);
        belongings.all(MedicationRequest.class).forEach(this::request);
        belongings.all(MedicationDispense.class).forEach(this::dispense);
        belongings.all(MedicationAdministration.class).forEach(this::administration);
        return treatments;
    }

    /** What the four kinds of resource have in common. */
    private record Taken(
            @Nullable String status,
            boolean proposed,
            @Nullable String dose,
            @Nullable String start,
            @Nullable String stop,
            @Nullable String stopReason,
            @Nullable String outcome,
            @Nullable String indication,
            Details details) {}

    /** What the rules need besides, and not all of the four have. */
    private record Details(
            List<Code> stopCodes,
            List<Code> indicationCodes,
            List<Dosage> dosages,
            String dosageElement,
            @Nullable Integer suppliedDays) {}

    private void statement(Found<MedicationStatement> found) {
        var statement = found.resource();
        var row = row(found, Concepts.code(statement.getStatusElement()));
        if (row == null) {
            return;
        }
        var effective = statement.getEffective();
        add(
                row,
                medication(statement, statement.getMedication(), row),
                new Taken(
                        row.copied("status", "status", Concepts.code(statement.getStatusElement())),
                        false,
                        row.computed("dose", "dosage", Doses.text(statement.getDosage())),
                        row.copied("start", "effective", Periods.start(effective)),
                        row.copied("stop", "effective", Periods.end(effective)),
                        row.labels("stopReason", "statusReason", statement.getStatusReason()),
                        row.notes("outcome", statement.getNote()),
                        indication(row, statement, statement.getReasonCode(), statement.getReasonReference()),
                        new Details(
                                codes(statement.getStatusReason()),
                                indicationCodes(statement, statement.getReasonCode(), statement.getReasonReference()),
                                statement.getDosage(),
                                "dosage",
                                supplied(row, DailyDoses.bounds(statement.getDosage()), "dosage"))));
    }

    private void request(Found<MedicationRequest> found) {
        var request = found.resource();
        var row = row(found, Concepts.code(request.getStatusElement()));
        if (row == null) {
            return;
        }
        var supply = request.getDispenseRequest().getValidityPeriod();
        var supplied = row.copied("start", "dispenseRequest.validityPeriod", Periods.date(supply.getStartElement()));
        var intent = Concepts.code(request.getIntentElement());
        boolean proposed = request.getDoNotPerform() || "proposal".equals(intent) || "plan".equals(intent);
        if (proposed) {
            row.say("course", request.getDoNotPerform() ? "doNotPerform" : "intent", How.CODED);
        }
        add(
                row,
                medication(request, request.getMedication(), row),
                new Taken(
                        row.copied(
                                "status",
                                "status",
                                request.getDoNotPerform() ? "not-taken" : Concepts.code(request.getStatusElement())),
                        proposed,
                        row.computed("dose", "dosageInstruction", Doses.text(request.getDosageInstruction())),
                        supplied == null
                                ? row.copied("start", "authoredOn", Periods.date(request.getAuthoredOnElement()))
                                : supplied,
                        row.copied("stop", "dispenseRequest.validityPeriod", Periods.date(supply.getEndElement())),
                        row.copied(
                                "stopReason",
                                "statusReason",
                                Concepts.of(request.getStatusReason()).label()),
                        row.notes("outcome", request.getNote()),
                        indication(row, request, request.getReasonCode(), request.getReasonReference()),
                        new Details(
                                codes(List.of(request.getStatusReason())),
                                indicationCodes(request, request.getReasonCode(), request.getReasonReference()),
                                request.getDosageInstruction(),
                                "dosageInstruction",
                                supply(row, request))));
    }

    private void dispense(Found<MedicationDispense> found) {
        var dispense = found.resource();
        var row = row(found, Concepts.code(dispense.getStatusElement()));
        if (row == null) {
            return;
        }
        add(
                row,
                medication(dispense, dispense.getMedication(), row),
                new Taken(
                        row.copied("status", "status", Concepts.code(dispense.getStatusElement())),
                        false,
                        row.computed("dose", "dosageInstruction", Doses.text(dispense.getDosageInstruction())),
                        row.copied("start", "whenHandedOver", Periods.date(dispense.getWhenHandedOverElement())),
                        null,
                        row.copied("stopReason", "statusReason", Values.text(dispense.getStatusReason())),
                        row.notes("outcome", dispense.getNote()),
                        null,
                        new Details(
                                dispense.getStatusReason() instanceof CodeableConcept why
                                        ? codes(List.of(why))
                                        : List.of(),
                                List.of(),
                                dispense.getDosageInstruction(),
                                "dosageInstruction",
                                supplied(row, days(dispense.getDaysSupply()), "daysSupply"))));
    }

    private void administration(Found<MedicationAdministration> found) {
        var given = found.resource();
        var row = row(found, Concepts.code(given.getStatusElement()));
        if (row == null) {
            return;
        }
        var dosage = given.getDosage();
        add(
                row,
                medication(given, given.getMedication(), row),
                new Taken(
                        row.copied("status", "status", Concepts.code(given.getStatusElement())),
                        false,
                        row.computed(
                                "dose", "dosage", dosage.hasText() ? dosage.getText() : Values.text(dosage.getDose())),
                        row.copied("start", "effective", Periods.start(given.getEffective())),
                        row.copied("stop", "effective", Periods.end(given.getEffective())),
                        row.labels("stopReason", "statusReason", given.getStatusReason()),
                        row.notes("outcome", given.getNote()),
                        indication(row, given, given.getReasonCode(), given.getReasonReference()),
                        new Details(
                                codes(given.getStatusReason()),
                                indicationCodes(given, given.getReasonCode(), given.getReasonReference()),
                                List.of(),
                                "dosage",
                                null)));
    }

    private @Nullable Row row(Found<?> found, @Nullable String status) {
        if ("entered-in-error".equals(status)) {
            trace.leftOut(found.path(), "It is marked as entered in error.");
            return null;
        }
        return trace.row("treatments[" + treatments.size() + "]", found.path());
    }

    private Concept medication(DomainResource from, @Nullable Type medication, Row row) {
        return switch (medication) {
            case CodeableConcept concept -> row.copied("medication", "medication", Concepts.of(concept));
            case Reference reference -> {
                row.say("medication", "medication", How.COPIED);
                yield belongings
                        .resolve(from, reference, Medication.class)
                        .map(found -> trace.row(row.field(), found.path())
                                .copied(
                                        "medication",
                                        "code",
                                        Concepts.of(found.resource().getCode())))
                        .filter(concept -> !Concepts.isEmpty(concept))
                        .orElseGet(() -> new Concept(List.of(), reference.getDisplay()));
            }
            case null, default -> Concepts.NOTHING;
        };
    }

    private void add(Row row, Concept medication, Taken taken) {
        var product = product(medication);
        var drug = product.map(MedicationTable.Product::drug);
        if (drug.isPresent()) {
            for (var field : List.of("drug", "drugClass", "counts")) {
                row.say(field, "medication", How.CODED);
            }
        } else {
            trace.information(
                    IssueCode.DRUG_NOT_RECOGNISED,
                    row.at("medication"),
                    "The clinic's drug table does not know this one; it is kept as sent.");
        }
        row.say("course", "status", taken.status() == null ? How.ASSUMED : How.COMPUTED);
        treatments.add(new Treatment(
                medication,
                drug.map(MedicationTable.Drug::name).orElse(null),
                drug.map(MedicationTable.Drug::drugClass).orElse(null),
                taken.status(),
                taken.dose(),
                taken.start(),
                taken.stop(),
                taken.stopReason(),
                taken.outcome(),
                course(taken),
                taken.indication(),
                taken.details().stopCodes(),
                taken.details().indicationCodes(),
                product.map(known -> dosing(row, medication, known, taken)).orElse(null),
                taken.details().suppliedDays(),
                product.map(MedicationTable.Product::counts).orElse(null)));
    }

    /** From the dosage; else from what the drug's own text says, else from the note. */
    private static @Nullable Dosing dosing(Row row, Concept medication, MedicationTable.Product product, Taken taken) {
        var details = taken.details();
        var doses = new DailyDoses(strength(medication, product));
        var dosing = doses.of(details.dosages());
        if (dosing != null) {
            row.say("dosing", details.dosageElement(), How.COMPUTED);
            return dosing;
        }
        if (!details.dosages().isEmpty() && taken.dose() != null && DoseText.mentionsAmount(taken.dose())) {
            return null; // It was said in a way that cannot be read; a note must not overrule it.
        }
        dosing = doses.of(medication.text());
        if (dosing != null) {
            row.say("dosing", "medication", How.COMPUTED);
            return dosing;
        }
        dosing = doses.of(taken.outcome());
        if (dosing != null) {
            row.say("dosing", "note[0].text", How.COMPUTED);
        }
        return dosing;
    }

    /** Of the product's code, else as the sender's text or display has it. */
    private static @Nullable Strength strength(Concept medication, MedicationTable.Product product) {
        if (product.strength() != null) {
            return product.strength();
        }
        var drug = product.drug().name();
        var text = medication.text();
        var strength = text == null ? null : Strength.of(drug, text);
        for (var code : medication.codes()) {
            var display = code.display();
            strength = strength == null && display != null ? Strength.of(drug, display) : strength;
        }
        return strength;
    }

    private static List<Code> codes(List<CodeableConcept> concepts) {
        return concepts.stream()
                .flatMap(concept -> Concepts.of(concept).codes().stream())
                .toList();
    }

    /** What it is for: in words or codes of its own, else the Conditions that it points to. */
    private @Nullable String indication(
            Row row, DomainResource from, List<CodeableConcept> reasons, List<Reference> references) {
        var own = row.labels("indication", "reasonCode", reasons);
        if (own != null) {
            return own;
        }
        var labels = new ArrayList<String>();
        for (int i = 0; i < references.size(); i++) {
            var label = conditionOf(from, references.get(i)).label();
            if (!label.isEmpty()) {
                row.say("indication", "reasonReference[" + i + "]", How.COPIED);
                labels.add(label);
            }
        }
        return labels.isEmpty() ? null : String.join(", ", labels);
    }

    private List<Code> indicationCodes(DomainResource from, List<CodeableConcept> reasons, List<Reference> references) {
        var codes = new ArrayList<>(codes(reasons));
        references.forEach(
                reference -> codes.addAll(conditionOf(from, reference).codes()));
        return codes;
    }

    private Concept conditionOf(DomainResource from, Reference reference) {
        return belongings
                .resolve(from, reference, Condition.class)
                .map(found -> Concepts.of(found.resource().getCode()))
                .orElseGet(() -> new Concept(List.of(), Values.nonBlank(reference.getDisplay())));
    }

    private static @Nullable Integer supplied(Row row, @Nullable Integer days, String element) {
        if (days != null) {
            row.say("suppliedDays", element, How.COMPUTED);
        }
        return days;
    }

    private static @Nullable Integer days(Quantity supply) {
        return supply.getValue() != null && supply.getValue().compareTo(java.math.BigDecimal.valueOf(1000)) <= 0
                ? supply.getValue().intValue()
                : null;
    }

    /** One supply and its repeats. */
    private static @Nullable Integer supply(Row row, MedicationRequest request) {
        var dispense = request.getDispenseRequest();
        var once = DailyDoses.days(dispense.getExpectedSupplyDuration());
        if (once != null) {
            var allowed = dispense.getNumberOfRepeatsAllowedElement().getValue();
            int repeats = allowed == null ? 0 : Math.clamp(allowed, 0, 100);
            return supplied(row, once * (1 + repeats), "dispenseRequest.expectedSupplyDuration");
        }
        return supplied(row, DailyDoses.bounds(request.getDosageInstruction()), "dosageInstruction");
    }

    /** By its codes; else by its text, else by what the codes' displays say. */
    private Optional<MedicationTable.Product> product(Concept medication) {
        for (var code : medication.codes()) {
            var product = table.byCode(code.system(), code.code());
            if (product.isPresent()) {
                return product;
            }
        }
        return Stream.concat(
                        Stream.ofNullable(medication.text()),
                        medication.codes().stream().map(Referral.Code::display).filter(Objects::nonNull))
                .map(table::byText)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A status that says it is taken counts only while the period is not over. */
    private Course course(Taken taken) {
        var status = taken.status() == null ? "unknown" : taken.status();
        if (NOT_TAKEN.contains(status)) {
            return Course.NOT_TAKEN;
        }
        if (PLANNED.contains(status) || taken.proposed()) {
            return Course.PLANNED;
        }
        if (TRIED.contains(status) || Periods.isBefore(taken.stop(), now)) {
            return Course.TRIED;
        }
        return CURRENT.contains(status) ? Course.CURRENT : Course.UNKNOWN;
    }
}
