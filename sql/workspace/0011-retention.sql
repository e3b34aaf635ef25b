-- How history forgets by rule: events leave when their plan no longer keeps them, and what a person wrote goes when they
-- ask for it. Either leaves the tree as it is (docs/decisions/0008-history-forgets-by-rule.md).

-- A server whose clock a test has stopped says so; anybody else goes by the clock that wrote the events.
create function audit_now() returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(nullif(pg_catalog.current_setting('kontor.now', true), '')::timestamptz, pg_catalog.now())
$$;
revoke execute on function audit_now from public;

create function plan_audit_days(p_plan text) returns integer
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case p_plan when 'starter' then 90 when 'pro' then 365 else 1095 end
$$;
revoke execute on function plan_audit_days from public;

-- The same time of day in Brussels so many days later: where it comes twice, the second; where there is none, an hour on.
create function audit_expiry(p_at timestamptz, p_days integer) returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select (p_at at time zone 'Europe/Brussels' + pg_catalog.make_interval(days => p_days)) at time zone 'Europe/Brussels'
$$;
revoke execute on function audit_expiry from public;

-- What decides on retention -----------------------------------------------------------------------------------------
alter table workspace
  add column audit_retention_days integer,
  -- A downgrade shortens it in 30 days.
  add column audit_shrinks_to integer,
  add column audit_shrinks_at timestamptz(3),
  add column legal_hold boolean not null default false;
-- No history has to tell of columns that are new.
alter table workspace disable trigger workspace_audit_update;
update workspace set audit_retention_days = plan_audit_days(plan);
alter table workspace enable always trigger workspace_audit_update;
alter table workspace alter column audit_retention_days set not null,
  add constraint workspace_audit_shrinks check ((audit_shrinks_to is null) = (audit_shrinks_at is null));
-- The directory's word on the plan comes by the login that builds workspaces.
revoke update (plan) on workspace from :schema;
drop trigger workspace_touch on workspace;
create trigger workspace_touch before update of name, slug, plan, requires_second_factor, delete_at, legal_hold,
  audit_retention_days on workspace
  for each row execute function kontor.touch_row();

-- The plan alone decides, and nobody sets these columns past it. More than is kept now is kept at once.
create function decide_retention() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := :schema.audit_now();
  v_days integer := :schema.plan_audit_days(new.plan);
begin
  if tg_op = 'INSERT' then
    new.audit_retention_days := v_days;
    new.audit_shrinks_to := null;
    new.audit_shrinks_at := null;
    return new;
  end if;
  new.audit_retention_days := old.audit_retention_days;
  new.audit_shrinks_to := old.audit_shrinks_to;
  new.audit_shrinks_at := old.audit_shrinks_at;
  if new.audit_shrinks_at <= v_now then
    new.audit_retention_days := new.audit_shrinks_to;
    new.audit_shrinks_to := null;
    new.audit_shrinks_at := null;
  end if;
  if new.plan is distinct from old.plan then
    if v_days < new.audit_retention_days then
      new.audit_shrinks_to := v_days;
      new.audit_shrinks_at := :schema.audit_expiry(v_now, 30);
    else
      new.audit_retention_days := v_days;
      new.audit_shrinks_to := null;
      new.audit_shrinks_at := null;
    end if;
  end if;
  return new;
end
$$;
create trigger workspace_retention before insert or update of plan, audit_retention_days, audit_shrinks_to, audit_shrinks_at
  on workspace for each row execute function decide_retention();
alter table workspace enable always trigger workspace_retention;

-- How many days the events are kept at this moment.
create function audit_days_in_force() returns integer
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case when w.audit_shrinks_at <= :schema.audit_now() then w.audit_shrinks_to else w.audit_retention_days end
  from :schema.workspace w
$$;
revoke execute on function audit_days_in_force from public;

-- How many events go when a downgrade takes hold that would not have gone by then anyway. The index is audit_leaf_at.
create function count_shrinking() returns bigint
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select count(*) from :schema.audit_leaf l, :schema.workspace w
  where l.at <= :schema.audit_expiry(w.audit_shrinks_at, -w.audit_shrinks_to)
    and l.at > :schema.audit_expiry(w.audit_shrinks_at, -w.audit_retention_days)
$$;
revoke execute on function count_shrinking from public;

-- A hold is decided by somebody who may change the workspace, and says why.
create function set_legal_hold(p_on boolean) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if nullif(pg_catalog.btrim(pg_catalog.current_setting('kontor.reason', true)), '') is null then
    raise exception using errcode = '23514', constraint = 'legal_hold_needs_reason', message = 'a legal hold needs a reason';
  end if;
  perform from :schema.member m join :schema.role r on r.id = m.role_id
  where m.id = nullif(pg_catalog.current_setting('kontor.member', true), '')::uuid and m.active
    and r.permissions #>> '{workspace,write}' = 'all';
  if not found then
    raise exception using errcode = '42501', message = 'a legal hold is decided by an admin';
  end if;
  update :schema.workspace w set legal_hold = p_on where w.legal_hold <> p_on;
