package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Concept;
import org.referralgateway.mapper.Referral.Measurement;

/** Scores and vital signs: Observations, each component of a panel as a measurement of its own. */
final class MeasurementMapping {

    private final Trace trace;
    private final List<Measurement> measurements = new ArrayList<>();

    MeasurementMapping(Trace trace) {
        this.trace = trace;
    }

    List<Measurement> of(List<ResourceGraph.Node> observations) {
        for (var node : observations) {
            var observation = (Observation) node.resource();
            var effective = Periods.start(observation.getEffective());
            if (observation.hasValue() || !observation.hasComponent()) {
                add(Concepts.of(observation.getCode()), observation.getValue(), effective, node.path());
            }
            for (int i = 0; i < observation.getComponent().size(); i++) {
                var component = observation.getComponent().get(i);
                add(
                        Concepts.of(component.getCode()),
                        component.getValue(),
                        effective,
                        node.path() + ".component[" + i + "]");
            }
        }
        return measurements;
    }

    private void sayWhereNoNumberCame(@Nullable Type value, String path) {
        switch (value) {
            case StringType text ->
                trace.information(
                        IssueCode.VALUE_NOT_CODED,
                        path + ".value",
                        "The value is text, which no rule can read; a coordinator will. Send a number or a code.");
            case Quantity quantity -> {}
            case IntegerType integer -> {}
            case CodeableConcept coded -> {}
            case null -> {}
            default ->
                trace.information(
                        IssueCode.NOT_MAPPED,
                        path + ".value",
                        "A value of type " + value.fhirType()
                                + " is kept as sent, but not yet read into the referral; a coordinator sees that it is"
                                + " there.");
        }
    }

    private void add(Concept concept, @Nullable Type value, @Nullable String effective, String path) {
        trace.copied("measurements[" + measurements.size() + "]", path);
        sayWhereNoNumberCame(value, path);
        measurements.add(
                switch (value) {
                    case Quantity quantity
                    when quantity.hasValue() ->
                        new Measurement(
                                concept,
                                quantity.getValue(),
                                quantity.hasCode() ? quantity.getCode() : quantity.getUnit(),
                                null,
                                effective);
                    case IntegerType integer
                    when integer.hasValue() ->
                        new Measurement(concept, new java.math.BigDecimal(integer.getValue()), null, null, effective);
                    case StringType text -> new Measurement(concept, null, null, text.getValue(), effective);
                    case CodeableConcept coded ->
                        new Measurement(concept, null, null, Concepts.of(coded).label(), effective);
                    case null, default -> new Measurement(concept, null, null, null, effective);
                });
    }
}
