-- Who, in full: through which client, for which organisation, for what purpose. Null where it is not known.
-- tx: the transaction that wrote the row. By it the sealer knows that no row can still appear before those it has seen.
alter table audit_event
    add column client       text,
    add column organisation text,
    add column purpose      text,
    add column tx           xid8 not null default pg_current_xact_id();
create index audit_by_tx on audit_event (tx);

-- Committed rows in the order in which they were sealed; gapless from 0. hash: SHA-256 of 0x00 and the row's line.
create table audit_leaf (
    leaf     bigint not null,
    position bigint not null,
    hash     bytea  not null check (length(hash) = 32),
    primary key (leaf),
    unique (position)
);
-- Roots of the complete subtrees of 256, 65536, ... leaves: so a proof reads hundreds of rows, not millions.
create table audit_node (
    level smallint not null,
    index bigint   not null,
    hash  bytea    not null check (length(hash) = 32),
    primary key (level, index)
);
create table audit_checkpoint (
    number bigint generated always as identity,
    origin text        not null,
    size   bigint      not null,
    note   text        not null,
    at     timestamptz not null,
    primary key (number),
    unique (origin, size)
);
-- Where a checkpoint lies outside the database.
create table audit_publication (
    checkpoint bigint      not null references audit_checkpoint,
    place      text        not null,
    at         timestamptz not null,
    primary key (checkpoint, place)
);
-- What witnesses have signed.
create table audit_cosignature (
    checkpoint bigint      not null references audit_checkpoint,
    witness    text        not null,
    signature  bytea       not null,
    at         timestamptz not null,
    primary key (checkpoint, witness)
);

grant select, insert on audit_leaf, audit_node, audit_checkpoint, audit_publication, audit_cosignature to ${app};
grant select on audit_leaf, audit_node, audit_checkpoint, audit_publication, audit_cosignature to ${auditor};

-- A tripwire, no wall: who owns the tables can take it away. What is done then shows in the proofs.
create function audit_rows_stay() returns trigger
    language plpgsql
as
$$
begin
    raise exception 'rows of % are neither changed nor removed', tg_table_name using errcode = 'RG002';
end
$$;
create trigger rows_stay before update or delete or truncate on audit_event
    for each statement execute function audit_rows_stay();
create trigger rows_stay before update or delete or truncate on audit_leaf
    for each statement execute function audit_rows_stay();
create trigger rows_stay before update or delete or truncate on audit_node
    for each statement execute function audit_rows_stay();
create trigger rows_stay before update or delete or truncate on audit_checkpoint
    for each statement execute function audit_rows_stay();
create trigger rows_stay before update or delete or truncate on audit_publication
    for each statement execute function audit_rows_stay();
create trigger rows_stay before update or delete or truncate on audit_cosignature
    for each statement execute function audit_rows_stay();
