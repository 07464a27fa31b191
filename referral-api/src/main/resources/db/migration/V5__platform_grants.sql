-- Who may touch what. The names of the roles are settings (spring.flyway.placeholders.app / .auditor).
grant select, insert on submission, submission_key, resource, resource_identifier, task_history, inbox, audit_event to ${app};
grant select, insert, update on referral, task, assessment_progress, parked_record to ${app};
grant select, insert, update, delete on outbox to ${app};
grant select on flyway_schema_history to ${app};

grant select on audit_event to ${auditor};

-- The auditor sees which events there were and where they lie, and the state of tasks, without their content.
create view event_log as
select position, sender, event, referral, sequence, topic, type, created_at, sent_at, partition, "offset"
from outbox;
create view task_log as
select sender, task, version, status, business_status, status_reason, actor, at
from task_history;
grant select on event_log, task_log to ${auditor};
