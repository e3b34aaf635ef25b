-- Keys: which one seals, which process holds which, and how far a rotation is.

-- One row for each key that sealed, or is announced: processes learn to read with it first. The newest that is
-- activated seals; all have it by then.
create table key_rotation (
  version integer primary key check (version > 0),
  announced_at timestamptz(3) not null default now(),
  activated_at timestamptz(3),
  -- Nothing was left under an older key, but for what does not open (`broken`).
  finished_at timestamptz(3),
  total integer not null default 0,
  done integer not null default 0,
  broken integer not null default 0
);
grant select, insert, update on key_rotation to kontor_platform;

-- A process that has been silent for a quarter of a minute is gone.
create table key_holder (
  id uuid primary key,
  name text not null,
  versions integer[] not null,
  sealing integer not null,
  works boolean not null,
  seen_at timestamptz(3) not null default now()
);
grant select, insert, update, delete on key_holder to kontor_platform;

-- Whether the workspace has a key of its own: made once, never made anew when its file is lost.
alter table workspace add column has_key boolean not null default false;

-- `k2w:` is sealed under key 2 and the workspace's own key. Wider than before, so what is there need not be looked at.
alter domain kontor.sealed drop constraint sealed_check;
alter domain kontor.sealed add constraint sealed_check
  check (value ~ '^k[1-9][0-9]{0,9}w?:gAAAAA[A-Za-z0-9_-]+={0,2}$') not valid;

-- Whether a sealed value can be the same content under a newer key: the time of sealing (the token's first 9 bytes) and
-- the length are kept. The rest only a key can tell.
create function kontor.is_resealed(p_old text, p_new text) returns boolean
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    (o.part[1]::bigint < n.part[1]::bigint or (o.part[1] = n.part[1] and o.part[2] = '' and n.part[2] = 'w'))
    and o.part[2] <= n.part[2]
    and left(o.part[3], 12) = left(n.part[3], 12) and length(o.part[3]) = length(n.part[3]), false)
  from (select regexp_match(p_old, '^k([1-9][0-9]{0,9})(w?):(gAAAAA.+)$') as part) o,
    (select regexp_match(p_new, '^k([1-9][0-9]{0,9})(w?):(gAAAAA.+)$') as part) n
$$;

-- A change of keys is no change of the row: its version, by which clients know it, stays.
create or replace function kontor.touch_row() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('kontor.resealing', true) = 'on' and not exists (
    select from jsonb_each_text(to_jsonb(new)) n join jsonb_each_text(to_jsonb(old)) o using (key)
    where n.value is distinct from o.value and not kontor.is_resealed(o.value, n.value)
  ) then
    return new;
  end if;
  new.version := old.version + 1;
  new.updated_at := pg_catalog.now();
  return new;
end
$$;

grant update (payload) on sign_on_attempt to kontor_platform;
