package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Task;
import org.referralgateway.api.intake.IntakeResult.Accepted;
import org.referralgateway.api.intake.IntakeResult.Followed;
import org.referralgateway.api.intake.IntakeResult.Known;
import org.referralgateway.api.intake.IntakeResult.Parked;
import org.referralgateway.api.intake.IntakeResult.Refused;
import org.referralgateway.api.platform.Payload;
import org.referralgateway.api.platform.Refusal;
import org.referralgateway.api.platform.SystemProvider;
import org.referralgateway.mapper.Outcomes;
import org.referralgateway.mapper.SubmissionReader;
import org.springframework.stereotype.Component;

/** {@code POST /fhir/Task}: a referral by reference, or the end of one. */
@Component
class TaskIntake implements SystemProvider {

    private final ReferralIntake intake;
    private final SubmissionReader reader;

    TaskIntake(ReferralIntake intake, SubmissionReader reader) {
        this.intake = intake;
        this.reader = reader;
    }

    @Create(type = Task.class)
    public MethodOutcome create(@ResourceParam Task task, RequestDetails details) {
        var payload = Payload.of(details);
        return switch (intake.receive(payload, reader.read(payload.checked(), task))) {
            case Accepted accepted -> {
                var outcome = Created.outcome(
                        accepted.stored().places().getFirst(), accepted.stored().receivedAt(), task, true);
                outcome.setOperationOutcome(Outcomes.of(accepted.receipts().stream()
                        .flatMap(receipt -> receipt.issues().stream())
                        .toList()));
                yield outcome;
            }
            case Known known ->
                known(new IdType("Task", known.stored().places().getFirst().id()));
            case Followed followed -> known(new IdType("Task", followed.task().toString()));
            case Parked parked -> throw Waits.answer(parked);
            case Refused refused -> throw Refusal.of(refused.issues());
        };
    }

    private static MethodOutcome known(IdType task) {
        var outcome = new MethodOutcome(task, false);
        outcome.setOperationOutcome(Outcomes.of(List.of()));
        return outcome;
    }
}
