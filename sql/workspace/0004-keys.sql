-- A secret that is sealed anew under the next key has not changed: its history tells nothing of it. Whoever changes it
-- writes another time of sealing, and there is an event as before.
create or replace function record_change() returns trigger
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
  v_resealing boolean := coalesce(pg_catalog.current_setting('kontor.resealing', true) = 'on', false);
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
        and not (v_resealing and f.key = any (v_masked) and kontor.is_resealed(r.old ->> f.key, r.new ->> f.key))
    ) d
    cross join lateral :schema.audit_place(v_entity, r.new) p
    where d.changes is not null;
  end if;
  return null;
end
$$;
