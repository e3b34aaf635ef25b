-- What a member is told by the clock: that a task is due, and what is unread, by mail.

-- No event makes a task due, but its day: each assignee hears of it once for each.
alter table notification
  alter column event_id drop not null,
  add column due_on date,
  -- The digest that it was put into, or none yet; one of a day after the member's own is not written yet.
  add column digest_on date not null default 'infinity',
  drop constraint notification_kind_check,
  add constraint notification_kind_check
    check (kind in ('assigned', 'mentioned', 'commented', 'viewer_added', 'status_changed', 'due')),
  add constraint notification_cause check (case kind
    when 'due' then event_id is null and due_on is not null and task_id is not null
    else event_id is not null and due_on is null end);
create unique index notification_due_once on notification (task_id, due_on, member_id) where kind = 'due';
create index notification_unread on notification (member_id, digest_on) where read_at is null;

-- digest_on: up to which day their digests are done. Whoever is new here gets the first one tomorrow at the earliest.
alter table member
  add column digest text not null default 'weekdays' check (digest in ('off', 'daily', 'weekdays')),
  add column digest_on date not null default (now() at time zone 'Europe/Brussels')::date;
-- What is there so far is no news.
update notification set digest_on = (now() at time zone 'Europe/Brussels')::date;

drop trigger member_touch on member;
create trigger member_touch before update of account_id, email, name, role_id, active, digest on member
  for each row execute function kontor.touch_row();
drop trigger member_audit_insert on member;
create trigger member_audit_insert after insert on member referencing new table as new_rows
  for each statement execute function record_change('member', '{confirmed_at,locked_until,digest,digest_on}', '{}');
drop trigger member_audit_delete on member;
create trigger member_audit_delete after delete on member referencing old table as old_rows
  for each statement execute function record_change('member', '{confirmed_at,locked_until,digest,digest_on}', '{}');
drop trigger member_audit_update on member;
create trigger member_audit_update after update on member referencing old table as old_rows new table as new_rows
  for each statement execute function record_change('member', '{confirmed_at,locked_until,digest_on}', '{}');
alter table member enable always trigger member_audit_insert, enable always trigger member_audit_update,
  enable always trigger member_audit_delete;
