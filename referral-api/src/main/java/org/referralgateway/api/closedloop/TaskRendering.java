package org.referralgateway.api.closedloop;

import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.assessment.AssessmentTask;

/**
 * A task of ours as a FHIR Task. Source: <a href="http://hl7.org/fhir/R4/task.html">Task</a>; the coordination task has the
 * code {@code fulfill}, as BSeR, Gravity and COW expect it.
 */
final class TaskRendering {

    /** Code system of what is to be done. */
    static final String TASK_CODES = "urn:referral-gateway:task-code";

    private static final String BUSINESS_STATUS = "urn:referral-gateway:journey-stage";
    private static final String STATUS_REASON = "urn:referral-gateway:status-reason";
    private static final String OWNER_ROLE = "urn:referral-gateway:role";
    private static final String FHIR_TASK_CODES = "http://hl7.org/fhir/CodeSystem/task-code";

    private TaskRendering() {}

    /**
     * @param patient {@code Patient/id} where the gateway holds one
     */
    static Task of(AssessmentTask task, @Nullable String patient) {
        var fhir = new Task();
        fhir.setId(new IdType("Task", task.id().toString(), Integer.toString(task.version())));
        fhir.getMeta().setVersionId(Integer.toString(task.version())).setLastUpdated(Date.from(task.updatedAt()));
        fhir.setStatus(Task.TaskStatus.fromCode(task.status().code()));
        fhir.setIntent(Task.TaskIntent.ORDER);
        fhir.setPriority(Task.TaskPriority.fromCode(task.priority().code()));
        fhir.setCode(code(task));
        fhir.setFocus(new Reference("ServiceRequest/" + task.referral()));
        fhir.setAuthoredOn(Date.from(task.openedAt()));
        fhir.setLastModified(Date.from(task.updatedAt()));
        if (patient != null) {
            fhir.setFor(new Reference(patient));
        }
        if (task.partOf() != null) {
            fhir.addPartOf(new Reference("Task/" + task.partOf()));
        }
        if (task.businessStatus() != null) {
            fhir.setBusinessStatus(coded(BUSINESS_STATUS, task.businessStatus()));
        }
        if (task.statusReason() != null) {
            fhir.setStatusReason(coded(STATUS_REASON, task.statusReason()).setText(task.statusNote()));
        }
        if (task.dueAt() != null) {
            fhir.getRestriction().getPeriod().setEnd(Date.from(task.dueAt()));
        }
        fhir.addPerformerType(coded(OWNER_ROLE, task.ownerRole()));
        return fhir;
    }

    private static CodeableConcept code(AssessmentTask task) {
        var concept = new CodeableConcept();
        if (task.isCoordination()) {
            concept.addCoding(new Coding(FHIR_TASK_CODES, "fulfill", "Fulfill the focal request"));
        }
        return concept.addCoding(new Coding(TASK_CODES, task.code(), null));
    }

    private static CodeableConcept coded(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }
}