end
$$;
revoke execute on function set_legal_hold from public;
grant execute on function set_legal_hold to :schema;

-- Erasures ------------------------------------------------------------------------------------------------------------
-- What is asked to be erased of whom, and how far that is: every leaf below next_index has been looked at.
create table audit_erasure (
  id uuid primary key,
  member_id uuid not null,
  what text[] not null check (cardinality(what) > 0 and what <@ '{names,addresses,words}'),
  reason text not null check (length(reason) between 1 and 500),
  -- Who asked; nobody: the operator.
  asker_id uuid,
  request_id text,
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
  failure text check (length(failure) <= 500),
  -- What the person was called and wrote, to find it with where others are told to have changed it. Gone at the end.
  known kontor.sealed,
  size bigint not null default 0,
  next_index bigint not null default 0,
  erased_count bigint not null default 0,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  finished_at timestamptz(3),
  constraint audit_erasure_forgets check (status not in ('done', 'failed') or (known is null and finished_at is not null))
);
-- One of a person at a time.
create unique index audit_erasure_open on audit_erasure (member_id) where status in ('waiting', 'running');
create trigger audit_erasure_touch before update of status on audit_erasure for each row execute function kontor.touch_row();
-- The login re-seals what is sealed; how far an erasure is, only the one that erases says.
grant select, insert (id, member_id, what, reason, asker_id, request_id), update (known) on audit_erasure to :schema;

-- The name that a field of an event goes by in its leaf.
create function audit_field(p_change text) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select 'changes.' || pg_catalog.string_agg(case when p.place = 1 then p.part
    when p.part ~ '^[a-z]' then pg_catalog.upper(pg_catalog.left(p.part, 1)) || pg_catalog.substr(p.part, 2)
    else '_' || p.part end, '' order by p.place)
  from pg_catalog.string_to_table(p_change, '_') with ordinality as p (part, place)
$$;
revoke execute on function audit_field from public;

-- The salts of the fields that p_event still has, from the salts that it had.
create function remaining_salts(p_event audit_event, p_salt uuid, p_salts jsonb) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(pg_catalog.jsonb_object_agg(f.name, case when p_salt is null then p_salts -> f.name
    else pg_catalog.to_jsonb(pg_catalog.encode(pg_catalog.substring(
      pg_catalog.sha256(pg_catalog.uuid_send(p_salt) || pg_catalog.convert_to(f.name, 'UTF8')), 1, 16), 'base64')) end), '{}')
  from (
    select :schema.audit_field(c.key) from pg_catalog.jsonb_each(p_event.changes) c where not c.value ? 'erased'
    union all
    select o.name from (values ('memberName', p_event.member_name), ('tokenName', p_event.token_name),
      ('address', p_event.address), ('reason', p_event.reason)) as o (name, value) where o.value is not null
  ) f (name)
$$;
revoke execute on function remaining_salts from public;

-- Whether a change of an event removes something, leaves its commitment in its place, and does nothing else.
create function is_erasure(p_old audit_event, p_new audit_event) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select
    to_jsonb(p_old) - '{changes,member_name,token_name,address,reason,salt,salts,erased}'::text[]
      = to_jsonb(p_new) - '{changes,member_name,token_name,address,reason,salt,salts,erased}'::text[]
    and not exists (
      select from pg_catalog.jsonb_each(p_old.changes) o full join pg_catalog.jsonb_each(p_new.changes) n on n.key = o.key
      where not coalesce(o.value = n.value
        or (not o.value ? 'erased' and n.value ->> 'erased' ~ '^[A-Za-z0-9+/]{43}=$'
          and n.value - 'erased' = '{"from": null, "to": null}'), false))
    and not exists (
      select from (values ('memberName', p_old.member_name, p_new.member_name),
        ('tokenName', p_old.token_name, p_new.token_name), ('address', p_old.address, p_new.address),
        ('reason', p_old.reason, p_new.reason)) as f (name, old, new)
      where not case
        when f.old is not null and f.new is null then
          coalesce(p_new.erased ->> f.name ~ '^[A-Za-z0-9+/]{43}=$' and not coalesce(p_old.erased, '{}') ? f.name, false)
        else f.old is not distinct from f.new and p_old.erased -> f.name is not distinct from p_new.erased -> f.name end)
    and coalesce(p_new.erased, '{}') - '{memberName,tokenName,address,reason}'::text[] = '{}'
    and p_new.salt is null and p_new.salts = :schema.remaining_salts(p_new, p_old.salt, p_old.salts)
