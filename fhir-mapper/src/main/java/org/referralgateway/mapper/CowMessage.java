package org.referralgateway.mapper;

import java.util.List;
import org.hl7.fhir.r4.model.Task;
import org.referralgateway.mapper.SentResource.Withdrawal;
import org.referralgateway.mapper.SentResource.Write;

/**
 * HL7 Clinical Order Workflows by messages: the Coordination Task is in focus. An update whose Task is cancelled or asks to
 * abort calls the referral off. Source: COW, "Messaging" and "Cancellation".
 */
final class CowMessage implements Dialect {

    private static final String NEW = "new-order";
    private static final String UPDATE = "order-update";

    @Override
    public String wireName() {
        return "cow-message";
    }

    @Override
    public String events() {
        return "new-order, order-update (COW)";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isEvent(List.of(NEW, UPDATE));
    }

    @Override
    public Submission read(Sent sent) {
        boolean isNew = NEW.equals(sent.event().getCode());
        if (isNew && Messages.focussedTask(sent).filter(Messages::isAnswer).isPresent()) {
            return Submission.refused(this, sent, OtherMessage.isAnAnswer());
        }
        var calledOff =
                Messages.focussedTask(sent).filter(CowMessage::isCalledOff).isPresent();
        var wish = calledOff
                ? new Write.Withdraw(Withdrawal.REVOKED)
                : isNew ? new Write.Create() : new Write.Amend(false);
        return Messages.about(this, sent, wish, sent.event(), false);
    }

    private static boolean isCalledOff(Task task) {
        return task.getStatus() == Task.TaskStatus.CANCELLED || WithdrawingTask.asksToAbort(task);
    }
}
