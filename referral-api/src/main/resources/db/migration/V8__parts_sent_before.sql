-- uses: what a referral points to that its sender had sent before, as Type/id; a PUT of such a resource amends it.
-- said_at: when the message was made that the current version comes from; an older message does not overwrite it.
alter table referral
    add column uses    text[] not null default '{}',
    add column said_at timestamptz;
create index referral_uses on referral using gin (uses) where uses <> '{}';
