-- An admin counts who can come in: active, with an account that somebody has proved to be theirs, and not locked.
alter table member
  add column confirmed_at timestamptz(3),
  add column locked_until timestamptz(3);
drop trigger member_touch on member;
create trigger member_touch before update of account_id, email, name, role_id, active on member
  for each row execute function kontor.touch_row();
drop trigger member_audit_insert on member;
create trigger member_audit_insert after insert on member referencing new table as new_rows
  for each statement execute function record_change('member', '{confirmed_at,locked_until}', '{}');
drop trigger member_audit_delete on member;
create trigger member_audit_delete after delete on member referencing old table as old_rows
  for each statement execute function record_change('member', '{confirmed_at,locked_until}', '{}');
drop trigger member_audit_update on member;
create trigger member_audit_update after update on member referencing old table as old_rows new table as new_rows
  for each statement execute function record_change('member', '{confirmed_at,locked_until}', '{}');
alter table member enable always trigger member_audit_insert, enable always trigger member_audit_update,
  enable always trigger member_audit_delete;
-- So far nobody became a member without an invitation, a signup or an operator.
update member set confirmed_at = created_at where account_id is not null;

-- What became of an account counts here too; the server tells of it with the event itself.
create function note_account_event() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_kind text := pg_catalog.split_part(new.action, '.', 2);
begin
  if v_kind = 'locked' then
    update :schema.member m set locked_until = (new.changes -> 'until' ->> 'to')::timestamptz where m.id = new.entity_id;
  else
    update :schema.member m set locked_until = null, confirmed_at = case when v_kind = 'unlocked' then m.confirmed_at
      else coalesce(m.confirmed_at, new.at) end
    where m.id = new.entity_id and (m.locked_until is not null or m.confirmed_at is null);
  end if;
  return null;
end
$$;
create trigger audit_event_note_account after insert on audit_event for each row
  when (new.entity = 'member' and new.action in (
    'member.locked', 'member.unlocked', 'member.signed_up', 'member.signed_in', 'member.password_reset'))
  execute function note_account_event();
alter table audit_event enable always trigger audit_event_note_account;

-- For whoever is about to change members, before any other row: all such changes lock in this order.
create function hold_admins() returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
  update :schema.workspace set admin_epoch = admin_epoch + 1;
$$;
revoke execute on function hold_admins from public;
grant execute on function hold_admins to :schema;

-- Refused is what takes an admin away and leaves none who counts; anything else may happen while the only one is locked.
drop trigger member_2_keep on member;
create or replace function keep_an_admin() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_taken boolean;
begin
  if tg_op = 'DELETE' then
    select exists (
      select from old_rows o join :schema.role r on r.id = o.role_id where o.active and r.builtin = 'admin'
    ) into v_taken;
  else
    select exists (
      select from old_rows o join :schema.role r on r.id = o.role_id
      where o.active and r.builtin = 'admin' and not exists (
        select from new_rows n join :schema.role s on s.id = n.role_id
        where n.id = o.id and n.active and s.builtin = 'admin')
    ) into v_taken;
  end if;
  if v_taken and not exists (
    select from :schema.member m join :schema.role r on r.id = m.role_id
    where m.active and r.builtin = 'admin' and m.confirmed_at is not null
      and (m.locked_until is null or m.locked_until <= pg_catalog.now())
  ) then
    raise exception using errcode = '23514', constraint = 'workspace_keeps_an_admin',
      message = 'a workspace keeps at least one active admin';
  end if;
  return null;
end
$$;
create trigger member_2_keep_update after update on member referencing old table as old_rows new table as new_rows
  for each statement execute function keep_an_admin();
create trigger member_2_keep_delete after delete on member referencing old table as old_rows
  for each statement execute function keep_an_admin();
-- Always: not even a session that skips triggers leaves a workspace without an admin.
alter table member enable always trigger member_1_lock, enable always trigger member_2_keep_update,
  enable always trigger member_2_keep_delete;
