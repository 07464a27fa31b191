-- The second wall. The first is the tenant predicate inside every statement; where one is forgotten, this one holds. It goes by two
-- settings of the connection, which the service sets when it takes one for a request or a piece of work:
--
--   referral.tenant   whose rows: the names of the tenants, one a line
--   referral.scope    instead of that, a piece of work of the house that is about all tenants; which tables it may touch is said here
--
-- Nothing set, nothing seen. The owner is held to it as well: a later migration that reads or changes rows says
-- `set local referral.scope = 'clinic'` first. A dump has to be made by a role that bypasses all this.
create function row_tenants() returns text[]
    language sql stable
return string_to_array(current_setting('referral.tenant', true), e'\n');

create function row_scope() returns text
    language sql stable
return coalesce(current_setting('referral.scope', true), '');

-- Every table with a tenant in it: the tenant's own rows; and those of all for the clinic's people who work on all, for the
-- consumer, which opens tasks for all, and for what locks and erases.
do
$$
declare
    name text;
begin
    for name in
        select c.relname from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'sender' and not a.attisdropped
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
    loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy tenant on %I using (row_scope() in (''clinic'', ''assessment'', ''erasure'')'
                       ' or sender = any (row_tenants()))', name);
    end loop;
end
$$;

-- Two tenants in one row: only for who may see both.
drop policy tenant on possible_duplicate;
create policy tenant on possible_duplicate using (row_scope() in ('clinic', 'assessment', 'erasure')
    or (sender = any (row_tenants()) and other_sender = any (row_tenants())));

-- A record off the topic names its tenant in a header, or is too broken to.
alter table parked_record enable row level security;
alter table parked_record force row level security;
create policy tenant on parked_record using (row_scope() in ('clinic', 'assessment', 'erasure')
    or coalesce(headers ->> 'ce_sender', '') = any (row_tenants()));

create policy relay on outbox using (row_scope() = 'relay');

create policy parking on parked_submission using (row_scope() = 'parking');
create policy parking on parked_wait using (row_scope() = 'parking');

-- The registry has to be known before anybody is let in.
create policy registry on sender_client for select using (row_scope() = 'registry');

-- Commands of whoever runs the gateway: registrations, and events to be sent again.
create policy operator on sender_client using (row_scope() = 'operator');
create policy operator on outbox using (row_scope() = 'operator');

-- The trail is sealed and verified as a whole. What belongs to no tenant, such as a login, may be told by anybody.
create policy trail on audit_event for select using (row_scope() = 'trail');
create policy told on audit_event for insert with check (sender = '' or row_scope() in ('trail', 'parking', 'operator'));
create policy told on audit_shown for insert with check (sender = '');

-- The auditor's own role reads all of what it is granted: the trail, and the two views, which now look with the reader's rights.
create policy auditor on audit_event for select to ${auditor} using (true);
create policy auditor on outbox for select to ${auditor} using (true);
create policy auditor on task_history for select to ${auditor} using (true);
create policy auditor on erasure for select to ${auditor} using (true);
grant select (position, sender, event, referral, sequence, topic, type, created_at, sent_at, partition, "offset")
    on outbox to ${auditor};
grant select (sender, task, version, status, business_status, status_reason, actor, at) on task_history to ${auditor};
alter view event_log set (security_invoker = true);
alter view task_log set (security_invoker = true);

-- Places on the trail and in the outbox, of whosesoever rows: numbers and times, nobody's data. Who follows the log has to tell a
-- row of another tenant from one that is not committed yet. (A function can only have a setting of its own where a superuser
-- allows it, so these set it and set it back.)
create function audit_event_end() returns bigint
    language plpgsql
as
$$
declare
    before text := row_scope();
    answer bigint;
begin
    perform set_config('referral.scope', 'clinic', true);
    answer := (select coalesce(max(position), 0) from audit_event);
    perform set_config('referral.scope', before, true);
    return answer;
end
$$;
create function audit_event_places(after bigint, up_to bigint) returns setof bigint
    language plpgsql
as
$$
declare
    before text := row_scope();
begin
    perform set_config('referral.scope', 'clinic', true);
    return query select position from audit_event where position > after and position <= up_to;
    perform set_config('referral.scope', before, true);
end
$$;
create function audit_event_next(after bigint) returns timestamptz
    language plpgsql
as
$$
declare
    before text := row_scope();
    answer timestamptz;
begin
    perform set_config('referral.scope', 'clinic', true);
    answer := (select at from audit_event where position > after order by position limit 1);
    perform set_config('referral.scope', before, true);
    return answer;
end
$$;
create function outbox_end() returns bigint
    language plpgsql
as
$$
declare
    before text := row_scope();
    answer bigint;
begin
    perform set_config('referral.scope', 'clinic', true);
    answer := (select coalesce(max(position), 0) from outbox);
    perform set_config('referral.scope', before, true);
    return answer;
end
$$;
create function outbox_places(after bigint, up_to bigint) returns setof bigint
    language plpgsql
as
$$
declare
    before text := row_scope();
begin
    perform set_config('referral.scope', 'clinic', true);
    return query select position from outbox where position > after and position <= up_to;
    perform set_config('referral.scope', before, true);
end
$$;
create function outbox_next(after bigint) returns timestamptz
    language plpgsql
as
$$
declare
    before text := row_scope();
    answer timestamptz;
begin
    perform set_config('referral.scope', 'clinic', true);
    answer := (select created_at from outbox where position > after order by position limit 1);
    perform set_config('referral.scope', before, true);
    return answer;
end
$$;
