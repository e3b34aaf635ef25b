-- Lists over all projects in their usual order, and by due date with those that have none at the end
-- (tests/database/list-plans.test.ts).
create index task_in_order on task (position, id);
drop index task_due;
create index task_due on task (due_on, id);
