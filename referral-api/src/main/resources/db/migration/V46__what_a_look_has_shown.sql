-- Which referrals a search or the worklist has shown, one row each: by it is found who saw one of them. The trail itself says the
-- same in detail -> 'referrals'; an index into a document is of no use behind a policy (V47).
create table audit_shown (
    sender   text   not null,
    referral uuid   not null,
    position bigint not null,
    primary key (referral, position)
);
insert into audit_shown (sender, referral, position)
select distinct a.sender, shown.referral::uuid, a.position
from audit_event a, jsonb_array_elements_text(a.detail -> 'referrals') as shown(referral)
where a.detail ? 'referrals';
drop index audit_by_shown;

-- Whoever appends to the trail need not know of it.
create function audit_shown_too() returns trigger
    language plpgsql
as
$$
begin
    insert into audit_shown (sender, referral, position)
    select new.sender, shown.referral::uuid, new.position
    from jsonb_array_elements_text(new.detail -> 'referrals') as shown(referral)
    on conflict do nothing;
    return null;
end
$$;
create trigger shown_too after insert on audit_event
    for each row when (new.detail ? 'referrals') execute function audit_shown_too();

grant select, insert on audit_shown to ${app};
create trigger rows_stay before update or delete or truncate on audit_shown
    for each statement execute function audit_rows_stay();
