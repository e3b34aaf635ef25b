-- What holds whoever writes: this server, an import, or SQL typed by hand.

-- Access -------------------------------------------------------------------------------------------------------
-- The server builds a query for the role it believes the caller to have. This function, evaluated in that same
-- query, refuses (KT401) when the database knows better, and the server reads the role again.
create function confirm_access(p_member uuid, p_role uuid, p_role_version integer, p_token uuid) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform 1
  from :schema.member m
  join :schema.role r on r.id = m.role_id
  where m.id = p_member and m.active and r.id = p_role and r.version = p_role_version
    and (p_token is null or exists (
      select from :schema.api_token t
      where t.id = p_token and t.member_id = m.id and t.revoked_at is null
        and (t.expires_at is null or t.expires_at > pg_catalog.now())));
  if not found then
    raise exception using errcode = 'KT401', message = 'the access that this statement was built for has changed';
  end if;
  return true;
end
$$;
revoke execute on function confirm_access from public;
grant execute on function confirm_access to :schema;

-- The first statement of every change: confirms the access and tells the audit triggers who acts.
create function begin_change(p_member uuid, p_role uuid, p_role_version integer, p_token uuid, p_request text)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform :schema.confirm_access(p_member, p_role, p_role_version, p_token);
  perform pg_catalog.set_config('kontor.member', p_member::text, true),
    pg_catalog.set_config('kontor.token', coalesce(p_token::text, ''), true),
    pg_catalog.set_config('kontor.request', coalesce(p_request, ''), true);
end
$$;
revoke execute on function begin_change from public;
grant execute on function begin_change to :schema;

-- Versions and derived columns -----------------------------------------------------------------------------------
create trigger workspace_touch before update of name, slug, plan on workspace for each row execute function kontor.touch_row();
create trigger role_touch before update on role for each row execute function kontor.touch_row();
create trigger member_touch before update on member for each row execute function kontor.touch_row();
create trigger invitation_touch before update on invitation for each row execute function kontor.touch_row();
create trigger project_touch before update of key, name, description, private, archived_at on project
  for each row execute function kontor.touch_row();
create trigger tag_touch before update on tag for each row execute function kontor.touch_row();
create trigger comment_touch before update on comment for each row execute function kontor.touch_row();
create trigger time_entry_touch before update on time_entry for each row execute function kontor.touch_row();
create trigger webhook_touch before update of url, actions, secret, active on webhook
  for each row execute function kontor.touch_row();
create trigger integration_touch before update of name, actions, token, active on integration
  for each row execute function kontor.touch_row();
create trigger saved_view_touch before update on saved_view for each row execute function kontor.touch_row();
create trigger import_touch before update on import for each row execute function kontor.touch_row();
create trigger task_touch before update on task for each row execute function kontor.touch_row();

