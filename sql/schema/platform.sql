-- What sql/platform/ adds up to. Made by `npm run generate`; a test fails when it is stale.

create domain kontor.sealed as text CHECK ((VALUE ~ '^k[1-9][0-9]{0,9}:gAAAAA[A-Za-z0-9_-]+={0,2}$'::text));

create table account (
  id uuid not null,
  email text not null,
  name text not null,
  password_hash text not null,
  language text not null default 'en'::text,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  constraint account_email_check CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 254)))),
  constraint account_language_check CHECK ((language = ANY (ARRAY['en'::text, 'nl'::text, 'fr'::text, 'de'::text]))),
  constraint account_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint account_pkey PRIMARY KEY (id)
);

create table idempotency (
  account_id uuid not null,
  key text not null,
  request_sha256 bytea not null,
  status smallint,
  response kontor.sealed,
  created_at timestamp(3) with time zone not null default now(),
  constraint idempotency_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint idempotency_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint idempotency_pkey PRIMARY KEY (account_id, key)
);

create table mail (
  id uuid not null,
  payload kontor.sealed not null,
  attempts smallint not null default 0,
  created_at timestamp(3) with time zone not null default now(),
  constraint mail_pkey PRIMARY KEY (id)
);

create table membership (
  account_id uuid not null,
  workspace_id uuid not null,
  member_id uuid not null,
  created_at timestamp(3) with time zone not null default now(),
  constraint membership_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint membership_pkey PRIMARY KEY (account_id, workspace_id),
  constraint membership_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE
);

create table migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp(3) with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (name)
);

create table session (
  id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  user_agent text not null default ''::text,
  address inet,
  created_at timestamp(3) with time zone not null default now(),
  last_seen_at timestamp(3) with time zone not null default now(),
  expires_at timestamp(3) with time zone not null,
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint session_pkey PRIMARY KEY (id)
);

create table signup (
  id uuid not null,
  payload kontor.sealed not null,
  code_hash text not null,
  attempts smallint not null default 0,
  created_at timestamp(3) with time zone not null default now(),
  expires_at timestamp(3) with time zone not null,
  constraint signup_pkey PRIMARY KEY (id)
);

create table workspace (
  id uuid not null,
  slug text not null,
  name text not null,
  plan text not null,
  database text not null default 'default'::text,
  schema text not null,
  schema_version text not null default ''::text,
  login_key integer not null,
  status text not null,
  provisioning kontor.sealed,
  created_at timestamp(3) with time zone not null default now(),
  constraint workspace_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint workspace_pkey PRIMARY KEY (id),
  constraint workspace_plan_check CHECK ((plan = ANY (ARRAY['starter'::text, 'pro'::text, 'business'::text]))),
  constraint workspace_schema_check CHECK ((schema ~ '^w_[a-z2-7]{16}$'::text)),
  constraint workspace_slug_check CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$'::text)),
  constraint workspace_status_check CHECK ((status = ANY (ARRAY['creating'::text, 'active'::text, 'broken'::text, 'deleting'::text])))
);

CREATE UNIQUE INDEX account_email ON platform.account USING btree (email);

CREATE INDEX idempotency_created_at ON platform.idempotency USING btree (created_at);

CREATE UNIQUE INDEX membership_member ON platform.membership USING btree (workspace_id, member_id);

CREATE INDEX session_account_id ON platform.session USING btree (account_id);

CREATE INDEX session_expires_at ON platform.session USING btree (expires_at);

CREATE UNIQUE INDEX session_token_hash ON platform.session USING btree (token_hash);

CREATE INDEX signup_expires_at ON platform.signup USING btree (expires_at);

CREATE UNIQUE INDEX workspace_schema ON platform.workspace USING btree (schema);

CREATE UNIQUE INDEX workspace_slug ON platform.workspace USING btree (slug);

CREATE TRIGGER account_touch BEFORE UPDATE ON platform.account FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE OR REPLACE FUNCTION kontor.touch_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  new.version := old.version + 1;
  new.updated_at := pg_catalog.now();
  return new;
end
$function$
;

CREATE OR REPLACE FUNCTION kontor.uuid7()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
;
