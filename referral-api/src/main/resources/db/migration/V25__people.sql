-- The clinic's people: who may use the pages, and as what. A person logs in with a password of ours, or with an identity
-- provider (issuer and subject).
create table account (
    account       uuid        not null,
    -- what is typed at the login, in lower case
    login         text        not null,
    -- what tasks and the trail call the person; never given to a second one, because rows of both would look like one's
    name          text        not null,
    roles         text[]      not null,
    -- whose referrals they work on; null: those of every sender
    senders       text[],
    password_hash text,
    -- a generated password: good for one login, until then
    must_change   boolean     not null default false,
    usable_until  timestamptz,
    -- attempts since the last success, counted before the password is looked at
    failures      int         not null default 0,
    locked_until  timestamptz,
    issuer        text,
    subject       text,
    created_at    timestamptz not null,
    last_login_at timestamptz,
    disabled_at   timestamptz,
    primary key (account),
    unique (login),
    unique (issuer, subject),
    check ((issuer is null) = (subject is null)),
    check ((password_hash is null) <> (issuer is null)),
    check (login = lower(login))
);
create unique index account_by_name on account (lower(name));

-- Who is logged in. The browser has the token, the database only its hash: who reads this table can be nobody with it.
create table person_session (
    token_hash bytea       not null,
    account    uuid        not null references account,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    primary key (token_hash)
);
create index person_session_by_account on person_session (account);

-- Who has been sent to the identity provider and is expected back, in the same browser and soon.
create table pending_login (
    state_hash    bytea       not null,
    visit_hash    bytea       not null,
    redirect_uri  text        not null,
    nonce         text        not null,
    code_verifier text        not null,
    back          text        not null,
    begun_at      timestamptz not null,
    primary key (state_hash)
);

grant select, insert, update on account to ${app};
grant select, insert, update, delete on person_session, pending_login to ${app};
