-- Began with the sender, so that a plan made while the tables were new and empty could take it to find a single referral, and
-- read all of the sender's until the next analysis.
drop index referral_by_patient;
create index referral_by_patient on referral (patient, sender) where patient is not null;
