-- What each write runs, without what PostgreSQL does around it.

-- Without a path of its own it becomes a part of the statement that calls it; its parts are bound here and now.
create or replace function kontor.uuid7() returns uuid
language sql volatile parallel safe
-- RFC 9562 version 7: 48 bits of milliseconds, then random bits. PostgreSQL has it built in from 18 only.
return pg_catalog.encode(
  pg_catalog.set_bit(pg_catalog.set_bit(
    pg_catalog.overlay(
      pg_catalog.uuid_send(pg_catalog.gen_random_uuid()),
      pg_catalog.substring(
        pg_catalog.int8send((extract(epoch from pg_catalog.clock_timestamp()) * 1000)::bigint), 3),
      1, 6),
    52, 1), 53, 1),
  'hex')::uuid;

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
