-- Stores one submission: one statement, so one transaction and one round trip. Nothing is stored unless every key is
-- claimed here; a key that a concurrent request is just claiming is waited for.
with claimed as (
    insert into submission_key (sender, kind, key, submission, referral)
    select :sender, kind, key, :submission, :keyReferral
    from unnest(:keyKinds::text[], :keyValues::text[]) as wanted(kind, key)
    order by kind, key
    on conflict do nothing
    returning 1
),
accepted as (
    select all_claimed((select count(*) from claimed), cardinality(:keyKinds::text[])) as won
),
stored_submission as (
    insert into submission (sender, submission, received_at, dialect, content_type, request_id, correlation_id, body, sha256,
                            links)
    select :sender, :submission, :receivedAt, :dialect, :contentType, :requestId, :correlationId, :body, sha256(:body),
           :links::jsonb
    from accepted where won
),
stored_resources as (
    insert into resource (sender, type, id, version, updated_at, submission, entry, body_offset, body_length)
    select :sender, type, id,
           case when put then coalesce((select max(earlier.version) from resource earlier
                                        where earlier.sender = :sender and earlier.type = sent.type and earlier.id = sent.id), 0)
                else 0 end + 1,
           :receivedAt, :submission, entry, body_offset, body_length
    from accepted, unnest(:types::text[], :ids::text[], :puts::boolean[], :entries::int[], :offsets::int[], :lengths::int[])
        as sent(type, id, put, entry, body_offset, body_length)
    where won
),
stored_identifiers as (
    insert into resource_identifier (sender, type, system, value, id)
    select :sender, type, system, value, id
    from accepted, unnest(:identifiedTypes::text[], :identifiedIds::text[], :identifierSystems::text[],
                          :identifierValues::text[]) as sent(type, id, system, value)
    where won
    on conflict do nothing
),
stored_referrals as (
    insert into referral (sender, referral, version, received_at, updated_at, submission, coordination_task, request_status,
                          priority, patient, patient_name, condition_group, missing, content, event_sequence)
    select :sender, referral, 1, :receivedAt, :receivedAt, :submission, coordination_task, status, priority, patient,
           patient_name, condition_group, array_remove(string_to_array(missing, ','), ''), content, 1
    from accepted, unnest(:referrals::uuid[], :coordinationTasks::uuid[], :statuses::text[], :priorities::text[],
                          :patients::text[], :patientNames::text[], :conditionGroups::text[], :missing::text[],
                          :contents::bytea[])
        as mapped(referral, coordination_task, status, priority, patient, patient_name, condition_group, missing, content)
    where won
),
events as (
    insert into outbox (sender, event, referral, sequence, topic, type, headers, data, shard, created_at)
    select :sender, event, referral, 1, topic, type, headers::jsonb, data, shard, :receivedAt
    from accepted, unnest(:events::uuid[], :referrals::uuid[], :topics::text[], :eventTypes::text[], :eventHeaders::text[],
                          :eventData::bytea[], :shards::int[]) as new(event, referral, topic, type, headers, data, shard)
    where won
),
trail as (
    insert into audit_event (sender, at, actor, action, outcome, referral, version, request_id, detail)
    select :sender, :receivedAt, 'sender:' || :sender, 'referral.received', 'success', referral, 1, :requestId,
           :auditDetail::jsonb
    from accepted, unnest(:referrals::uuid[]) as new(referral)
    where won
    union all
    select :sender, :receivedAt, 'sender:' || :sender, 'resource.received', 'success', null::uuid, null::int, :requestId,
           :auditDetail::jsonb
    from accepted
    where won and cardinality(:referrals::uuid[]) = 0
)
select won from accepted
