-- What sql/platform/ adds up to. Made by `npm run generate`; a test fails when it is stale.

create domain kontor.sealed as text CHECK ((VALUE ~ '^k[1-9][0-9]{0,9}w?:gAAAAA[A-Za-z0-9_-]+={0,2}$'::text)) NOT VALID;

create table account (
  id uuid not null,
  email text not null,
  name text not null,
  password_hash text,
  language text not null default 'en'::text,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  password_is_short boolean not null default false,
  constraint account_email_check CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 254)))),
  constraint account_language_check CHECK ((language = ANY (ARRAY['en'::text, 'nl'::text, 'fr'::text, 'de'::text]))),
  constraint account_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint account_pkey PRIMARY KEY (id)
);

create table account_event (
  id uuid not null,
  account_id uuid not null,
  at timestamp(3) with time zone not null,
  kind text not null,
  address inet,
  user_agent text not null default ''::text,
  details jsonb not null default '{}'::jsonb,
  spread_at timestamp(3) with time zone,
  constraint account_event_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint account_event_pkey PRIMARY KEY (id)
);

create table account_event_telling (
  workspace_id uuid not null,
  event_id uuid not null,
  member_id uuid not null,
  attempts smallint not null default 0,
  retry_at timestamp(3) with time zone,
  constraint account_event_telling_event_id_fkey FOREIGN KEY (event_id) REFERENCES platform.account_event(id) ON DELETE CASCADE,
  constraint account_event_telling_pkey PRIMARY KEY (workspace_id, event_id),
  constraint account_event_telling_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE
);

create table deleted_workspace (
  id uuid not null,
  slug_sha256 bytea not null,
  schema text not null,
  asked_at timestamp(3) with time zone,
  deleted_at timestamp(3) with time zone not null,
  left_over jsonb not null,
  constraint deleted_workspace_pkey PRIMARY KEY (id)
);

