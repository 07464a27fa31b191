-- Each version of a referral since it was first amended, the first one included: what it said, and what changed.
create table referral_version (
    sender     text        not null,
    referral   uuid        not null,
    version    int         not null,
    at         timestamptz not null,
    submission uuid        not null,
    kind       text        not null check (kind in ('received', 'amended', 'cancelled', 'withdrawn-in-error')),
    content    bytea       not null,
    changes    jsonb       not null default '[]',
    primary key (sender, referral, version),
    foreign key (sender, referral) references referral
);

-- Requests that are kept until something else arrives: a Patient, the referral that an update is about, or the
-- ServiceRequest on the sender's own server.
create table parked_submission (
    sender          text        not null,
    parked          uuid        not null,
    task            uuid        not null,
    dialect         text        not null,
    state           text        not null check (state in ('waiting', 'joined', 'refused', 'expired')),
    waits_for       text[]      not null,
    fetch_reference text,
    content_type    text        not null,
    request_id      text,
    correlation_id  text,
    put             text,
    body            bytea       not null,
    sha256          bytea       not null,
    parked_at       timestamptz not null,
    expires_at      timestamptz not null,
    ended_at        timestamptz,
    attempts        int         not null default 0,
    next_attempt_at timestamptz,
    reason          text,
    referral        uuid,
    primary key (sender, parked)
);
-- the same request sent again waits once
create unique index parked_once on parked_submission (sender, sha256) where state = 'waiting';
create unique index parked_task on parked_submission (sender, task);
create index parked_waiting on parked_submission using gin (waits_for) where state = 'waiting';
create index parked_next_attempt on parked_submission (next_attempt_at) where state = 'waiting';

grant select, insert on referral_version to ${app};
grant select, insert, update on parked_submission to ${app};
