-- What each write runs, without what PostgreSQL does around it.

-- Without a path of its own it becomes a part of the statement that calls it; its parts are bound here and now.
-- What one transaction makes sorts in the order of its making: an event's id is the order of the history.
do $$
begin
  if current_setting('server_version_num')::int >= 180000 then
    create or replace function kontor.uuid7() returns uuid
    language sql volatile parallel safe
    return pg_catalog.uuidv7();
  else
    create or replace function kontor.uuid7() returns uuid
    language sql volatile parallel safe
    begin atomic
      -- RFC 9562 version 7, 6.2 method 3: 48 bits of milliseconds, 12 of what follows them, then random bits.
      select pg_catalog.encode(
        pg_catalog.overlay(
          pg_catalog.uuid_send(pg_catalog.gen_random_uuid()),
          pg_catalog.int8send((now.us / 1000 << 16) | 28672 | (now.us % 1000 * 4096 / 1000)), 1, 8),
        'hex')::uuid
      from (select (extract(epoch from pg_catalog.clock_timestamp()) * 1000000)::bigint as us) now;
    end;
  end if;
end
$$;

-- In two steps: PL/pgSQL evaluates a comparison by itself, and starts the executor for a condition that holds
-- a query, which made this the dearest part of many an update.
create or replace function kontor.touch_row() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('kontor.resealing', true) = 'on' then
    if not exists (
      select from jsonb_each_text(to_jsonb(new)) n join jsonb_each_text(to_jsonb(old)) o using (key)
      where n.value is distinct from o.value and not kontor.is_resealed(o.value, n.value)
    ) then
      return new;
    end if;
  end if;
  new.version := old.version + 1;
  new.updated_at := pg_catalog.now();
  return new;
end
$$;
