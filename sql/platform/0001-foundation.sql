-- Shared by every schema: names in here are written out, because the search path never contains "kontor".
create function kontor.uuid7() returns uuid
language sql volatile parallel safe
set search_path = pg_catalog, pg_temp
as $$
  -- RFC 9562 version 7: 48 bits of milliseconds, then random bits. PostgreSQL has it built in from 18 only.
  select pg_catalog.encode(
    pg_catalog.set_bit(pg_catalog.set_bit(
      pg_catalog.overlay(
        pg_catalog.uuid_send(pg_catalog.gen_random_uuid()),
        pg_catalog.substring(
          pg_catalog.int8send((extract(epoch from pg_catalog.clock_timestamp()) * 1000)::bigint), 3),
        1, 6),
      52, 1), 53, 1),
    'hex')::uuid
$$;

-- A sealed field holds a Fernet token under a named key version, and the column refuses anything else.
create domain kontor.sealed as text
  check (value ~ '^k[1-9][0-9]{0,9}:gAAAAA[A-Za-z0-9_-]+={0,2}$');

create function kontor.touch_row() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.version := old.version + 1;
  new.updated_at := pg_catalog.now();
  return new;
end
$$;

create table migration (
  name text primary key,
  sha256 text not null,
  applied_at timestamptz(3) not null default now()
);
grant select on migration to kontor_platform;

create table account (
  id uuid primary key,
  email text not null check (email = lower(email) and length(email) between 3 and 254),
  name text not null check (length(name) between 1 and 200),
  password_hash text not null,
  language text not null default 'en' check (language in ('en', 'nl', 'fr', 'de')),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index account_email on account (email);
create trigger account_touch before update on account for each row execute function kontor.touch_row();
grant select, insert, update, delete on account to kontor_platform;

create table signup (
  id uuid primary key,
  payload kontor.sealed not null,
  code_hash text not null,
  attempts smallint not null default 0,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index signup_expires_at on signup (expires_at);
grant select, insert, update, delete on signup to kontor_platform;

create table session (
  id uuid primary key,
  token_hash bytea not null,
  account_id uuid not null references account on delete cascade,
  user_agent text not null default '',
  address inet,
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create unique index session_token_hash on session (token_hash);
create index session_account_id on session (account_id);
create index session_expires_at on session (expires_at);
grant select, insert, update, delete on session to kontor_platform;

-- The directory: which workspaces there are, on which database server, and in which schema. The schema and the
-- login role share one random name, because every role can read the catalogue's names.
create table workspace (
  id uuid primary key,
  slug text not null check (slug ~ '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$'),
  name text not null check (length(name) between 1 and 200),
  plan text not null check (plan in ('starter', 'pro', 'business')),
  database text not null default 'default',
  schema text not null check (schema ~ '^w_[a-z2-7]{16}$'),
  schema_version text not null default '',
  -- The version of the key from which the password of the schema's login role is derived.
  login_key integer not null,
  status text not null check (status in ('creating', 'active', 'broken', 'deleting')),
  provisioning kontor.sealed,
  created_at timestamptz(3) not null default now()
);
create unique index workspace_slug on workspace (slug);
create unique index workspace_schema on workspace (schema);
grant select, insert, update, delete on workspace to kontor_platform;

create table membership (
  account_id uuid not null references account on delete cascade,
  workspace_id uuid not null references workspace on delete cascade,
  member_id uuid not null,
  created_at timestamptz(3) not null default now(),
  primary key (account_id, workspace_id)
);
create unique index membership_member on membership (workspace_id, member_id);
grant select, insert, update, delete on membership to kontor_platform;

-- Mail that is to be sent: written in the transaction that causes it, sent by the worker, gone when sent.
create table mail (
  id uuid primary key,
  payload kontor.sealed not null,
  attempts smallint not null default 0,
  created_at timestamptz(3) not null default now()
);
grant select, insert, update, delete on mail to kontor_platform;

create table idempotency (
  account_id uuid not null references account on delete cascade,
  key text not null check (length(key) between 1 and 200),
  request_sha256 bytea not null,
  status smallint,
  response kontor.sealed,
  created_at timestamptz(3) not null default now(),
  primary key (account_id, key)
);
create index idempotency_created_at on idempotency (created_at);
grant select, insert, update, delete on idempotency to kontor_platform;
