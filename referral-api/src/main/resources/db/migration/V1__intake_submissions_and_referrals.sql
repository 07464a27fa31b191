-- What senders sent, byte for byte.
create table submission (
    sender         text        not null,
    submission     uuid        not null,
    received_at    timestamptz not null,
    dialect        text        not null,
    content_type   text        not null,
    request_id     text,
    correlation_id text,
    body           bytea       not null,
    sha256         bytea       not null,
    -- what references inside the body became: {"urn:uuid:...": "Patient/..."}
    links          jsonb       not null default '{}',
    primary key (sender, submission)
);

-- What says that two requests are the same one. Permanent: a placer may send again after years.
create table submission_key (
    sender     text not null,
    kind       text not null,
    key        text not null,
    submission uuid not null,
    referral   uuid,
    primary key (sender, kind, key)
);

-- Each resource of a submission: where its bytes lie in the submission's body.
create table resource (
    sender      text        not null,
    type        text        not null,
    id          text        not null,
    version     int         not null,
    updated_at  timestamptz not null,
    submission  uuid        not null,
    entry       int         not null,
    body_offset int         not null,
    body_length int         not null,
    primary key (sender, type, id, version),
    foreign key (sender, submission) references submission
);
create index resource_of_submission on resource (sender, submission, entry);

create table resource_identifier (
    sender text not null,
    type   text not null,
    system text not null,
    value  text not null,
    id     text not null,
    primary key (sender, type, system, value, id)
);

-- One row per referral. content is the normalised referral (JSON); the columns beside it are what lists are made of.
create table referral (
    sender            text        not null,
    referral          uuid        not null,
    version           int         not null,
    received_at       timestamptz not null,
    updated_at        timestamptz not null,
    submission        uuid        not null,
    coordination_task uuid        not null,
    request_status    text        not null,
    priority          text        not null,
    patient           text,
    patient_name      text,
    condition_group   text,
    missing           text[]      not null,
    content           bytea       not null,
    event_sequence    bigint      not null,
    task_sequence     bigint      not null default 0,
    primary key (sender, referral),
    foreign key (sender, submission) references submission
);
create index referral_by_update on referral (sender, updated_at, referral);
create index referral_by_patient on referral (sender, patient);

-- Called from within the statement that stores a submission: all keys or none. A part of them means that two different
-- earlier requests are touched, or that two requests race; the whole statement then fails and nothing is stored.
create function all_claimed(claimed bigint, wanted bigint) returns boolean
    language plpgsql immutable
as
$$
begin
    if claimed = wanted then
        return true;
    elsif claimed = 0 then
        return false;
    end if;
    raise exception 'only % of % keys could be claimed', claimed, wanted using errcode = 'RG001';
end
$$;
