-- Who did what, with what outcome. Written in the transaction of what it tells of; the service may only add rows.
create table audit_event (
    position   bigint generated always as identity,
    sender     text        not null,
    at         timestamptz not null,
    actor      text        not null,
    action     text        not null,
    outcome    text        not null,
    referral   uuid,
    version    int,
    request_id text,
    -- codes and ids of ours; never a person's data
    detail     jsonb       not null default '{}',
    primary key (position)
);
create index audit_by_referral on audit_event (sender, referral, position);
