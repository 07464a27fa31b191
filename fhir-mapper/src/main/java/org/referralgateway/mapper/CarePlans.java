package org.referralgateway.mapper;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ServiceRequest;

/** The CarePlan in which BaRS says why and how urgently, and what was found on the way. */
final class CarePlans {

    private CarePlans() {}

    /** Those that the request is based on; where it names none, those that came along. */
    static List<Found<CarePlan>> of(ServiceRequest request, Belongings belongings) {
        var named = request.getBasedOn().stream()
                .map(reference -> belongings.resolve(request, reference, CarePlan.class))
                .flatMap(Optional::stream)
                .toList();
        return named.isEmpty() ? belongings.all(CarePlan.class) : named;
    }

    /** Each outcome of each activity, with its FHIRPath. */
    static void outcomes(Found<CarePlan> plan, BiConsumer<CodeableConcept, String> each) {
        var activities = plan.resource().getActivity();
        for (int i = 0; i < activities.size(); i++) {
            var outcomes = activities.get(i).getOutcomeCodeableConcept();
            for (int k = 0; k < outcomes.size(); k++) {
                each.accept(outcomes.get(k), plan.path() + ".activity[" + i + "].outcomeCodeableConcept[" + k + "]");
            }
        }
    }
}
