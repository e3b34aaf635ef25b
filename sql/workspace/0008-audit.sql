-- What an event tells besides, how events become leaves of a tree, and what the tree is kept in (docs/audit-format.md).

-- Who, through what and from where, as it was then. A name is kept because the member may be gone when somebody asks.
alter table audit_event
  add column member_name text default nullif(pg_catalog.current_setting('kontor.member_name', true), ''),
  add column token_name text default nullif(pg_catalog.current_setting('kontor.token_name', true), ''),
  add column job text default nullif(pg_catalog.current_setting('kontor.job', true), ''),
  add column address text default nullif(pg_catalog.current_setting('kontor.address', true), ''),
  add column reason text default nullif(pg_catalog.current_setting('kontor.reason', true), '')
    check (pg_catalog.length(reason) <= 500),
  -- From it come the salts of the fields. Once a field is erased, only the salts of the others are left.
  add column salt uuid default pg_catalog.gen_random_uuid(),
  add column salts jsonb,
  -- Commitments to the erased ones of member_name, token_name, address and reason; an erased change holds its own.
  add column erased jsonb;

drop function begin_change(uuid, uuid, integer, uuid, text);
-- The first statement of every change: confirms the access and tells the audit triggers who acts, from where and why.
create function begin_change(p_member uuid, p_role uuid, p_role_version integer, p_token uuid, p_request text,
  p_address text default null, p_reason text default null, p_job text default null)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform :schema.confirm_access(p_member, p_role, p_role_version, p_token);
  perform pg_catalog.set_config('kontor.member', p_member::text, true),
    pg_catalog.set_config('kontor.member_name', m.name, true),
    pg_catalog.set_config('kontor.token', coalesce(p_token::text, ''), true),
    pg_catalog.set_config('kontor.token_name', coalesce((select t.name from :schema.api_token t where t.id = p_token), ''), true),
    pg_catalog.set_config('kontor.request', coalesce(p_request, ''), true),
    pg_catalog.set_config('kontor.address', coalesce(p_address, ''), true),
    pg_catalog.set_config('kontor.reason', coalesce(p_reason, ''), true),
    pg_catalog.set_config('kontor.job', coalesce(p_job, ''), true)
  from :schema.member m where m.id = p_member;
end
$$;
revoke execute on function begin_change from public;
grant execute on function begin_change to :schema;