$$;
revoke execute on function is_erasure from public;

-- What forgets -------------------------------------------------------------------------------------------------------
create index audit_leaf_at on audit_leaf (at);

-- An event goes, or loses a field, at the hands of the login that builds workspaces, once it is in the tree, and never
-- under a legal hold. It goes when it is older than what the workspace's row says.
create or replace function keep_audit_event() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_table_name = 'audit_event' and tg_level = 'ROW' and session_user = 'kontor_provisioner' then
    if exists (select from :schema.workspace w where not w.legal_hold)
      and exists (select from :schema.audit_leaf l where l.event_id = old.id) then
      if tg_op = 'DELETE' then
        if :schema.audit_expiry(old.at, :schema.audit_days_in_force()) <= :schema.audit_now() then
          return old;
        end if;
      elsif :schema.is_erasure(old, new) and exists (select from :schema.audit_erasure a where a.status = 'running') then
        return new;
      end if;
    end if;
  end if;
  raise exception using errcode = '42501', message = 'an audit event is never changed or removed';
end
$$;

-- Whatever removes events leaves the one that says which: without it, nobody could explain why a leaf has no event.
-- An event of this kind that goes itself has what it named named again.
create function record_pruning() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_count bigint;
  v_ranges jsonb;
begin
  select count(*) into v_count from gone;
  if v_count = 0 then
    return null;
  end if;
  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(m.first, m.last) order by m.first) into v_ranges
  from (
    select min(p.first) as first, max(p.last) as last
    from (
      select o.first, o.last, count(*) filter (where o.opens) over (order by o.first, o.last) as place
      from (
        select r.first, r.last, coalesce(r.first > max(r.last) over (
          order by r.first, r.last rows between unbounded preceding and 1 preceding) + 1, true) as opens
        from (
          select l.index as first, l.index as last from :schema.audit_leaf l join gone g on g.id = l.event_id
          union all
          select (n.range ->> 0)::bigint, (n.range ->> 1)::bigint
          from gone g cross join lateral pg_catalog.jsonb_array_elements(g.changes -> 'ranges' -> 'to') as n (range)
          where g.action = 'audit.pruned'
        ) r
      ) o
    ) p
    group by p.place
  ) m;
  delete from :schema.audit_leaf l using gone g where l.event_id = g.id;
  insert into :schema.audit_event (id, entity, entity_id, action, job, changes)
  select kontor.uuid7(), 'audit', w.id, 'audit.pruned', 'retention', pg_catalog.jsonb_build_object(
    'count', pg_catalog.jsonb_build_object('from', null, 'to', v_count),
    'before', pg_catalog.jsonb_build_object('from', null, 'to', pg_catalog.to_char(
      :schema.audit_expiry(:schema.audit_now(), - :schema.audit_days_in_force()) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
    'plan', pg_catalog.jsonb_build_object('from', null, 'to', w.plan),
    'why', pg_catalog.jsonb_build_object('from', null, 'to',
      pg_catalog.format('older than %s days', :schema.audit_days_in_force())),
    'ranges', pg_catalog.jsonb_build_object('from', null, 'to', v_ranges))
  from :schema.workspace w;
  return null;
end
$$;
create trigger audit_event_pruned after delete on audit_event referencing old table as gone
  for each statement execute function record_pruning();
alter table audit_event enable always trigger audit_event_pruned;

-- Removes what is due, the oldest first and p_most at a time. It holds the workspace's row, so that a second one waits and
-- a hold comes before or after. due_at: no event is due before.
create function prune_audit_events(p_most integer, p_now timestamptz, out removed bigint, out due_at timestamptz)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_workspace record;
begin
  perform pg_catalog.set_config('kontor.now', coalesce(p_now::text, ''), true),
    pg_catalog.set_config('kontor.job', 'retention', true);
  select w.audit_shrinks_at, w.legal_hold into v_workspace from :schema.workspace w for no key update;
  removed := 0;
  if v_workspace.audit_shrinks_at <= :schema.audit_now() then
    update :schema.workspace set audit_retention_days = audit_retention_days;
  end if;
  if not v_workspace.legal_hold then
    delete from :schema.audit_event e using (
      -- The index is audit_leaf_at. Days of 23 and 25 hours move the boundary by an hour at most.
      select l.event_id from :schema.audit_leaf l
      where l.at <= :schema.audit_now() - pg_catalog.make_interval(hours => 24 * :schema.audit_days_in_force() - 3)
        and :schema.audit_expiry(l.at, :schema.audit_days_in_force()) <= :schema.audit_now()
      order by l.at, l.index limit p_most) due
    where e.id = due.event_id;
    get diagnostics removed = row_count;
  end if;
  select least(w.audit_shrinks_at, :schema.audit_expiry(
    coalesce((select min(l.at) from :schema.audit_leaf l), :schema.audit_now()), w.audit_retention_days)) into due_at
  from :schema.workspace w;
end
$$;
revoke execute on function prune_audit_events from public;

-- How many of them there are.
create function count_due_audit_events(p_now timestamptz, out due bigint, out days integer, out before timestamptz)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_catalog.set_config('kontor.now', coalesce(p_now::text, ''), true);
  days := :schema.audit_days_in_force();
  before := :schema.audit_expiry(:schema.audit_now(), -days);
  select count(*) into due from :schema.audit_leaf l
  where l.at <= :schema.audit_now() - pg_catalog.make_interval(hours => 24 * days - 3)
    and :schema.audit_expiry(l.at, days) <= :schema.audit_now()
    and exists (select from :schema.workspace w where not w.legal_hold);
end
$$;
revoke execute on function count_due_audit_events from public;

-- Puts commitments in the place of fields, of events with an index from p_from on, below p_next. p_events: [{id, changes:
-- {column: commitment}, others: {memberName: commitment, …}}]. Whoever comes second with the same part is refused.
create function erase_audit_fields(p_erasure uuid, p_from bigint, p_next bigint, p_events jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_changed bigint;
begin
  update :schema.audit_erasure a
  set next_index = p_next, erased_count = a.erased_count + pg_catalog.jsonb_array_length(p_events)
  where a.id = p_erasure and a.status = 'running' and a.next_index = p_from;
  if not found then
    raise exception using errcode = '40001', message = 'another process has erased these';
  end if;
  update :schema.audit_event e
  set changes = v.changes, member_name = v.member_name, token_name = v.token_name, address = v.address, reason = v.reason,
    erased = nullif(coalesce(e.erased, '{}') || v.others, '{}'), salt = null,
    salts = :schema.remaining_salts(v.row, e.salt, e.salts)
  from (
    select r.*, pg_catalog.jsonb_populate_record(old, pg_catalog.to_jsonb(r)) as row
    from pg_catalog.jsonb_to_recordset(p_events) as p (id uuid, changes jsonb, others jsonb)
    join :schema.audit_event old on old.id = p.id
    cross join lateral (
      select old.id, p.others,
        old.changes || coalesce((select pg_catalog.jsonb_object_agg(c.key,
          pg_catalog.jsonb_build_object('from', null, 'to', null, 'erased', c.value)) from pg_catalog.jsonb_each(p.changes) c), '{}')
          as changes,
        case when not p.others ? 'memberName' then old.member_name end as member_name,
        case when not p.others ? 'tokenName' then old.token_name end as token_name,
        case when not p.others ? 'address' then old.address end as address,
        case when not p.others ? 'reason' then old.reason end as reason
    ) r
  ) v
  where e.id = v.id;
  get diagnostics v_changed = row_count;
  if v_changed <> pg_catalog.jsonb_array_length(p_events) then
    raise exception using errcode = '40001', message = 'an event that is to lose a field has gone';
  end if;
  update :schema.audit_leaf l set search = :schema.audit_search(e)
  from :schema.audit_event e
  where e.id = l.event_id and l.event_id in (select (p.event ->> 'id')::uuid from pg_catalog.jsonb_array_elements(p_events) p (event));
end
$$;
revoke execute on function erase_audit_fields from public;

-- Tells who asked and why, of how many events, and which kinds of things; never what.
create function finish_audit_erasure(p_erasure uuid) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_erasure record;
begin
  update :schema.audit_erasure a set status = 'done', known = null, finished_at = pg_catalog.now()
  where a.id = p_erasure and a.status = 'running' and a.next_index >= a.size
  returning a.* into v_erasure;
  if not found then
    return false;
  end if;
  insert into :schema.audit_event (id, entity, entity_id, action, member_id, member_name, request_id, job, reason, changes)
  select kontor.uuid7(), 'audit', w.id, 'audit.erased', v_erasure.asker_id,
    -- Whoever has their own name erased does not leave it here.
    (select m.name from :schema.member m where m.id = v_erasure.asker_id
      and not (m.id = v_erasure.member_id and 'names' = any (v_erasure.what))),
    v_erasure.request_id, 'erasure', v_erasure.reason, pg_catalog.jsonb_build_object(
      'count', pg_catalog.jsonb_build_object('from', null, 'to', v_erasure.erased_count),
      'what', pg_catalog.jsonb_build_object('from', null, 'to', pg_catalog.to_jsonb(v_erasure.what)),
      'member_id', pg_catalog.jsonb_build_object('from', null, 'to', v_erasure.member_id))
  from :schema.workspace w;
  return true;
end
$$;
revoke execute on function finish_audit_erasure from public;
