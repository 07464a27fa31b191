-- From where a request came, as the web server saw it; null for what no request caused.
alter table audit_event add column address text;
-- A search and the worklist show several referrals at once; by this it is found who saw one of them.
create index audit_by_shown on audit_event using gin ((detail -> 'referrals')) where detail -> 'referrals' is not null;
