-- A write takes fewer steps (bench/profile.ts, docs/performance.md).

-- How many tasks a project has had. A row of its own: counting is no change of the project, and its readers and its
-- history have nothing to do with it. The trigger counts; no login does.
create table task_counter (
  project_id uuid primary key references project on delete cascade,
  last integer not null
) with (fillfactor = 50);
insert into task_counter (project_id, last) select id, task_counter from project where task_counter > 0;
alter table project drop column task_counter;

-- Infinity: at the end of its project.
alter table task alter column position set default 'infinity';
alter table task add check (position < 'infinity');

create or replace function number_task() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into :schema.task_counter as c (project_id, last) values (new.project_id, 1)
  on conflict (project_id) do update set last = c.last + 1
  returning c.last into new.number;
  -- Whoever creates a task in the same project waits at the counter until this one is there: no two get one place.
  if new.position = 'infinity' then
    select coalesce(max(t.position), 0) + 1024 into new.position from :schema.task t where t.project_id = new.project_id;
  end if;
  return new;
end
$$;

-- A task that this transaction has written already has its new version, and nobody has seen one in between.
create or replace function touch_tasks() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_tasks uuid[] := array(select t.id from :schema.task t
    where t.id = any (array(select c.task_id from changed c)) and t.xmin <> pg_catalog.pg_current_xact_id()::xid);
begin
  -- A statement that changes nothing would still look for what to record.
  if v_tasks <> '{}' then
    update :schema.task t set version = t.version where t.id = any (v_tasks);
  end if;
  return null;
end
$$;

-- The first statement of every change, in one query instead of three. What it asks is what confirm_access asks.
create or replace function begin_change(p_member uuid, p_role uuid, p_role_version integer, p_token uuid, p_request text,
  p_address text default null, p_reason text default null, p_job text default null)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_catalog.set_config('kontor.member', p_member::text, true),
    pg_catalog.set_config('kontor.member_name', m.name, true),
    pg_catalog.set_config('kontor.token', coalesce(p_token::text, ''), true),
    pg_catalog.set_config('kontor.token_name', coalesce(t.name, ''), true),
    pg_catalog.set_config('kontor.request', coalesce(p_request, ''), true),
    pg_catalog.set_config('kontor.address', coalesce(p_address, ''), true),
    pg_catalog.set_config('kontor.reason', coalesce(p_reason, ''), true),
    pg_catalog.set_config('kontor.job', coalesce(p_job, ''), true)
  from :schema.member m
  join :schema.role r on r.id = m.role_id
  left join :schema.api_token t on t.id = p_token and t.member_id = m.id and t.revoked_at is null
    and (t.expires_at is null or t.expires_at > pg_catalog.now())
  where m.id = p_member and m.active and r.id = p_role and r.version = p_role_version
    and (p_token is null or t.id is not null);
  if not found then
    raise exception using errcode = 'KT401', message = 'the access that this statement was built for has changed';
  end if;
end
$$;

-- The same events. The fence keeps the row from being written out as JSON for each tag that it is compared with.
create or replace function record_link() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_entity text := tg_argv[0];
  v_other text := tg_argv[1];
  v_field text := case tg_argv[1] when 'tag' then 'tag_id' else 'member_id' end;
  v_from text := case tg_op when 'INSERT' then 'to' else 'from' end;
  v_to text := case tg_op when 'INSERT' then 'from' else 'to' end;
begin
  insert into :schema.audit_event (id, entity, entity_id, task_id, project_id, action, member_id, token_id, request_id, changes)
  select kontor.uuid7(), v_entity, l.entity_id, p.task_id, p.project_id,
    v_entity || '.' || v_other || case tg_op when 'INSERT' then '_added' else '_removed' end,
    nullif(pg_catalog.current_setting('kontor.member', true), '')::uuid,
    nullif(pg_catalog.current_setting('kontor.token', true), '')::uuid,
    nullif(pg_catalog.current_setting('kontor.request', true), ''),
    pg_catalog.jsonb_build_object(
      v_field, pg_catalog.jsonb_build_object(v_from, l.other_id, v_to, null),
      'name', pg_catalog.jsonb_build_object(v_from, n.name, v_to, null))
  from (
    select (r.row ->> (v_entity || '_id'))::uuid as entity_id, (r.row ->> v_field)::uuid as other_id
    from (select pg_catalog.to_jsonb(c) as row from changed c offset 0) r offset 0
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

-- Their statements are the same each time, and planning one takes longer than running it.
alter function record_change() set plan_cache_mode = 'force_generic_plan';
alter function record_link() set plan_cache_mode = 'force_generic_plan';
alter function touch_tasks() set plan_cache_mode = 'force_generic_plan';
-- Only they call these, and have set the path already: setting it again costs more than the look-up.
alter function audit_place(text, jsonb) reset search_path;
alter function audit_name(text, jsonb) reset search_path;
