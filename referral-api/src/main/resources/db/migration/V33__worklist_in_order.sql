-- In the order of the worklist, so that its first page is read and not sorted out of everything that is open.
create index task_in_order on task (
    (case priority when 'stat' then 0 when 'asap' then 1 when 'urgent' then 2 else 3 end), due_at, task)
    where status in ('requested', 'received', 'accepted', 'in-progress', 'on-hold');
drop index task_open;
