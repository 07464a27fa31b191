package org.referralgateway.mapper;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.SentResource.Write;

/**
 * A Task sent alone that points to its ServiceRequest: by an address (COW, UMZH-Connect) or relative to the sender's own
 * server (Gravity SDOH), or only by its number (Dutch shared care planning). CA:eReC points with {@code basedOn}.
 */
final class TaskByReference implements Dialect {

    private static final String REQUEST = "ServiceRequest";
    private static final Set<Task.TaskStatus> ASKING =
            EnumSet.of(Task.TaskStatus.REQUESTED, Task.TaskStatus.READY, Task.TaskStatus.RECEIVED);

    @Override
    public String wireName() {
        return "task-by-reference";
    }

    @Override
    public boolean recognises(Sent sent) {
        return sent.resource() instanceof Task;
    }

    @Override
    public Submission read(Sent sent) {
        var task = (Task) sent.resource();
        if (!ASKING.contains(task.getStatus())) {
            return Submission.refused(
                    this,
                    sent,
                    MappingIssue.error(
                            IssueCode.NOT_A_REQUEST,
                            "Task.status",
                            "A Task asks the clinic with status requested. How a Task goes on from there is the clinic's to"
                                    + " say; to call a referral off, send code abort or status cancelled."));
        }
        if (isForThePatient(task)) {
            return Submission.refused(
                    this,
                    sent,
                    MappingIssue.error(
                            IssueCode.NOT_A_REQUEST,
                            "Task.owner",
                            "This Task is the patient's. Send the clinic the one that asks the clinic."));
        }
        var reference = reference(task);
        if (reference == null || !(reference.hasReference() || isNumbered(reference))) {
            return Submission.refused(this, sent, withoutFocus());
        }
        var alone = sent.alone(new Write.Fetch(reference.getReference()));
        return new Submission(this, List.of(alone), List.of(alone), null, sent.problems());
    }

    /** A logical reference leads nowhere, but the referral with this number may be here, or may be sent. */
    private static boolean isNumbered(Reference reference) {
        return Identifiers.of(reference.getIdentifier()).isPresent();
    }

    /** The focus; where it has none, what it is based on; nothing where neither can be a ServiceRequest. */
    static @Nullable Reference reference(Task task) {
        return Stream.concat(task.hasFocus() ? Stream.of(task.getFocus()) : Stream.of(), task.getBasedOn().stream())
                .filter(TaskByReference::mayBeARequest)
                .findFirst()
                .orElse(null);
    }

    private static boolean mayBeARequest(Reference reference) {
        var type = reference.hasReference() ? reference.getReferenceElement().getResourceType() : null;
        return (type == null || type.isEmpty() || type.equals(REQUEST))
                && (!reference.hasType() || reference.getType().equals(REQUEST));
    }

    /** What the patient is to do is nothing that the clinic is asked for (Gravity's TaskForPatient). */
    private static boolean isForThePatient(Task task) {
        var type = task.getOwner().hasType()
                ? task.getOwner().getType()
                : task.getOwner().hasReference()
                        ? task.getOwner().getReferenceElement().getResourceType()
                        : null;
        return "Patient".equals(type) || "RelatedPerson".equals(type);
    }

    static MappingIssue withoutFocus() {
        return MappingIssue.error(
                IssueCode.REQUIRED_MISSING,
                "Task.focus",
                "The Task does not say which ServiceRequest it is about. Point its focus to one.");
    }
}