-- A task takes the next number of its project (the project's row is the counter) and closes with its status.
create function number_task() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  update :schema.project set task_counter = task_counter + 1 where id = new.project_id
  returning task_counter into new.number;
  return new;
end
$$;
create trigger task_number_new before insert on task for each row execute function number_task();
create trigger task_number_moved before update of project_id on task for each row
  when (old.project_id is distinct from new.project_id) execute function number_task();

create function close_task() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.status in ('done', 'cancelled') then
    new.closed_at := coalesce(new.closed_at, pg_catalog.now());
  else
    new.closed_at := null;
  end if;
  return new;
end
$$;
create trigger task_close_new before insert on task for each row execute function close_task();
create trigger task_close before update of status, closed_at on task for each row execute function close_task();

-- Tasks form a forest, whoever can read which of them. The walk upwards locks what it passes: of two changes that
-- would close a circle together, one waits for the other, or both meet in a deadlock and one is undone.
create function keep_task_above() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_above uuid := new.parent_id;
begin
  for v_step in 1 .. 50 loop
    exit when v_above is null or v_above = new.id;
    select t.parent_id into v_above from :schema.task t where t.id = v_above for no key update;
  end loop;
  if v_above is not null then
    raise exception using errcode = '23514', constraint = 'task_not_below_itself',
      message = 'a task is not below itself, nor deeper than 50';
  end if;
  return new;
end
$$;
create trigger task_keep_above before insert or update of parent_id on task for each row
  when (new.parent_id is not null) execute function keep_task_above();

-- Tags and viewers are part of what a reader of the task sees, so they change its version.
create function touch_tasks() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  update :schema.task t set version = t.version where t.id in (select c.task_id from changed c);
  return null;
end
$$;
create trigger task_tag_added_touch after insert on task_tag referencing new table as changed
  for each statement execute function touch_tasks();
create trigger task_tag_removed_touch after delete on task_tag referencing old table as changed
  for each statement execute function touch_tasks();
create trigger task_viewer_added_touch after insert on task_viewer referencing new table as changed
  for each statement execute function touch_tasks();
create trigger task_viewer_removed_touch after delete on task_viewer referencing old table as changed
  for each statement execute function touch_tasks();

-- The last admin -------------------------------------------------------------------------------------------------
-- Before: take the one row that all such changes take, by writing to it, so that a second change waits, and in
-- REPEATABLE READ fails, instead of counting what it cannot see. After: count.
create function lock_admins() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  update :schema.workspace set admin_epoch = admin_epoch + 1;
  return null;
end
$$;
create function keep_an_admin() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (
    select from :schema.member m join :schema.role r on r.id = m.role_id where m.active and r.builtin = 'admin'
  ) then
    raise exception using errcode = '23514', constraint = 'workspace_keeps_an_admin',
      message = 'a workspace keeps at least one active admin';
  end if;
  return null;
end
$$;
create trigger member_1_lock before update of role_id, active or delete on member
  for each statement execute function lock_admins();
create trigger member_2_keep after update of role_id, active or delete on member
  for each statement execute function keep_an_admin();

create function keep_builtin_role() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using errcode = '23514', constraint = 'role_builtin_is_fixed',
    message = 'a built-in role cannot be changed or deleted';
end
$$;
create trigger role_keep_builtin before update or delete on role for each row
  when (old.builtin is not null) execute function keep_builtin_role();

-- Audit ------------------------------------------------------------------------------------------------------------
-- One event for each changed row, in the transaction of the change. Arguments: entity, columns that are left out,
-- columns whose value is never shown.
create function record_change() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_entity text := tg_argv[0];
  v_hidden text[] := tg_argv[1]::text[] || '{id,version,created_at,updated_at,search}';
  v_masked text[] := tg_argv[2]::text[];
  v_action text := tg_argv[0] || case tg_op when 'INSERT' then '.created' when 'UPDATE' then '.updated' else '.deleted' end;
  v_member uuid := nullif(pg_catalog.current_setting('kontor.member', true), '')::uuid;
  v_token uuid := nullif(pg_catalog.current_setting('kontor.token', true), '')::uuid;
  v_request text := nullif(pg_catalog.current_setting('kontor.request', true), '');
begin
  if tg_op = 'INSERT' then
    insert into :schema.audit_event (id, entity, entity_id, task_id, project_id, action, member_id, token_id, request_id, changes)
    select kontor.uuid7(), v_entity, (r.new ->> 'id')::uuid, p.task_id, p.project_id, v_action, v_member, v_token, v_request,
      coalesce((select pg_catalog.jsonb_object_agg(f.key, pg_catalog.jsonb_build_object('from', null, 'to',
          case when f.key = any (v_masked) then '"(secret)"' else f.value end))
        from pg_catalog.jsonb_each(r.new) f
        where f.value <> 'null' and f.value <> '""' and f.key <> all (v_hidden)), '{}')
    from (select pg_catalog.to_jsonb(n) as new from new_rows n) r
    cross join lateral :schema.audit_place(v_entity, r.new) p;
  elsif tg_op = 'DELETE' then
    insert into :schema.audit_event (id, entity, entity_id, task_id, project_id, action, member_id, token_id, request_id, changes)
    select kontor.uuid7(), v_entity, (r.old ->> 'id')::uuid, p.task_id, p.project_id, v_action, v_member, v_token, v_request,
      coalesce((select pg_catalog.jsonb_object_agg(f.key, pg_catalog.jsonb_build_object('from',
          case when f.key = any (v_masked) then '"(secret)"' else f.value end, 'to', null))
        from pg_catalog.jsonb_each(r.old) f
        where f.value <> 'null' and f.value <> '""' and f.key <> all (v_hidden)), '{}')
    from (select pg_catalog.to_jsonb(o) as old from old_rows o) r
    cross join lateral :schema.audit_place(v_entity, r.old) p;
  else
    if exists (select from new_rows n where not exists (select from old_rows o where o.id = n.id)) then
      raise exception using errcode = '42501', message = 'an id never changes: the history hangs on it';
    end if;
    insert into :schema.audit_event (id, entity, entity_id, task_id, project_id, action, member_id, token_id, request_id, changes)
    select kontor.uuid7(), v_entity, (r.new ->> 'id')::uuid, p.task_id, p.project_id, v_action, v_member, v_token, v_request, d.changes
    from (
      -- A cascade can change one row twice in what counts as one statement: first old, last new. Grouping rather than
      -- joining is linear whatever the size for which the plan was made and kept.
      select (pg_catalog.array_agg(v.row order by v.place) filter (where v.is_old))[1] as old,
        (pg_catalog.array_agg(v.row order by v.place desc) filter (where not v.is_old))[1] as new
      from (
        select o.id, pg_catalog.to_jsonb(o) as row, true as is_old, pg_catalog.row_number() over () as place from old_rows o
        union all
        select n.id, pg_catalog.to_jsonb(n), false, pg_catalog.row_number() over () from new_rows n
      ) v
      group by v.id
    ) r
    cross join lateral (
      select pg_catalog.jsonb_object_agg(f.key, pg_catalog.jsonb_build_object(
        'from', case when f.key = any (v_masked) then '"(secret)"' else r.old -> f.key end,
        'to', case when f.key = any (v_masked) then '"(secret)"' else f.value end)) as changes
      from pg_catalog.jsonb_each(r.new) f
      where f.key <> all (v_hidden) and f.value is distinct from r.old -> f.key
    ) d
    cross join lateral :schema.audit_place(v_entity, r.new) p
    where d.changes is not null;
  end if;
  return null;
end
$$;

-- The task and the project that an event belongs to: they decide who may read it later.
create function audit_place(p_entity text, p_row jsonb, out task_id uuid, out project_id uuid)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  task_id := case when p_entity = 'task' then p_row ->> 'id' else p_row ->> 'task_id' end;
  project_id := case when p_entity = 'project' then p_row ->> 'id' else p_row ->> 'project_id' end;
  if project_id is null and task_id is not null then
    select t.project_id into project_id from :schema.task t where t.id = audit_place.task_id;
    if not found then
      -- It went with its task, whose own event was written just before.
      select e.project_id into project_id from :schema.audit_event e
      where e.entity_id = audit_place.task_id and e.action = 'task.deleted' order by e.id desc limit 1;
    end if;
  end if;
end
$$;
revoke execute on function audit_place from public;

-- Adding or removing a tag, a viewer or a project member is an event of its own, with the name as it is now.
create function record_link() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_entity text := tg_argv[0];
  v_other text := tg_argv[1];
  v_added boolean := tg_op = 'INSERT';
begin
  insert into :schema.audit_event (id, entity, entity_id, task_id, project_id, action, member_id, token_id, request_id, changes)
  select kontor.uuid7(), v_entity, l.entity_id, p.task_id, p.project_id,
    v_entity || '.' || v_other || case when v_added then '_added' else '_removed' end,
    nullif(pg_catalog.current_setting('kontor.member', true), '')::uuid,
    nullif(pg_catalog.current_setting('kontor.token', true), '')::uuid,
    nullif(pg_catalog.current_setting('kontor.request', true), ''),
    pg_catalog.jsonb_build_object(
      case v_other when 'tag' then 'tag_id' else 'member_id' end,
      case when v_added then pg_catalog.jsonb_build_object('from', null, 'to', l.other_id)
        else pg_catalog.jsonb_build_object('from', l.other_id, 'to', null) end,
      'name',
      case when v_added then pg_catalog.jsonb_build_object('from', null, 'to', n.name)
        else pg_catalog.jsonb_build_object('from', n.name, 'to', null) end)
  from (
    select (r.row ->> (v_entity || '_id'))::uuid as entity_id,
      (r.row ->> case v_other when 'tag' then 'tag_id' else 'member_id' end)::uuid as other_id
    from (select pg_catalog.to_jsonb(c) as row from changed c) r
  ) l
  left join lateral (
    select t.name from :schema.tag t where v_other = 'tag' and t.id = l.other_id
    union all
    select m.name from :schema.member m where v_other <> 'tag' and m.id = l.other_id
    union all
    -- It went with the tag or the member, whose own event was written just before.
    select e.changes -> 'name' ->> 'from' from :schema.audit_event e
    where e.entity_id = l.other_id and e.action in ('tag.deleted', 'member.deleted')
    limit 1
  ) n on true
  cross join lateral :schema.audit_place(v_entity, pg_catalog.jsonb_build_object('id', l.entity_id)) p;
  return null;
end
$$;

create function keep_audit_event() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using errcode = '42501', message = 'an audit event is never changed or removed';
end
$$;
create trigger audit_event_keep before update or delete on audit_event for each row execute function keep_audit_event();
create trigger audit_event_keep_all before truncate on audit_event for each statement execute function keep_audit_event();
alter table audit_event enable always trigger audit_event_keep;
alter table audit_event enable always trigger audit_event_keep_all;

do $$
declare
  audited record;
begin
  for audited in
    select * from (values
      ('task', '{}', '{}'), ('comment', '{}', '{}'), ('time_entry', '{}', '{}'), ('attachment', '{}', '{}'),
      ('tag', '{}', '{}'), ('project', '{task_counter}', '{}'), ('member', '{}', '{}'), ('role', '{}', '{}'),
      ('workspace', '{schema_version,admin_epoch,notified_xid,notified_seq}', '{}'),
      ('webhook', '{sent_xid,sent_seq,failures,last_status,retry_at}', '{secret}'),
      ('integration', '{sent_xid,sent_seq,failures,last_status,retry_at}', '{token}'),
      ('api_token', '{}', '{token_hash}'), ('invitation', '{}', '{token_hash}'), ('saved_view', '{}', '{}'),
      ('import', '{mapping,attempts,done_count,total_count,result,status,finished_at}', '{}')
    ) as t (name, hidden, masked)
  loop
    execute pg_catalog.format('create trigger %1$s_audit_insert after insert on %1$I referencing new table as new_rows '
      'for each statement execute function record_change(%1$L, %2$L, %3$L)', audited.name, audited.hidden, audited.masked);
    execute pg_catalog.format('create trigger %1$s_audit_update after update on %1$I referencing old table as old_rows '
      'new table as new_rows for each statement execute function record_change(%1$L, %2$L, %3$L)', audited.name, audited.hidden, audited.masked);
    execute pg_catalog.format('create trigger %1$s_audit_delete after delete on %1$I referencing old table as old_rows '
      'for each statement execute function record_change(%1$L, %2$L, %3$L)', audited.name, audited.hidden, audited.masked);
    -- Always: session_replication_role = replica does not get around the log.
    execute pg_catalog.format('alter table %1$I enable always trigger %1$s_audit_insert, enable always trigger '
      '%1$s_audit_update, enable always trigger %1$s_audit_delete', audited.name);
  end loop;
  for audited in
    select * from (values ('task_tag', 'task', 'tag'), ('task_viewer', 'task', 'viewer'), ('project_member', 'project', 'member'))
      as t (name, entity, other)
  loop
    execute pg_catalog.format('create trigger %1$s_audit_insert after insert on %1$I referencing new table as changed '
      'for each statement execute function record_link(%2$L, %3$L)', audited.name, audited.entity, audited.other);
    execute pg_catalog.format('create trigger %1$s_audit_delete after delete on %1$I referencing old table as changed '
      'for each statement execute function record_link(%2$L, %3$L)', audited.name, audited.entity, audited.other);
    execute pg_catalog.format('alter table %1$I enable always trigger %1$s_audit_insert, enable always trigger '
      '%1$s_audit_delete', audited.name);
  end loop;
end
$$;
