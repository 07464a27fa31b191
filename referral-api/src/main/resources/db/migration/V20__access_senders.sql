-- Who may send: one row per registered client of a sender. A sender can have several, such as a test and a production system.
create table sender_client (
    client      text        not null,
    sender      text        not null,
    -- the organisation, as its agreement names it, and what it sends for
    name        text        not null,
    purpose     text        not null default 'treatment',
    -- the public keys: here, or at an address; neither where an external issuer knows the client
    jwks        jsonb,
    jwks_url    text,
    scopes      text[]      not null,
    -- no fault is carried: what would travel as a warning refuses
    strict      boolean     not null default false,
    -- SHA-256 of the certificate that has to come with the connection, base64url; any connection where there is none
    certificate text,
    active      boolean     not null default true,
    created_at  timestamptz not null default now(),
    changed_at  timestamptz not null default now(),
    primary key (client),
    check (jwks is null or jwks_url is null)
);

-- Each assertion is good once, at whichever instance; it is remembered until it would have expired anyway.
create table used_assertion (
    client     text        not null,
    jti        text        not null,
    expires_at timestamptz not null,
    primary key (client, jti)
);
create index used_assertion_expiry on used_assertion (expires_at);

grant select, insert, update on sender_client to ${app};
grant select, insert, delete on used_assertion to ${app};
