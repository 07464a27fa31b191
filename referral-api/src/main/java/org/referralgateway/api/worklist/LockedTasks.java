package org.referralgateway.api.worklist;

import java.util.List;
import org.referralgateway.api.assessment.AssessmentTask;
import org.referralgateway.events.TaskStatus;

/**
 * All tasks of a referral while nobody else can change them.
 *
 * @param task the one that was clicked on; the coordination task itself, or one under it
 */
record LockedTasks(AssessmentTask task, AssessmentTask coordination, List<AssessmentTask> all) {

    boolean isUndecided() {
        return coordination.status() == TaskStatus.REQUESTED || coordination.status() == TaskStatus.RECEIVED;
    }

    List<AssessmentTask> openUnderIt() {
        return all.stream()
                .filter(each -> !each.isCoordination() && each.status().isOpen())
                .toList();
    }
}
