package org.referralgateway.mapper;

import java.util.List;
import org.hl7.fhir.r4.model.Task;
import org.referralgateway.mapper.SentResource.Withdrawal;
import org.referralgateway.mapper.SentResource.Write;

/**
 * A Task that calls a referral off: code {@code abort} (COW's CancellationRequestTask) with the ServiceRequest or our Task in
 * focus, or a Task with status cancelled or entered-in-error.
 */
final class WithdrawingTask implements Dialect {

    @Override
    public String wireName() {
        return "withdrawing-task";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.resource() instanceof Task task
                && (asksToAbort(task)
                        || task.getStatus() == Task.TaskStatus.CANCELLED
                        || task.getStatus() == Task.TaskStatus.ENTEREDINERROR);
    }

    static boolean asksToAbort(Task task) {
        return task.getCode().getCoding().stream().anyMatch(coding -> "abort".equals(coding.getCode()));
    }

    @Override
    public Submission read(Sent sent) {
        var task = (Task) sent.resource();
        var why = task.getStatus() == Task.TaskStatus.ENTEREDINERROR ? Withdrawal.ENTERED_IN_ERROR : Withdrawal.REVOKED;
        var alone = sent.alone(new Write.Withdraw(why));
        var target = Target.of(alone, ResourceGraph.of(List.of()));
        if (target.references().isEmpty() && target.numbers().isEmpty()) {
            return Submission.refused(this, sent, TaskByReference.withoutFocus());
        }
        return new Submission(this, List.of(alone), List.of(alone), null, sent.problems());
    }
}
