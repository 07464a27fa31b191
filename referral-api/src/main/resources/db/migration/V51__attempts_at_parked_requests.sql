-- Until when somebody tries to let it join; it cannot be erased meanwhile, for what is being joined has been read already.
alter table parked_submission add column attempted_until timestamptz;
