-- What is to be done about a referral. One row is the coordination task, which the placer sees; the others hang under it.
create table task (
    sender          text        not null,
    task            uuid        not null,
    referral        uuid        not null,
    code            text        not null,
    part_of         uuid,
    status          text        not null,
    business_status text,
    status_reason   text,
    status_note     text,
    owner_role      text        not null,
    owner           text,
    priority        text        not null,
    due_at          timestamptz,
    because         text        not null,
    version         int         not null,
    opened_at       timestamptz not null,
    updated_at      timestamptz not null,
    primary key (sender, task),
    -- however often the same event arrives, the same reason opens the same task once
    unique (sender, referral, because),
    foreign key (sender, referral) references referral
);
create index task_open on task (sender, due_at) where status in ('requested', 'received', 'accepted', 'in-progress', 'on-hold');
create index task_by_update on task (sender, updated_at, task);

create table task_history (
    sender          text        not null,
    task            uuid        not null,
    version         int         not null,
    status          text        not null,
    business_status text,
    status_reason   text,
    status_note     text,
    owner           text,
    actor           text        not null,
    at              timestamptz not null,
    primary key (sender, task, version)
);

-- Which events have had their effect; committed together with it.
create table inbox (
    consumer     text        not null,
    event        uuid        not null,
    processed_at timestamptz not null,
    primary key (consumer, event)
);

-- How far each referral has come with its events.
create table assessment_progress (
    sender        text   not null,
    referral      uuid   not null,
    last_sequence bigint not null,
    primary key (sender, referral)
);

-- Records that could not be used: a broken one with its reason, and later ones of the same referral that wait for it.
create table parked_record (
    topic       text        not null,
    partition   int         not null,
    "offset"    bigint      not null,
    key         text,
    headers     jsonb       not null,
    data        bytea,
    state       text        not null check (state in ('quarantined', 'waiting', 'released')),
    reason      text        not null,
    sequence    bigint,
    parked_at   timestamptz not null,
    released_at timestamptz,
    primary key (topic, partition, "offset")
);
create index parked_open on parked_record (key) where state <> 'released';
