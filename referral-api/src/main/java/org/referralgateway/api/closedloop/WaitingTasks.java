package org.referralgateway.api.closedloop;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The Tasks of requests that wait, or waited, for something else to arrive: they say what became of them. */
@Component
class WaitingTasks {

    private static final String BUSINESS_STATUS = "urn:referral-gateway:journey-stage";
    private static final String STATUS_REASON = "urn:referral-gateway:status-reason";
    private static final String TASK_CODES = "http://hl7.org/fhir/CodeSystem/task-code";

    private final JdbcClient db;

    WaitingTasks(JdbcClient db) {
        this.db = db;
    }

    Optional<Task> find(String sender, UUID id) {
        return db.sql("""
                        select task, state, reason, parked_at, ended_at, expires_at, referral from parked_submission
                        where sender = :sender and task = :id
                        """)
                .param("sender", sender)
                .param("id", id)
                .query((row, number) -> rendered(row))
                .optional();
    }

    private static Task rendered(ResultSet row) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        var changed = ended == null ? row.getTimestamp("parked_at") : ended;
        var version = ended == null ? "1" : "2";
        var task = new Task();
        task.setId(new IdType("Task", row.getString("task"), version));
        task.getMeta().setVersionId(version).setLastUpdated(Date.from(changed.toInstant()));
        task.setIntent(Task.TaskIntent.ORDER);
        task.setCode(coded(TASK_CODES, "fulfill"));
        task.setAuthoredOn(Date.from(row.getTimestamp("parked_at").toInstant()));
        task.setLastModified(Date.from(changed.toInstant()));
        task.getRestriction()
                .getPeriod()
                .setEnd(Date.from(row.getTimestamp("expires_at").toInstant()));
        var referral = row.getString("referral");
        if (referral != null) {
            task.setFocus(new Reference("ServiceRequest/" + referral));
        }
        state(task, row.getString("state"), row.getString("reason"));
        return task;
    }

    private static void state(Task task, String state, @org.jspecify.annotations.Nullable String reason) {
        switch (state) {
            case "waiting" ->
                task.setStatus(Task.TaskStatus.RECEIVED)
                        .setBusinessStatus(coded(BUSINESS_STATUS, "waiting-for-referral"));
            case "joined" ->
                task.setStatus(Task.TaskStatus.RECEIVED).setBusinessStatus(coded(BUSINESS_STATUS, "received"));
            case "refused" ->
                task.setStatus(Task.TaskStatus.REJECTED).setStatusReason(coded(STATUS_REASON, "not-acceptable"));
            default -> task.setStatus(Task.TaskStatus.FAILED).setStatusReason(coded(STATUS_REASON, "expired"));
        }
        if (reason != null) {
            task.getStatusReason().setText(reason);
        }
    }

    private static CodeableConcept coded(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }
}