create table email_change (
  account_id uuid not null,
  id uuid not null,
  payload kontor.sealed not null,
  code_hash text not null,
  attempts smallint not null default 0,
  created_at timestamp(3) with time zone not null default now(),
  expires_at timestamp(3) with time zone not null,
  constraint email_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint email_change_pkey PRIMARY KEY (account_id)
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

create table key_holder (
  id uuid not null,
  name text not null,
  versions integer[] not null,
  sealing integer not null,
  works boolean not null,
  seen_at timestamp(3) with time zone not null default now(),
  constraint key_holder_pkey PRIMARY KEY (id)
);

create table key_rotation (
  version integer not null,
  announced_at timestamp(3) with time zone not null default now(),
  activated_at timestamp(3) with time zone,
  finished_at timestamp(3) with time zone,
  total integer not null default 0,
  done integer not null default 0,
  broken integer not null default 0,
  constraint key_rotation_pkey PRIMARY KEY (version),
  constraint key_rotation_version_check CHECK ((version > 0))
);

create table known_device (
  id uuid not null,
  account_id uuid not null,
  token_hash bytea not null,
  created_at timestamp(3) with time zone not null default now(),
  last_used_at timestamp(3) with time zone not null default now(),
  constraint known_device_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint known_device_pkey PRIMARY KEY (id)
);

create table mail (
  id uuid not null,
  payload kontor.sealed not null,
  attempts smallint not null default 0,
  created_at timestamp(3) with time zone not null default now(),
  retry_at timestamp(3) with time zone,
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

create table passkey (
  id uuid not null,
  account_id uuid not null,
  name text not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}'::text[],
  synced boolean not null default false,
  created_at timestamp(3) with time zone not null default now(),
  last_used_at timestamp(3) with time zone,
  constraint passkey_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint passkey_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint passkey_pkey PRIMARY KEY (id)
);

create table passkey_challenge (
  id uuid not null,
  account_id uuid,
  purpose text not null,
  challenge bytea not null,
  expires_at timestamp(3) with time zone not null,
  constraint passkey_challenge_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint passkey_challenge_pkey PRIMARY KEY (id),
  constraint passkey_challenge_purpose_check CHECK ((purpose = ANY (ARRAY['add'::text, 'sign-in'::text, 'second-factor'::text, 'proof'::text])))
);

create table password_reset (
  id uuid not null,
  email_digest bytea not null,
  payload kontor.sealed,
  account_id uuid,
  code_hash text,
  attempts smallint not null default 0,
  created_at timestamp(3) with time zone not null default now(),
  expires_at timestamp(3) with time zone not null,
  constraint password_reset_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint password_reset_pkey PRIMARY KEY (id)
);

create table rate_limit (
  bucket bytea not null,
  hits timestamp(3) with time zone[] not null,
  expires_at timestamp(3) with time zone not null,
  constraint rate_limit_pkey PRIMARY KEY (bucket)
);

create table recovery_code (
  id uuid not null,
  account_id uuid not null,
  code_hash bytea not null,
  used_at timestamp(3) with time zone,
  constraint recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint recovery_code_pkey PRIMARY KEY (id)
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
  method text not null default 'password'::text,
  second_factor boolean not null default false,
  proved_at timestamp(3) with time zone not null default now(),
  workspace_id uuid,
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint session_method_check CHECK ((method = ANY (ARRAY['password'::text, 'passkey'::text, 'single_sign_on'::text, 'signup'::text, 'invitation'::text]))),
  constraint session_pkey PRIMARY KEY (id),
  constraint session_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE
);

create table sign_in_guard (
  key bytea not null,
  account_id uuid,
  purpose text not null,
  failures integer not null default 0,
  consecutive integer not null default 0,
  locked_until timestamp(3) with time zone,
  last_failed_at timestamp(3) with time zone not null,
  constraint sign_in_guard_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint sign_in_guard_pkey PRIMARY KEY (key),
  constraint sign_in_guard_purpose_check CHECK ((purpose = ANY (ARRAY['password'::text, 'second_factor'::text])))
);

create table sign_on_attempt (
  id uuid not null,
  workspace_id uuid not null,
  state_hash bytea not null,
  payload kontor.sealed not null,
  expires_at timestamp(3) with time zone not null,
  constraint sign_on_attempt_pkey PRIMARY KEY (id),
  constraint sign_on_attempt_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE
);

create table sign_on_domain (
  workspace_id uuid not null,
  domain text not null,
  token text not null,
  verified_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null default now(),
  constraint sign_on_domain_domain_check CHECK ((domain = lower(domain))),
  constraint sign_on_domain_pkey PRIMARY KEY (workspace_id, domain),
  constraint sign_on_domain_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE
);

create table sign_on_identity (
  workspace_id uuid not null,
  issuer text not null,
  subject text not null,
  account_id uuid not null,
  created_at timestamp(3) with time zone not null default now(),
  constraint sign_on_identity_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint sign_on_identity_pkey PRIMARY KEY (workspace_id, issuer, subject),
  constraint sign_on_identity_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE
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

create table totp (
  account_id uuid not null,
  secret kontor.sealed not null,
  confirmed_at timestamp(3) with time zone,
  last_step bigint not null default 0,
  created_at timestamp(3) with time zone not null default now(),
  constraint totp_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account(id) ON DELETE CASCADE,
  constraint totp_pkey PRIMARY KEY (account_id)
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
  requires_second_factor boolean not null default false,
  has_key boolean not null default false,
  delete_at timestamp(3) with time zone,
  legal_hold boolean not null default false,
  audit_due_at timestamp(3) with time zone,
  constraint workspace_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint workspace_pkey PRIMARY KEY (id),
  constraint workspace_plan_check CHECK ((plan = ANY (ARRAY['starter'::text, 'pro'::text, 'business'::text]))),
  constraint workspace_schema_check CHECK ((schema ~ '^w_[a-z2-7]{16}$'::text)),
  constraint workspace_slug_check CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$'::text)),
  constraint workspace_status_check CHECK ((status = ANY (ARRAY['creating'::text, 'active'::text, 'broken'::text, 'deleting'::text])))
);

CREATE UNIQUE INDEX account_email ON platform.account USING btree (email);

CREATE INDEX account_event_account ON platform.account_event USING btree (account_id, id);

CREATE INDEX account_event_at ON platform.account_event USING btree (at);

CREATE INDEX account_event_telling_event ON platform.account_event_telling USING btree (event_id);

CREATE INDEX account_event_waiting ON platform.account_event USING btree (id) WHERE (spread_at IS NULL);

CREATE INDEX deleted_workspace_slug ON platform.deleted_workspace USING btree (slug_sha256);

CREATE INDEX email_change_expires_at ON platform.email_change USING btree (expires_at);

CREATE INDEX idempotency_created_at ON platform.idempotency USING btree (created_at);

CREATE INDEX known_device_account ON platform.known_device USING btree (account_id);

CREATE INDEX known_device_last_used ON platform.known_device USING btree (last_used_at);

CREATE UNIQUE INDEX known_device_token ON platform.known_device USING btree (token_hash, account_id);

CREATE UNIQUE INDEX membership_member ON platform.membership USING btree (workspace_id, member_id);

CREATE INDEX passkey_account ON platform.passkey USING btree (account_id);

CREATE INDEX passkey_challenge_account ON platform.passkey_challenge USING btree (account_id);

CREATE INDEX passkey_challenge_expires_at ON platform.passkey_challenge USING btree (expires_at);

CREATE UNIQUE INDEX passkey_credential ON platform.passkey USING btree (credential_id);

CREATE INDEX password_reset_account ON platform.password_reset USING btree (account_id);

CREATE INDEX password_reset_email ON platform.password_reset USING btree (email_digest, id);

CREATE INDEX password_reset_expires_at ON platform.password_reset USING btree (expires_at);

CREATE INDEX rate_limit_expires_at ON platform.rate_limit USING btree (expires_at);

CREATE UNIQUE INDEX recovery_code_hash ON platform.recovery_code USING btree (account_id, code_hash);

CREATE INDEX session_account_id ON platform.session USING btree (account_id);

CREATE INDEX session_expires_at ON platform.session USING btree (expires_at);

CREATE UNIQUE INDEX session_token_hash ON platform.session USING btree (token_hash);

CREATE INDEX session_workspace_id ON platform.session USING btree (workspace_id) WHERE (workspace_id IS NOT NULL);

CREATE INDEX sign_in_guard_account ON platform.sign_in_guard USING btree (account_id) WHERE (account_id IS NOT NULL);

CREATE INDEX sign_in_guard_last_failed ON platform.sign_in_guard USING btree (last_failed_at);

CREATE INDEX sign_on_attempt_expires_at ON platform.sign_on_attempt USING btree (expires_at);

CREATE UNIQUE INDEX sign_on_attempt_state ON platform.sign_on_attempt USING btree (state_hash);

CREATE INDEX sign_on_attempt_workspace ON platform.sign_on_attempt USING btree (workspace_id);

CREATE UNIQUE INDEX sign_on_domain_verified ON platform.sign_on_domain USING btree (domain) WHERE (verified_at IS NOT NULL);

CREATE INDEX sign_on_identity_account ON platform.sign_on_identity USING btree (account_id);

CREATE INDEX signup_expires_at ON platform.signup USING btree (expires_at);

CREATE INDEX workspace_delete_at ON platform.workspace USING btree (delete_at) WHERE (delete_at IS NOT NULL);

CREATE UNIQUE INDEX workspace_schema ON platform.workspace USING btree (schema);

CREATE UNIQUE INDEX workspace_slug ON platform.workspace USING btree (slug);

CREATE TRIGGER account_touch BEFORE UPDATE ON platform.account FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE OR REPLACE FUNCTION kontor.is_resealed(p_old text, p_new text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(
    (o.part[1]::bigint < n.part[1]::bigint or (o.part[1] = n.part[1] and o.part[2] = '' and n.part[2] = 'w'))
    and o.part[2] <= n.part[2]
    and left(o.part[3], 12) = left(n.part[3], 12) and length(o.part[3]) = length(n.part[3]), false)
  from (select regexp_match(p_old, '^k([1-9][0-9]{0,9})(w?):(gAAAAA.+)$') as part) o,
    (select regexp_match(p_new, '^k([1-9][0-9]{0,9})(w?):(gAAAAA.+)$') as part) n
$function$
;

CREATE OR REPLACE FUNCTION kontor.touch_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION kontor.uuid7()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
RETURN uuidv7()
;
