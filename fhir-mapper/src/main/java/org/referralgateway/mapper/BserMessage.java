package org.referralgateway.mapper;

import java.util.List;
import org.hl7.fhir.r4.model.Task;
import org.referralgateway.mapper.SentResource.Withdrawal;
import org.referralgateway.mapper.SentResource.Write;

/**
 * HL7 BSeR: event I12 with a Task in focus; the clinical part often lies in a document inside the message. Source: BSeR
 * 2.0.0-ballot, "Referral Request"; businessStatus 5.2 asks to cancel. Status and businessStatus may contradict each other
 * (BSeR's own example does), so businessStatus is read for what calls a referral off only. A Task that somebody works on
 * already comes back from the recipient: it is feedback, and no new referral.
 */
final class BserMessage implements Dialect {

    private static final List<String> CANCELLED = List.of("5.2", "6.0");

    @Override
    public String wireName() {
        return "bser-message";
    }

    @Override
    public String events() {
        return "I12 with a Task in focus (BSeR)";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.isEvent(List.of("I12")) && Messages.focussedTask(sent).isPresent();
    }

    @Override
    public Submission read(Sent sent) {
        var task = Messages.focussedTask(sent).orElseThrow();
        if (!isCancelled(task) && Messages.isAnswer(task)) {
            return Submission.refused(this, sent, OtherMessage.isAnAnswer());
        }
        var wish = isCancelled(task) ? new Write.Withdraw(Withdrawal.REVOKED) : new Write.Create();
        return Messages.about(this, sent, wish, sent.event(), false);
    }

    private static boolean isCancelled(Task task) {
        return task.getStatus() == Task.TaskStatus.CANCELLED
                || task.getBusinessStatus().getCoding().stream()
                        .anyMatch(coding -> coding.hasCode() && CANCELLED.contains(coding.getCode()));
    }
}
