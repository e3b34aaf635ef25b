-- Sealing an event takes the database half of the time (bench/audit-sealing.ts).

-- What a leaf is found by. Terms: a: action, e: entity, m: member, k: token, r: request, f: changed field; of an object
-- or a task there is never much, so their events are found without (older leaves have o: and t: as well). Words: what
-- changed from and to, and the names then; ids are no words. In one walk through the changes, and without settings of
-- its own: PostgreSQL takes it as a part of the statement that asks, instead of calling it for each event.
create function audit_found_:schema(p_event audit_event, out terms text[], out search tsvector) returns setof record
language sql stable
as $$
  select pg_catalog.array_remove(array['a:' || p_event.action, 'e:' || p_event.entity, 'm:' || p_event.member_id,
      'k:' || p_event.token_id, 'r:' || p_event.request_id], null) || c.fields,
    pg_catalog.to_tsvector('pg_catalog.simple', pg_catalog.left(pg_catalog.concat_ws(' ',
      p_event.member_name, p_event.token_name, p_event.reason, c.words), 200000))
  from (
    select pg_catalog.array_agg('f:' || f.key) as fields,
      pg_catalog.string_agg(pg_catalog.concat_ws(' ', f.value ->> 'fromName', f.value ->> 'toName',
        case when pg_catalog.right(f.key, 3) <> '_id' and pg_catalog.right(f.key, 5) <> '_with'
          then pg_catalog.concat_ws(' ', f.value ->> 'from', f.value ->> 'to') end), ' ') as words
    from pg_catalog.jsonb_each(p_event.changes) f
  ) c
$$;
revoke execute on function audit_found_:schema from public;
grant execute on function audit_found_:schema to :schema;

create or replace function audit_terms_:schema(p_event audit_event) returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select f.terms from :schema.audit_found_:schema(p_event) f $$;

create or replace function audit_search_:schema(p_event audit_event) returns tsvector
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select f.search from :schema.audit_found_:schema(p_event) f $$;

create or replace function seal_audit_events_:schema(p_size bigint, p_xid xid8, p_seq bigint, p_events uuid[], p_tiles jsonb)
returns void
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
  select e.id, p_size + o.place - 1, e.at, f.terms, f.search
  from pg_catalog.unnest(p_events) with ordinality as o (id, place)
  join :schema.audit_event e on e.id = o.id
  cross join lateral :schema.audit_found_:schema(e) f;
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
