-- A search that was sent by POST so that nothing of it is in an address: what its next pages need, kept for a while here,
-- because a link to the next page is an address.
create table posted_search (
    search     uuid        primary key,
    sender     text        not null,
    parameters jsonb       not null,
    kept_until timestamptz not null
);
create index posted_search_end on posted_search (kept_until);

grant select, insert, delete on posted_search to ${app};

alter table posted_search enable row level security;
alter table posted_search force row level security;
create policy tenant on posted_search using (row_scope() in ('clinic', 'assessment', 'erasure')
    or sender = any (row_tenants()));
