-- The database's roles. Run once by a superuser, on the database that the service will use; safe to run again. Then give
-- each role a password:   alter role referral_app password '...'
--
--   referral_owner    owns the schema and runs the migrations
--   referral_app      the service: reads and writes rows; cannot change the schema, cannot change or delete audit rows
--   referral_auditor  reads the event log and the audit trail, nothing else
do $$
begin
    if not exists (select from pg_roles where rolname = 'referral_owner') then
        create role referral_owner login;
    end if;
    if not exists (select from pg_roles where rolname = 'referral_app') then
        create role referral_app login;
    end if;
    if not exists (select from pg_roles where rolname = 'referral_auditor') then
        create role referral_auditor login;
    end if;
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to referral_owner, referral_app, referral_auditor', current_database());
end
$$;
create schema if not exists referral authorization referral_owner;
alter schema referral owner to referral_owner;
revoke all on schema referral from public;
grant usage on schema referral to referral_app, referral_auditor;
alter role referral_owner set search_path = referral;
alter role referral_app set search_path = referral;
alter role referral_auditor set search_path = referral;
