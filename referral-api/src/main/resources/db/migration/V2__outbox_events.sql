-- Events, written in the transaction of the change they tell of. Sent rows stay for a while and can be sent again.
create table outbox (
    position   bigint generated always as identity,
    sender     text        not null,
    event      uuid        not null,
    referral   uuid        not null,
    sequence   bigint      not null,
    topic      text        not null,
    type       text        not null,
    headers    jsonb       not null,
    data       bytea       not null,
    shard      smallint    not null,
    created_at timestamptz not null,
    sent_at    timestamptz,
    partition  int,
    "offset"   bigint,
    primary key (position),
    unique (sender, referral, topic, sequence),
    unique (event)
);
create index outbox_unsent on outbox (shard, position) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;
