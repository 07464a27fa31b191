-- What referrals and waiting requests are found by, one row each with an index that row-level security leaves in use: the
-- operators of arrays are not leakproof, so behind a policy their indexes are read for nobody.

-- By which another referral of the same person is found, whoever sent it. No foreign key here and in the next table: it would be
-- looked up for each row on the way of every referral, and rows are only written beside their referral.
create table referral_person (
    sender   text not null,
    referral uuid not null,
    key      text not null,
    primary key (sender, referral, key)
);
create index referral_person_by_key on referral_person (key);
insert into referral_person (sender, referral, key)
select distinct sender, referral, unnest(person) from referral;

-- What a referral points to that its sender had sent before, as Type/id; a PUT of such a resource amends it.
create table referral_use (
    sender   text not null,
    referral uuid not null,
    key      text not null,
    primary key (sender, referral, key)
);
create index referral_use_by_key on referral_use (sender, key);
insert into referral_use (sender, referral, key)
select distinct sender, referral, unnest(uses) from referral;

-- Any of these lets a waiting request try again.
create table parked_wait (
    sender text not null,
    parked uuid not null,
    key    text not null,
    primary key (sender, parked, key),
    foreign key (sender, parked) references parked_submission
);
create index parked_wait_by_key on parked_wait (sender, key);
insert into parked_wait (sender, parked, key)
select distinct sender, parked, unnest(waits_for) from parked_submission where state <> 'joined';

alter table referral
    drop column person,
    drop column uses;
alter table parked_submission drop column waits_for;

grant select, insert, delete on referral_person, referral_use, parked_wait to ${app};
