-- The keyring that this database is used with: one row, once something is encrypted. The keyring itself is a file elsewhere.
create table vault (
    keyring uuid        not null,
    since   timestamptz not null default now(),
    -- since when nothing is stored plain any more that was there before
    whole_since timestamptz,
    single  boolean     not null default true check (single),
    primary key (single)
);

-- locked_by: the name of the key that the row's bytes are encrypted with; null where they are as they were sent. Of what came
-- with one referral it is the referral's id; what came with none or several has a key of its own.
alter table submission add column locked_by uuid;
alter table parked_submission add column locked_by uuid;
create index submission_by_key on submission (sender, locked_by) where locked_by is not null;

-- Each referral of a batch keeps the whole batch: by this the others are found that have to be erased with it.
create index submission_of_batch on submission (sender, request_id) where dialect = 'batch-bundle';

-- Referrals whose person was erased. Written in the transaction in which the key is destroyed; the keyring says the same.
create table erasure (
    sender    text        not null,
    referral  uuid        not null,
    erased_at timestamptz not null,
    reason    text        not null,
    actor     text        not null,
    -- the keys that were destroyed with it
    keys      uuid[]      not null,
    primary key (sender, referral)
);

-- What deploy/erase asks a running gateway for, and what came of it.
create table erasure_request (
    request     uuid        not null,
    referrals   uuid[]      not null,
    reason      text        not null,
    actor       text        not null,
    asked_at    timestamptz not null default now(),
    answered_at timestamptz,
    outcome     text,
    answer      text,
    primary key (request)
);
create index erasure_request_open on erasure_request (asked_at) where answered_at is null;

grant select, insert, update on vault to ${app};
grant select, insert on erasure to ${app};
grant select, insert, update on erasure_request to ${app};
grant select on erasure to ${auditor};

-- Erasing removes what is left beside the encrypted bytes, and empties what was stored before there were keys.
grant update (body, converted, links, locked_by) on submission to ${app};
grant update (key) on submission_key to ${app};
grant update (content, changes) on referral_version to ${app};
grant update (status_note) on task_history to ${app};
grant update (value), delete on resource_identifier to ${app};
grant delete on possible_duplicate to ${app};
