-- Stores one submission: one statement, so one transaction and one round trip. Nothing is stored unless every key is
-- claimed here; a key that a concurrent request is just claiming is waited for.
with given as (
    select :sender::text                        as sender,
           :submission::uuid                    as submission,
           :receivedAt::timestamptz             as received_at,
           :dialect::text                       as dialect,
           :contentType::text                   as content_type,
           :requestId::text                     as request_id,
           :correlationId::text                 as correlation_id,
           :body::bytea                         as body,
           :converted::bytea                    as converted,
           :lockedBy::uuid                      as locked_by,
           :links::jsonb                        as links,
           :keyKinds::text[]                    as key_kinds,
           :keyValues::text[]                   as key_values,
           :keyReferrals::uuid[]                as key_referrals,
           :referrals::uuid[]                   as referrals,
           :auditDetail::jsonb                  as audit_detail,
           :address::text                       as address
),
claimed as (
    insert into submission_key (sender, kind, key, submission, referral)
    select given.sender, wanted.kind, wanted.key, given.submission, wanted.referral
    from given, unnest(given.key_kinds, given.key_values, given.key_referrals) as wanted(kind, key, referral)
    order by wanted.kind, wanted.key
    on conflict do nothing
    returning 1
),
accepted as (
    select given.* from given
    where all_claimed((select count(*) from claimed), cardinality(given.key_kinds))
),
stored_submission as (
    insert into submission (sender, submission, received_at, dialect, content_type, request_id, correlation_id, body,
                            converted, sha256, links, locked_by)
    select sender, submission, received_at, dialect, content_type, request_id, correlation_id, body, converted,
           sha256(body), links, locked_by
    from accepted
),
stored_resources as (
    insert into resource (sender, type, id, version, updated_at, submission, entry, body_offset, body_length)
    select accepted.sender, sent.type, sent.id,
           case when sent.put
                then coalesce((select max(earlier.version) from resource earlier
                               where earlier.sender = accepted.sender and earlier.type = sent.type and earlier.id = sent.id), 0)
                else 0 end + 1,
           accepted.received_at, accepted.submission, sent.entry, sent.body_offset, sent.body_length
    from accepted, unnest(:types::text[], :ids::text[], :puts::boolean[], :entries::int[], :offsets::int[], :lengths::int[])
        as sent(type, id, put, entry, body_offset, body_length)
    returning type, id, version
),
stored_identifiers as (
    insert into resource_identifier (sender, type, system, value, id)
    select accepted.sender, sent.type, sent.system, sent.value, sent.id
    from accepted, unnest(:identifiedTypes::text[], :identifiedIds::text[], :identifierSystems::text[],
                          :identifierValues::text[]) as sent(type, id, system, value)
    on conflict do nothing
),
stored_referrals as (
    insert into referral (sender, referral, version, received_at, updated_at, submission, coordination_task, request_status,
                          priority, patient, patient_name, condition_group, missing, content, event_sequence,
                          said_at, triage_level, alerts)
    select accepted.sender, mapped.referral, 1, accepted.received_at, accepted.received_at, accepted.submission,
           mapped.coordination_task, mapped.status, mapped.priority, mapped.patient, mapped.patient_name,
           mapped.condition_group, array_remove(string_to_array(mapped.missing, ','), ''), mapped.content, 1,
           :saidAt::timestamptz, mapped.triage_level, array_remove(string_to_array(mapped.alerts, ','), '')
    from accepted, unnest(accepted.referrals, :coordinationTasks::uuid[], :statuses::text[], :priorities::text[],
                          :patients::text[], :patientNames::text[], :conditionGroups::text[], :missing::text[],
                          :contents::bytea[], :triageLevels::text[], :alerts::text[])
        as mapped(referral, coordination_task, status, priority, patient, patient_name, condition_group, missing, content, triage_level,
                  alerts)
),
stored_persons as (
    insert into referral_person (sender, referral, key)
    select accepted.sender, mapped.referral, person.key
    from accepted, unnest(accepted.referrals, :persons::text[]) as mapped(referral, keys),
         string_to_table(mapped.keys, chr(10)) as person(key)
    where person.key <> ''
    on conflict do nothing
),
stored_uses as (
    insert into referral_use (sender, referral, key)
    select accepted.sender, new.referral, used.key
    from accepted, unnest(accepted.referrals) as new(referral), unnest(:uses::text[]) as used(key)
    on conflict do nothing
),
events as (
    insert into outbox (sender, event, referral, sequence, topic, type, headers, data, shard, created_at)
    select accepted.sender, new.event, new.referral, 1, new.topic, new.type, new.headers::jsonb, new.data, new.shard,
           accepted.received_at
    from accepted, unnest(:events::uuid[], accepted.referrals, :topics::text[], :eventTypes::text[], :eventHeaders::text[],
                          :eventData::bytea[], :shards::int[]) as new(event, referral, topic, type, headers, data, shard)
),
awaited as materialized (
    select distinct w.sender, w.parked, accepted.received_at
    from accepted join parked_wait w on w.sender = accepted.sender and w.key = any(:handles::text[])
),
woken as (
    update parked_submission parked set next_attempt_at = awaited.received_at
    from awaited
    where parked.sender = awaited.sender and parked.parked = awaited.parked and parked.state = 'waiting'
),
trail as (
    insert into audit_event (sender, at, actor, address, action, outcome, referral, version, request_id, detail)
    select sender, received_at, 'sender:' || sender, address, 'referral.received', 'success', referral, 1, request_id, audit_detail
    from accepted, unnest(accepted.referrals) as new(referral)
    union all
    select sender, received_at, 'sender:' || sender, address, 'resource.received', 'success', null, null, request_id, audit_detail
    from accepted
    where cardinality(accepted.referrals) = 0
)
select exists (select 1 from accepted) as new,
       array(select type || '/' || id || '/' || version from stored_resources where version > 1) as later_versions
