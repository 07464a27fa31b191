package org.referralgateway.mapper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Code;
import org.referralgateway.mapper.Referral.How;
import org.referralgateway.mapper.Referral.Measurement;

/** Scores, vital signs and findings: Observations, each component of a panel as a measurement of its own. */
final class MeasurementMapping {

    private static final Set<String> WITHDRAWN = Set.of("entered-in-error", "cancelled");

    private final Belongings belongings;
    private final Trace trace;
    private final List<Measurement> measurements = new ArrayList<>();

    MeasurementMapping(Belongings belongings, Trace trace) {
        this.belongings = belongings;
        this.trace = trace;
    }

    List<Measurement> measurements() {
        for (var found : belongings.all(Observation.class)) {
            var status = Concepts.code(found.resource().getStatusElement());
            if (status != null && WITHDRAWN.contains(status)) {
                trace.leftOut(found.path(), "Its status is " + status + ".");
            } else {
                observation(found.resource(), found.path());
            }
        }
        return measurements;
    }

    private void observation(Observation observation, String path) {
        if (observation.hasValue() || !observation.hasComponent()) {
            var row = row(path);
            add(
                    row,
                    observation,
                    path,
                    observation.getCode(),
                    observation.getValue(),
                    observation.getInterpretation(),
                    observation.getDataAbsentReason(),
                    observation.getReferenceRange());
        }
        for (int i = 0; i < observation.getComponent().size(); i++) {
            var component = observation.getComponent().get(i);
            add(
                    row(path + ".component[" + i + "]"),
                    observation,
                    path,
                    component.getCode(),
                    component.getValue(),
                    component.getInterpretation(),
                    component.getDataAbsentReason(),
                    component.getReferenceRange());
        }
    }

    private Row row(String path) {
        return trace.row("measurements[" + measurements.size() + "]", path);
    }

    /** What a panel and its components have in common stands at the panel. */
    private void add(
            Row row,
            Observation panel,
            String panelPath,
            CodeableConcept code,
            @Nullable Type value,
            List<CodeableConcept> interpretation,
            CodeableConcept absent,
            List<ObservationReferenceRangeComponent> ranges) {
        var shared = trace.row(row.field(), panelPath);
        var concept = row.copied("concept", "code", Concepts.of(code));
        var number = number(value);
        var text = number == null ? Values.text(value) : null;
        if (number != null || text != null) {
            row.say(number == null ? "text" : "value", "value", How.COPIED);
        }
        if (number != null && unit(value) != null) {
            row.say("unit", "value", How.COPIED);
        }
        if (coded(value) != null) {
            row.say("code", "value", How.COPIED);
        }
        judge(value, row);
        measurements.add(new Measurement(
                concept,
                number,
                number == null ? null : unit(value),
                text,
                shared.copied("effective", "effective", Periods.start(panel.getEffective())),
                coded(value),
                row.labels("interpretation", "interpretation", interpretation),
                range(row, ranges),
                shared.copied("status", "status", Concepts.code(panel.getStatusElement())),
                row.copied("absent", "dataAbsentReason", Concepts.of(absent).label()),
                shared.notes("note", panel.getNote()),
                row.path().equals(panelPath)
                        ? null
                        : shared.copied(
                                "panel", "code", Concepts.of(panel.getCode()).label())));
    }

    /** A number that stands for itself: "less than 5" is none. */
    private static @Nullable BigDecimal number(@Nullable Type value) {
        return switch (value) {
            case Quantity quantity when quantity.hasValue() && !quantity.hasComparator() -> quantity.getValue();
            case IntegerType integer when integer.hasValue() -> new BigDecimal(integer.getValue());
            case null, default -> null;
        };
    }

    private static @Nullable String unit(@Nullable Type value) {
        return value instanceof Quantity quantity ? quantity.hasCode() ? quantity.getCode() : quantity.getUnit() : null;
    }

    /** The code that rules can read, where one is of a public system: many senders put their own first. */
    private static @Nullable Code coded(@Nullable Type value) {
        if (!(value instanceof CodeableConcept concept)) {
            return null;
        }
        var sent = Concepts.of(concept);
        var known = Concepts.publicCode(sent);
        return known != null || sent.codes().isEmpty() ? known : sent.codes().getFirst();
    }

    private static @Nullable String range(Row row, List<ObservationReferenceRangeComponent> ranges) {
        if (ranges.isEmpty()) {
            return null;
        }
        var range = ranges.getFirst();
        var low = Values.text(range.getLow());
        var high = Values.text(range.getHigh());
        var text = range.hasText()
                ? range.getText()
                : high == null ? low == null ? null : "from " + low : (low == null ? "up to " : low + " to ") + high;
        return row.computed("range", "referenceRange[0]", text);
    }

    private void judge(@Nullable Type value, Row row) {
        if (value instanceof StringType) {
            trace.information(
                    IssueCode.VALUE_NOT_CODED,
                    row.at("value"),
                    "The value is text, which no rule can read; a coordinator will. Send a number or a code.");
        } else if (value instanceof Quantity quantity && quantity.hasComparator()) {
            trace.information(
                    IssueCode.VALUE_NOT_CODED,
                    row.at("value"),
                    "The value is a limit and no number, so no rule reads it; a coordinator will. Send the number if you"
                            + " have it.");
        }
    }
}