-- The same for what the server does by itself: no member, but the job that it is.
create function begin_job(p_job text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_catalog.set_config('kontor.job', p_job, true);
end
$$;
revoke execute on function begin_job from public;
grant execute on function begin_job to :schema;

-- What the row behind an id is called at this moment, or was called when it went.
create function audit_name(p_field text, p_value jsonb) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid := (p_value #>> '{}')::uuid;
  v_name text;
begin
  if v_id is null then
    return null;
  end if;
  case p_field
    when 'project_id' then select p.name into v_name from :schema.project p where p.id = v_id;
    when 'task_id', 'parent_id' then select t.title into v_name from :schema.task t where t.id = v_id;
    when 'tag_id' then select t.name into v_name from :schema.tag t where t.id = v_id;
    when 'role_id' then select r.name into v_name from :schema.role r where r.id = v_id;
    when 'token_id', 'made_with' then select t.name into v_name from :schema.api_token t where t.id = v_id;
    else select m.name into v_name from :schema.member m where m.id = v_id;
  end case;
  if v_name is null then
    select coalesce(e.changes -> 'name' ->> 'from', e.changes -> 'title' ->> 'from') into v_name
    from :schema.audit_event e
    where e.entity_id = v_id and e.action like '%.deleted' order by e.id desc limit 1;
  end if;
  return v_name;
end
$$;
revoke execute on function audit_name from public;

-- A secret that is sealed anew under the next key has not changed: its history tells nothing of it. Whoever changes it
-- writes another time of sealing, and there is an event as before. An id is told with the name that it had.
create or replace function record_change() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_entity text := tg_argv[0];
  v_hidden text[] := tg_argv[1]::text[] || '{id,version,created_at,updated_at,search}';
  v_masked text[] := tg_argv[2]::text[];
  v_named text[] := '{assignee_id,creator_id,author_id,member_id,inviter_id,project_id,task_id,parent_id,tag_id,role_id,token_id,made_with}';
  v_action text := tg_argv[0] || case tg_op when 'INSERT' then '.created' when 'UPDATE' then '.updated' else '.deleted' end;
  v_member uuid := nullif(pg_catalog.current_setting('kontor.member', true), '')::uuid;
  v_token uuid := nullif(pg_catalog.current_setting('kontor.token', true), '')::uuid;
  v_request text := nullif(pg_catalog.current_setting('kontor.request', true), '');
  v_resealing boolean := coalesce(pg_catalog.current_setting('kontor.resealing', true) = 'on', false);
begin
  if tg_op = 'INSERT' then
    insert into :schema.audit_event (id, entity, entity_id, task_id, project_id, action, member_id, token_id, request_id, changes)
    select kontor.uuid7(), v_entity, (r.new ->> 'id')::uuid, p.task_id, p.project_id, v_action, v_member, v_token, v_request,
      coalesce((select pg_catalog.jsonb_object_agg(f.key, case
          when f.key = any (v_masked) then '{"from": null, "to": "(secret)"}'
          when f.key = any (v_named) then pg_catalog.jsonb_build_object('from', null, 'to', f.value,
            'fromName', null, 'toName', :schema.audit_name(f.key, f.value))
          else pg_catalog.jsonb_build_object('from', null, 'to', f.value) end)
        from pg_catalog.jsonb_each(r.new) f
        where f.value <> 'null' and f.value <> '""' and f.key <> all (v_hidden)), '{}')
    from (select pg_catalog.to_jsonb(n) as new from new_rows n) r
    cross join lateral :schema.audit_place(v_entity, r.new) p;
  elsif tg_op = 'DELETE' then
    insert into :schema.audit_event (id, entity, entity_id, task_id, project_id, action, member_id, token_id, request_id, changes)
    select kontor.uuid7(), v_entity, (r.old ->> 'id')::uuid, p.task_id, p.project_id, v_action, v_member, v_token, v_request,
      coalesce((select pg_catalog.jsonb_object_agg(f.key, case
          when f.key = any (v_masked) then '{"from": "(secret)", "to": null}'
          when f.key = any (v_named) then pg_catalog.jsonb_build_object('from', f.value, 'to', null,
            'fromName', :schema.audit_name(f.key, f.value), 'toName', null)
          else pg_catalog.jsonb_build_object('from', f.value, 'to', null) end)
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
      select pg_catalog.jsonb_object_agg(f.key, case
        when f.key = any (v_masked) then '{"from": "(secret)", "to": "(secret)"}'
        when f.key = any (v_named) then pg_catalog.jsonb_build_object('from', r.old -> f.key, 'to', f.value,
          'fromName', :schema.audit_name(f.key, r.old -> f.key), 'toName', :schema.audit_name(f.key, f.value))
        else pg_catalog.jsonb_build_object('from', r.old -> f.key, 'to', f.value) end) as changes
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

-- Notes a use of a token that is good: an event for the first one of a day in Brussels, and one for a network that is
-- not among the last 50. `noted_ms` says for how long uses from this network need no noting; 0: the token is not good.
create or replace function note_token_use(p_token uuid, p_network cidr, out noted_ms integer, out told boolean)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz;
  v_today date;
  v_token record;
  v_actions text[] := '{}';
begin
  -- The lock makes uses at once one after the other, so that a new network is new to one of them only.
  select t.member_id, m.name as member_name, t.name, t.last_used_at, t.networks into v_token
  from :schema.api_token t join :schema.member m on m.id = t.member_id
  where t.id = p_token and m.active and t.revoked_at is null
    and (t.expires_at is null or t.expires_at > pg_catalog.now())
  for no key update of t;
  if not found then
    noted_ms := 0;
    told := false;
    return;
  end if;
  v_now := pg_catalog.clock_timestamp();
  v_today := v_now at time zone 'Europe/Brussels';
  if v_token.last_used_at is null or (v_token.last_used_at at time zone 'Europe/Brussels')::date < v_today then
    v_actions := v_actions || 'api_token.used'::text;
  end if;
  if p_network is not null and p_network <> all (v_token.networks) then
    v_actions := v_actions || 'api_token.used_from_new_network'::text;
  end if;
  insert into :schema.audit_event (id, entity, entity_id, action, member_id, member_name, token_id, token_name, changes)
  select kontor.uuid7(), 'api_token', p_token, a.action, v_token.member_id, v_token.member_name, p_token, v_token.name,
    case when p_network is null then '{}' else pg_catalog.jsonb_build_object(
      'network', pg_catalog.jsonb_build_object('from', null, 'to', p_network::text)) end
  from pg_catalog.unnest(v_actions) with ordinality as a (action, place)
  order by a.place;
  update :schema.api_token t
  set last_used_at = greatest(t.last_used_at, v_now), last_used_network = coalesce(p_network, t.last_used_network),
    networks = case when p_network is null then t.networks
      else (array[p_network] || pg_catalog.array_remove(t.networks, p_network))[1:50] end
  where t.id = p_token;
  noted_ms := floor(least(300, extract(epoch from (v_today + 1)::timestamp at time zone 'Europe/Brussels' - v_now)) * 1000);
  told := pg_catalog.cardinality(v_actions) > 0;
end
$$;

-- Something that happened to a member's account: its own event, once, however often it is told.
create or replace function record_account_event(p_id uuid, p_member uuid, p_kind text, p_at timestamptz, p_facts jsonb)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_kind !~ '^[a-z][a-z_]{1,40}$' or p_kind in ('created', 'updated', 'deleted') then
    raise exception using errcode = '22023', message = 'this is no kind of account event';
  end if;
  insert into :schema.audit_event (id, at, entity, entity_id, action, member_id, member_name, changes)
  select p_id, p_at, 'member', m.id, 'member.' || p_kind, m.id, m.name,
    coalesce((select pg_catalog.jsonb_object_agg(f.key, pg_catalog.jsonb_build_object('from', null, 'to', f.value))
      from pg_catalog.jsonb_each(p_facts) f where f.value <> 'null'), '{}')
  from :schema.member m
  where m.id = p_member
  on conflict (id) do nothing;
end
$$;

-- What happens to the history itself is history too. Erasing and pruning are told by the functions that do them.
create function record_audit_action(p_kind text, p_facts jsonb) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid := kontor.uuid7();
begin
  if p_kind not in ('exported', 'export_ready') then
    raise exception using errcode = '22023', message = 'this is nothing that a login may tell of the history';
  end if;
  insert into :schema.audit_event (id, entity, entity_id, action, member_id, token_id, request_id, changes)
  select v_id, 'audit', w.id, 'audit.' || p_kind,
    nullif(pg_catalog.current_setting('kontor.member', true), '')::uuid,
    nullif(pg_catalog.current_setting('kontor.token', true), '')::uuid,
    nullif(pg_catalog.current_setting('kontor.request', true), ''),
    coalesce((select pg_catalog.jsonb_object_agg(f.key, pg_catalog.jsonb_build_object('from', null, 'to', f.value))
      from pg_catalog.jsonb_each(p_facts) f where f.value <> 'null'), '{}')
  from :schema.workspace w;
  return v_id;
end
$$;
revoke execute on function record_audit_action from public;
grant execute on function record_audit_action to :schema;

-- The tree ---------------------------------------------------------------------------------------------------------
-- Up to where events are sealed: the last one, and how many leaves there are.
alter table workspace
  add column sealed_xid xid8 not null default '0',
  add column sealed_seq bigint not null default 0,
  add column sealed_size bigint not null default 0;
drop trigger workspace_audit_insert on workspace;
create trigger workspace_audit_insert after insert on workspace referencing new table as new_rows for each statement execute function
  record_change('workspace', '{schema_version,admin_epoch,notified_xid,notified_seq,sealed_xid,sealed_seq,sealed_size}', '{}');
drop trigger workspace_audit_update on workspace;
create trigger workspace_audit_update after update on workspace referencing old table as old_rows new table as new_rows
  for each statement execute function
  record_change('workspace', '{schema_version,admin_epoch,notified_xid,notified_seq,sealed_xid,sealed_seq,sealed_size}', '{}');
drop trigger workspace_audit_delete on workspace;
create trigger workspace_audit_delete after delete on workspace referencing old table as old_rows for each statement execute function
  record_change('workspace', '{schema_version,admin_epoch,notified_xid,notified_seq,sealed_xid,sealed_seq,sealed_size}', '{}');
alter table workspace enable always trigger workspace_audit_insert, enable always trigger workspace_audit_update,
  enable always trigger workspace_audit_delete;

-- Which leaf an event is, and what it is found by: filled beside the writers, who pay for none of it.
create table audit_leaf (
  event_id uuid primary key,
  index bigint not null,
  at timestamptz(3) not null,
  -- audit_terms
  terms text[] not null,
  search tsvector not null
);
create unique index audit_leaf_index on audit_leaf (index);
create index audit_leaf_found on audit_leaf using gin (terms, search) with (gin_pending_list_limit = 512);
grant select on audit_leaf to :schema;

-- 256 hashes each: tile n of a level holds the roots of the complete subtrees of 256^level leaves from n·256 on.
create table audit_tile (
  level smallint not null check (level between 0 and 7),
  n bigint not null,
  hashes bytea not null check (length(hashes) % 32 = 0 and length(hashes) between 32 and 8192),
  primary key (level, n)
);
alter table audit_tile alter column hashes set storage external;
grant select on audit_tile to :schema;

create table audit_checkpoint (
  size bigint primary key,
  note text not null check (length(note) <= 2000),
  created_at timestamptz(3) not null default now()
);
grant select, insert on audit_checkpoint to :schema;

-- All that the history is filtered by, in one index: a: action, e: entity, o: object, t: task, m: member, k: token,
-- r: request, f: changed field.
create function audit_terms(p_event audit_event) returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.array_remove(array['a:' || p_event.action, 'e:' || p_event.entity, 'o:' || p_event.entity_id,
      't:' || p_event.task_id, 'm:' || p_event.member_id, 'k:' || p_event.token_id, 'r:' || p_event.request_id], null)
    || array(select 'f:' || f.key from pg_catalog.jsonb_object_keys(p_event.changes) as f (key))
$$;
revoke execute on function audit_terms from public;
grant execute on function audit_terms to :schema;

-- The words that an event is found by: what changed from and to, and the names then. Ids are no words.
create function audit_search(p_event audit_event) returns tsvector
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.to_tsvector('simple', pg_catalog.left(pg_catalog.concat_ws(' ',
    p_event.member_name, p_event.token_name, p_event.reason, (
      select pg_catalog.string_agg(pg_catalog.concat_ws(' ', f.value ->> 'fromName', f.value ->> 'toName',
        case when f.key !~ '(_id|_with)$' then pg_catalog.concat_ws(' ', f.value ->> 'from', f.value ->> 'to') end), ' ')
      from pg_catalog.jsonb_each(p_event.changes) f)), 200000))
$$;
revoke execute on function audit_search from public;
grant execute on function audit_search to :schema;

-- Appends leaves and nothing else: p_size is how many there were, and whoever comes second with the same is refused.
-- p_tiles: [{level, n, from, hashes}], what is new in each tile from its hash number "from" on, in hexadecimal.
create function seal_audit_events(p_size bigint, p_xid xid8, p_seq bigint, p_events uuid[], p_tiles jsonb) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_appended bigint;
begin
  update :schema.workspace w
  set sealed_xid = p_xid, sealed_seq = p_seq, sealed_size = p_size + pg_catalog.cardinality(p_events)
  where w.sealed_size = p_size and (w.sealed_xid, w.sealed_seq) < (p_xid, p_seq);
  if not found then
    raise exception using errcode = '40001', message = 'another process has sealed these events';
  end if;
  insert into :schema.audit_leaf (event_id, index, at, terms, search)
  select e.id, p_size + o.place - 1, e.at, :schema.audit_terms(e), :schema.audit_search(e)
  from pg_catalog.unnest(p_events) with ordinality as o (id, place)
  join :schema.audit_event e on e.id = o.id;
  get diagnostics v_appended = row_count;
  if v_appended <> pg_catalog.cardinality(p_events) then
    raise exception using errcode = '22023', message = 'an event that is to be sealed is not there';
  end if;
  insert into :schema.audit_tile as t (level, n, hashes)
  select a.level, a.n, pg_catalog.decode(a.hashes, 'hex')
  from pg_catalog.jsonb_to_recordset(p_tiles) as a (level smallint, n bigint, "from" integer, hashes text)
  on conflict (level, n) do update set hashes = t.hashes || excluded.hashes
  where pg_catalog.length(t.hashes) = (
    select a."from" * 32 from pg_catalog.jsonb_to_recordset(p_tiles) as a (level smallint, n bigint, "from" integer)
    where a.level = t.level and a.n = t.n);
  get diagnostics v_appended = row_count;
  if v_appended <> pg_catalog.jsonb_array_length(p_tiles) then
    raise exception using errcode = '22023', message = 'a tile is not as long as these hashes expect';
  end if;
end
$$;
revoke execute on function seal_audit_events from public;
grant execute on function seal_audit_events to :schema;

-- What was signed once stays.
create trigger audit_checkpoint_keep before update or delete on audit_checkpoint for each row execute function keep_audit_event();
create trigger audit_checkpoint_keep_all before truncate on audit_checkpoint for each statement execute function keep_audit_event();
alter table audit_checkpoint enable always trigger audit_checkpoint_keep, enable always trigger audit_checkpoint_keep_all;
