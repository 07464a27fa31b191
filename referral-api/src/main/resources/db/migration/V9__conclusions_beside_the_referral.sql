-- What lists show of the rules' conclusions: the level they propose, and what to heed (holds and red flags).
alter table referral
    add column triage_level text,
    add column alerts       text[] not null default '{}';

-- By which another referral of the same person is found, whoever sent it. Made of numbers, names, phones and birth dates.
alter table referral
    add column person text[] not null default '{}';
create index referral_by_person on referral using gin (person) where person <> '{}';

-- Referrals that seem to be of the same person for the same kind of problem. For the clinic's eyes: no sender is told.
create table possible_duplicate (
    sender         text        not null,
    referral       uuid        not null,
    other_sender   text        not null,
    other_referral uuid        not null,
    found_at       timestamptz not null,
    primary key (sender, referral, other_sender, other_referral),
    foreign key (sender, referral) references referral,
    foreign key (other_sender, other_referral) references referral
);
create index possible_duplicate_other on possible_duplicate (other_sender, other_referral);
grant select, insert on possible_duplicate to ${app};
