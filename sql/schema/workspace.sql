-- What sql/workspace/ adds up to. Made by `npm run generate`; a test fails when it is stale.

create table api_token (
  id uuid not null,
  member_id uuid not null,
  name text not null,
  token_hash bytea not null,
  permissions jsonb,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  expires_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  last_used_at timestamp(3) with time zone,
  last_used_network cidr,
  networks cidr[] not null default '{}'::cidr[],
  made_with uuid,
  constraint api_token_made_with_fkey FOREIGN KEY (made_with) REFERENCES :schema.api_token(id) ON DELETE CASCADE,
  constraint api_token_member_id_fkey FOREIGN KEY (member_id) REFERENCES :schema.member(id) ON DELETE CASCADE,
  constraint api_token_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint api_token_pkey PRIMARY KEY (id)
);

create table attachment (
  id uuid not null,
  task_id uuid not null,
  creator_id uuid,
  name text not null,
  media_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  constraint attachment_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES :schema.member(id) ON DELETE SET NULL,
  constraint attachment_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
  constraint attachment_pkey PRIMARY KEY (id),
  constraint attachment_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint attachment_size_bytes_check CHECK ((size_bytes >= 0)),
  constraint attachment_task_id_fkey FOREIGN KEY (task_id) REFERENCES :schema.task(id) ON DELETE CASCADE
);

create table audit_checkpoint (
  size bigint not null,
  note text not null,
  created_at timestamp(3) with time zone not null default now(),
  constraint audit_checkpoint_note_check CHECK ((length(note) <= 2000)),
  constraint audit_checkpoint_pkey PRIMARY KEY (size)
);

create table audit_erasure (
  id uuid not null,
  member_id uuid not null,
  what text[] not null,
  reason text not null,
  asker_id uuid,
  request_id text,
  status text not null default 'waiting'::text,
  failure text,
  known kontor.sealed,
  size bigint not null default 0,
  next_index bigint not null default 0,
  erased_count bigint not null default 0,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  finished_at timestamp(3) with time zone,
  constraint audit_erasure_failure_check CHECK ((length(failure) <= 500)),
  constraint audit_erasure_forgets CHECK (((status <> ALL (ARRAY['done'::text, 'failed'::text])) OR ((known IS NULL) AND (finished_at IS NOT NULL)))),
  constraint audit_erasure_pkey PRIMARY KEY (id),
  constraint audit_erasure_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint audit_erasure_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text]))),
  constraint audit_erasure_what_check CHECK (((cardinality(what) > 0) AND (what <@ '{names,addresses,words}'::text[])))
);

create table audit_event (
  id uuid not null,
  seq bigint not null generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  at timestamp(3) with time zone not null default clock_timestamp(),
  entity text not null,
  entity_id uuid not null,
  task_id uuid,
  project_id uuid,
  action text not null,
  member_id uuid,
  token_id uuid,
  request_id text,
  changes jsonb not null,
  member_name text default NULLIF(current_setting('kontor.member_name'::text, true), ''::text),
  token_name text default NULLIF(current_setting('kontor.token_name'::text, true), ''::text),
  job text default NULLIF(current_setting('kontor.job'::text, true), ''::text),
  address text default NULLIF(current_setting('kontor.address'::text, true), ''::text),
  reason text default NULLIF(current_setting('kontor.reason'::text, true), ''::text),
  salt uuid default gen_random_uuid(),
  salts jsonb,
  erased jsonb,
  constraint audit_event_pkey PRIMARY KEY (id),
  constraint audit_event_reason_check CHECK ((length(reason) <= 500))
);

create table audit_export (
  id uuid not null,
  kind text not null,
  format text not null,
  member_id uuid,
  token_id uuid,
  schedule_id uuid,
  filters jsonb not null default '{}'::jsonb,
  from_index bigint not null default 0,
  size bigint,
  status text,
  slot smallint,
  attempts smallint not null default 0,
  done_count bigint not null default 0,
  total_count bigint,
  file_id uuid,
  size_bytes bigint,
  sha256 text,
  failure text,
  finished_at timestamp(3) with time zone,
  expires_at timestamp(3) with time zone,
  every text,
  hour smallint,
  webhook_id uuid,
  active boolean,
  next_at timestamp(3) with time zone,
  next_index bigint,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  constraint audit_export_every_check CHECK ((every = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text]))),
  constraint audit_export_failure_check CHECK ((length(failure) <= 500)),
  constraint audit_export_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'ndjson'::text]))),
  constraint audit_export_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint audit_export_kind_check CHECK ((kind = ANY (ARRAY['export'::text, 'schedule'::text]))),
  constraint audit_export_member_id_fkey FOREIGN KEY (member_id) REFERENCES :schema.member(id) ON DELETE SET NULL,
  constraint audit_export_pkey PRIMARY KEY (id),
  constraint audit_export_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint audit_export_slot_check CHECK (((slot >= 1) AND (slot <= 3))),
  constraint audit_export_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text]))),
  constraint audit_export_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES :schema.webhook(id) ON DELETE SET NULL,
  constraint audit_export_whole CHECK (
CASE kind
    WHEN 'export'::text THEN ((status IS NOT NULL) AND ((status <> 'done'::text) OR (num_nulls(size, file_id, size_bytes, sha256, expires_at) = 0)))
    ELSE (num_nulls(every, hour, active, next_at, next_index) = 0)
END)
);

create table audit_leaf (
  event_id uuid not null,
  index bigint not null,
  at timestamp(3) with time zone not null,
  terms text[] not null,
  search tsvector not null,
  constraint audit_leaf_pkey PRIMARY KEY (event_id)
);

create table audit_tile (
  level smallint not null,
  n bigint not null,
  hashes bytea not null,
  constraint audit_tile_hashes_check CHECK ((((length(hashes) % 32) = 0) AND ((length(hashes) >= 32) AND (length(hashes) <= 8192)))),
  constraint audit_tile_level_check CHECK (((level >= 0) AND (level <= 7))),
  constraint audit_tile_pkey PRIMARY KEY (level, n)
);

create table comment (
  id uuid not null,
  task_id uuid not null,
  author_id uuid,
  author_name text not null default ''::text,
  body text not null,
  search tsvector generated always as (to_tsvector('simple'::regconfig, "left"(body, 20000))) stored,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  edited_at timestamp(3) with time zone,
  constraint comment_author_id_fkey FOREIGN KEY (author_id) REFERENCES :schema.member(id) ON DELETE SET NULL,
  constraint comment_author_name_check CHECK ((length(author_name) <= 200)),
  constraint comment_body_check CHECK (((length(body) >= 1) AND (length(body) <= 100000))),
  constraint comment_pkey PRIMARY KEY (id),
  constraint comment_task_id_fkey FOREIGN KEY (task_id) REFERENCES :schema.task(id) ON DELETE CASCADE
);

create table idempotency (
  member_id uuid not null,
  key text not null,
  request_sha256 bytea not null,
  status smallint,
  response kontor.sealed,
  created_at timestamp(3) with time zone not null default now(),
  constraint idempotency_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint idempotency_member_id_fkey FOREIGN KEY (member_id) REFERENCES :schema.member(id) ON DELETE CASCADE,
  constraint idempotency_pkey PRIMARY KEY (member_id, key)
);

create table import (
  id uuid not null,
  member_id uuid,
  format text not null,
  file_name text not null,
  mapping jsonb,
  project_id uuid,
  token_id uuid,
  attempts smallint not null default 0,
  status text not null default 'waiting'::text,
  done_count integer not null default 0,
  total_count integer not null default 0,
  result jsonb,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  finished_at timestamp(3) with time zone,
  constraint import_member_id_fkey FOREIGN KEY (member_id) REFERENCES :schema.member(id) ON DELETE SET NULL,
  constraint import_pkey PRIMARY KEY (id),
  constraint import_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text])))
);

create table integration (
  id uuid not null,
  kind text not null,
  name text not null,
  actions text[] not null default '{}'::text[],
  token kontor.sealed not null,
  active boolean not null default true,
  sent_xid xid8 not null default '0'::xid8,
  sent_seq bigint not null default 0,
  failures integer not null default 0,
  last_status text,
  retry_at timestamp(3) with time zone,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  constraint integration_kind_check CHECK ((kind = ANY (ARRAY['slack'::text, 'mattermost'::text, 'teams'::text]))),
  constraint integration_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint integration_pkey PRIMARY KEY (id)
);

create table invitation (
  id uuid not null,
  email text not null,
  role_id uuid not null,
  token_hash bytea not null,
  inviter_id uuid,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  expires_at timestamp(3) with time zone not null,
  token kontor.sealed,
  mail_id uuid,
  constraint invitation_email_check CHECK ((email = lower(email))),
  constraint invitation_inviter_id_fkey FOREIGN KEY (inviter_id) REFERENCES :schema.member(id) ON DELETE SET NULL,
  constraint invitation_pkey PRIMARY KEY (id),
  constraint invitation_role_id_fkey FOREIGN KEY (role_id) REFERENCES :schema.role(id)
);

create table member (
  id uuid not null,
  account_id uuid,
  email text not null,
  name text not null,
  role_id uuid not null,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  confirmed_at timestamp(3) with time zone,
  locked_until timestamp(3) with time zone,
  digest text not null default 'weekdays'::text,
  digest_on date not null default ((now() AT TIME ZONE 'Europe/Brussels'::text))::date,
  constraint member_digest_check CHECK ((digest = ANY (ARRAY['off'::text, 'daily'::text, 'weekdays'::text]))),
  constraint member_email_check CHECK ((email = lower(email))),
  constraint member_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint member_pkey PRIMARY KEY (id),
  constraint member_role_id_fkey FOREIGN KEY (role_id) REFERENCES :schema.role(id)
);

create table notification (
  id uuid not null,
  member_id uuid not null,
  event_id uuid,
  kind text not null,
  task_id uuid,
  actor_id uuid,
  created_at timestamp(3) with time zone not null default now(),
  read_at timestamp(3) with time zone,
  due_on date,
  digest_on date not null default 'infinity'::date,
  constraint notification_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES :schema.member(id) ON DELETE SET NULL,
  constraint notification_cause CHECK (
CASE kind
    WHEN 'due'::text THEN ((event_id IS NULL) AND (due_on IS NOT NULL) AND (task_id IS NOT NULL))
    ELSE ((event_id IS NOT NULL) AND (due_on IS NULL))
END),
  constraint notification_kind_check CHECK ((kind = ANY (ARRAY['assigned'::text, 'mentioned'::text, 'commented'::text, 'viewer_added'::text, 'status_changed'::text, 'due'::text]))),
  constraint notification_member_id_fkey FOREIGN KEY (member_id) REFERENCES :schema.member(id) ON DELETE CASCADE,
  constraint notification_pkey PRIMARY KEY (id),
  constraint notification_task_id_fkey FOREIGN KEY (task_id) REFERENCES :schema.task(id) ON DELETE CASCADE
);

create table project (
  id uuid not null,
  key text not null,
  name text not null,
  description text not null default ''::text,
  private boolean not null default false,
  archived_at timestamp(3) with time zone,
  creator_id uuid,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  constraint project_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES :schema.member(id) ON DELETE SET NULL,
  constraint project_description_check CHECK ((length(description) <= 100000)),
  constraint project_key_check CHECK ((key ~ '^[A-Z][A-Z0-9]{0,9}$'::text)),
  constraint project_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint project_pkey PRIMARY KEY (id)
);

create table project_member (
  project_id uuid not null,
  member_id uuid not null,
  created_at timestamp(3) with time zone not null default now(),
  constraint project_member_member_id_fkey FOREIGN KEY (member_id) REFERENCES :schema.member(id) ON DELETE CASCADE,
  constraint project_member_pkey PRIMARY KEY (project_id, member_id),
  constraint project_member_project_id_fkey FOREIGN KEY (project_id) REFERENCES :schema.project(id) ON DELETE CASCADE
);

create table role (
  id uuid not null,
  name text not null,
  builtin text,
  guest boolean not null default false,
  permissions jsonb not null,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  constraint role_builtin_check CHECK ((builtin = ANY (ARRAY['admin'::text, 'manager'::text, 'member'::text, 'guest'::text]))),
  constraint role_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint role_pkey PRIMARY KEY (id)
);

create table saved_view (
  id uuid not null,
  member_id uuid not null,
  name text not null,
  shared boolean not null default false,
  layout text not null default 'list'::text,
  filters jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  constraint saved_view_layout_check CHECK ((layout = ANY (ARRAY['list'::text, 'board'::text]))),
  constraint saved_view_member_id_fkey FOREIGN KEY (member_id) REFERENCES :schema.member(id) ON DELETE CASCADE,
  constraint saved_view_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint saved_view_pkey PRIMARY KEY (id)
);

create table sign_on (
  id uuid not null,
  issuer text not null,
  client_id text not null,
  client_secret kontor.sealed,
  role_id uuid not null,
  domains text[] not null default '{}'::text[],
  verified_domains text[] not null default '{}'::text[],
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  constraint sign_on_client_id_check CHECK (((length(client_id) >= 1) AND (length(client_id) <= 500))),
  constraint sign_on_issuer_check CHECK ((length(issuer) <= 2000)),
  constraint sign_on_pkey PRIMARY KEY (id),
  constraint sign_on_role_id_fkey FOREIGN KEY (role_id) REFERENCES :schema.role(id)
);

create table tag (
  id uuid not null,
  name text not null,
  color text not null default '#868e96'::text,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  constraint tag_color_check CHECK ((color ~ '^#[0-9a-f]{6}$'::text)),
  constraint tag_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint tag_pkey PRIMARY KEY (id)
);

create table task (
  id uuid not null,
  project_id uuid not null,
  number integer not null,
  title text not null,
  description text not null default ''::text,
  status text not null default 'todo'::text,
  priority text not null default 'none'::text,
  creator_id uuid,
  assignee_id uuid,
  parent_id uuid,
  start_on date,
  due_on date,
  estimate_seconds integer,
  "position" double precision not null default 'Infinity'::double precision,
  search tsvector generated always as ((setweight(to_tsvector('simple'::regconfig, title), 'A'::"char") || to_tsvector('simple'::regconfig, "left"(description, 20000)))) stored,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  closed_at timestamp(3) with time zone,
  constraint task_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES :schema.member(id) ON DELETE SET NULL,
  constraint task_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES :schema.member(id) ON DELETE SET NULL,
  constraint task_dates_in_order CHECK ((due_on >= start_on)),
  constraint task_description_check CHECK ((length(description) <= 100000)),
  constraint task_estimate_seconds_check CHECK (((estimate_seconds >= 0) AND (estimate_seconds <= 315360000))),
  constraint task_not_its_own_parent CHECK ((parent_id <> id)),
  constraint task_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES :schema.task(id) ON DELETE SET NULL DEFERRABLE,
  constraint task_pkey PRIMARY KEY (id),
  constraint task_position_check CHECK (("position" < 'Infinity'::double precision)),
  constraint task_priority_check CHECK ((priority = ANY (ARRAY['none'::text, 'low'::text, 'medium'::text, 'high'::text, 'urgent'::text]))),
  constraint task_project_id_fkey FOREIGN KEY (project_id) REFERENCES :schema.project(id) ON DELETE CASCADE,
  constraint task_status_check CHECK ((status = ANY (ARRAY['backlog'::text, 'todo'::text, 'doing'::text, 'review'::text, 'done'::text, 'cancelled'::text]))),
  constraint task_title_check CHECK (((length(title) >= 1) AND (length(title) <= 500)))
);

create table task_counter (
  project_id uuid not null,
  last integer not null,
  constraint task_counter_pkey PRIMARY KEY (project_id),
  constraint task_counter_project_id_fkey FOREIGN KEY (project_id) REFERENCES :schema.project(id) ON DELETE CASCADE
);

create table task_tag (
  task_id uuid not null,
  tag_id uuid not null,
  constraint task_tag_pkey PRIMARY KEY (task_id, tag_id),
  constraint task_tag_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES :schema.tag(id) ON DELETE CASCADE,
  constraint task_tag_task_id_fkey FOREIGN KEY (task_id) REFERENCES :schema.task(id) ON DELETE CASCADE
);

create table task_viewer (
  task_id uuid not null,
  member_id uuid not null,
  constraint task_viewer_member_id_fkey FOREIGN KEY (member_id) REFERENCES :schema.member(id) ON DELETE CASCADE,
  constraint task_viewer_pkey PRIMARY KEY (task_id, member_id),
  constraint task_viewer_task_id_fkey FOREIGN KEY (task_id) REFERENCES :schema.task(id) ON DELETE CASCADE
);

create table time_entry (
  id uuid not null,
  member_id uuid not null,
  project_id uuid not null,
  task_id uuid,
  started_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  note text not null default ''::text,
  billable boolean not null default false,
  rate_cents integer,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  constraint time_entry_in_order CHECK ((ended_at >= started_at)),
  constraint time_entry_member_id_fkey FOREIGN KEY (member_id) REFERENCES :schema.member(id),
  constraint time_entry_note_check CHECK ((length(note) <= 2000)),
  constraint time_entry_pkey PRIMARY KEY (id),
  constraint time_entry_project_id_fkey FOREIGN KEY (project_id) REFERENCES :schema.project(id) ON DELETE CASCADE,
  constraint time_entry_rate_cents_check CHECK (((rate_cents >= 0) AND (rate_cents <= 100000000))),
  constraint time_entry_task_id_fkey FOREIGN KEY (task_id) REFERENCES :schema.task(id) ON DELETE SET NULL
);

create table webhook (
  id uuid not null,
  url text not null,
  actions text[] not null default '{}'::text[],
  secret kontor.sealed not null,
  active boolean not null default true,
  sent_xid xid8 not null default '0'::xid8,
  sent_seq bigint not null default 0,
  failures integer not null default 0,
  last_status text,
  retry_at timestamp(3) with time zone,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  previous_secret kontor.sealed,
  previous_until timestamp(3) with time zone,
  constraint webhook_pkey PRIMARY KEY (id),
  constraint webhook_previous CHECK ((num_nulls(previous_secret, previous_until) = ANY (ARRAY[0, 2]))),
  constraint webhook_url_check CHECK ((length(url) <= 2000))
);

create table webhook_delivery (
  webhook_id uuid not null,
  id uuid not null,
  action text not null,
  status text not null,
  attempts jsonb not null default '[]'::jsonb,
  attempt_count integer not null default 0,
  failures smallint not null default 0,
  next_attempt_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null default now(),
  finished_at timestamp(3) with time zone,
  constraint webhook_delivery_attempts_check CHECK ((jsonb_array_length(attempts) <= 20)),
  constraint webhook_delivery_pkey PRIMARY KEY (webhook_id, id),
  constraint webhook_delivery_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text, 'given_up'::text]))),
  constraint webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES :schema.webhook(id) ON DELETE CASCADE
);

create table workspace (
  id uuid not null,
  name text not null,
  slug text not null,
  plan text not null,
  schema_version text not null default ''::text,
  admin_epoch bigint not null default 0,
  notified_xid xid8 not null default '0'::xid8,
  notified_seq bigint not null default 0,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  requires_second_factor boolean not null default false,
  delete_at timestamp(3) with time zone,
  sealed_xid xid8 not null default '0'::xid8,
  sealed_seq bigint not null default 0,
  sealed_size bigint not null default 0,
  audit_retention_days integer not null,
  audit_shrinks_to integer,
  audit_shrinks_at timestamp(3) with time zone,
  legal_hold boolean not null default false,
  constraint workspace_audit_shrinks CHECK (((audit_shrinks_to IS NULL) = (audit_shrinks_at IS NULL))),
  constraint workspace_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint workspace_pkey PRIMARY KEY (id),
  constraint workspace_plan_check CHECK ((plan = ANY (ARRAY['starter'::text, 'pro'::text, 'business'::text])))
);

CREATE UNIQUE INDEX api_token_hash ON :schema.api_token USING btree (token_hash);

CREATE INDEX api_token_made_with ON :schema.api_token USING btree (made_with) WHERE (made_with IS NOT NULL);

CREATE INDEX api_token_member ON :schema.api_token USING btree (member_id, id);

CREATE INDEX attachment_creator ON :schema.attachment USING btree (creator_id) WHERE (creator_id IS NOT NULL);

CREATE INDEX attachment_task ON :schema.attachment USING btree (task_id, id);

CREATE UNIQUE INDEX audit_erasure_open ON :schema.audit_erasure USING btree (member_id) WHERE (status = ANY (ARRAY['waiting'::text, 'running'::text]));

CREATE INDEX audit_event_entity ON :schema.audit_event USING btree (entity_id, id);

CREATE INDEX audit_event_member ON :schema.audit_event USING btree (member_id, id) WHERE (member_id IS NOT NULL);

CREATE UNIQUE INDEX audit_event_order ON :schema.audit_event USING btree (xid, seq);

CREATE INDEX audit_event_task ON :schema.audit_event USING btree (task_id, id) WHERE (task_id IS NOT NULL);

CREATE INDEX audit_event_token ON :schema.audit_event USING btree (token_id, id) WHERE (token_id IS NOT NULL);

CREATE UNIQUE INDEX audit_export_once ON :schema.audit_export USING btree (schedule_id, from_index) WHERE (schedule_id IS NOT NULL);

CREATE UNIQUE INDEX audit_export_slot ON :schema.audit_export USING btree (slot) WHERE (slot IS NOT NULL);

CREATE INDEX audit_leaf_at ON :schema.audit_leaf USING btree (at);

CREATE INDEX audit_leaf_found ON :schema.audit_leaf USING gin (terms, search) WITH (gin_pending_list_limit='512');

CREATE UNIQUE INDEX audit_leaf_index ON :schema.audit_leaf USING btree (index);

CREATE INDEX comment_author ON :schema.comment USING btree (author_id) WHERE (author_id IS NOT NULL);

CREATE INDEX comment_search ON :schema.comment USING gin (search);

CREATE INDEX comment_task ON :schema.comment USING btree (task_id, id);

CREATE INDEX idempotency_created_at ON :schema.idempotency USING btree (created_at);

CREATE UNIQUE INDEX invitation_open ON :schema.invitation USING btree (email);

CREATE UNIQUE INDEX invitation_token_hash ON :schema.invitation USING btree (token_hash);

CREATE INDEX invitation_unmailed ON :schema.invitation USING btree (id) WHERE (token IS NOT NULL);

CREATE UNIQUE INDEX member_account_id ON :schema.member USING btree (account_id);

CREATE UNIQUE INDEX member_email ON :schema.member USING btree (email);

CREATE INDEX member_role_id ON :schema.member USING btree (role_id);

CREATE UNIQUE INDEX notification_due_once ON :schema.notification USING btree (task_id, due_on, member_id) WHERE (kind = 'due'::text);

CREATE INDEX notification_member ON :schema.notification USING btree (member_id, id);

CREATE UNIQUE INDEX notification_once ON :schema.notification USING btree (member_id, event_id, kind);

CREATE INDEX notification_task ON :schema.notification USING btree (task_id);

CREATE INDEX notification_unread ON :schema.notification USING btree (member_id, digest_on) WHERE (read_at IS NULL);

CREATE UNIQUE INDEX project_key ON :schema.project USING btree (key);

CREATE INDEX project_member_member ON :schema.project_member USING btree (member_id);

CREATE UNIQUE INDEX role_builtin ON :schema.role USING btree (builtin) WHERE (builtin IS NOT NULL);

CREATE UNIQUE INDEX role_name ON :schema.role USING btree (lower(name));

CREATE INDEX saved_view_member ON :schema.saved_view USING btree (member_id);

CREATE UNIQUE INDEX sign_on_one_row ON :schema.sign_on USING btree ((true));

CREATE INDEX sign_on_role ON :schema.sign_on USING btree (role_id);

CREATE UNIQUE INDEX tag_name ON :schema.tag USING btree (lower(name));

CREATE INDEX task_assignee ON :schema.task USING btree (assignee_id, id);

CREATE INDEX task_creator ON :schema.task USING btree (creator_id, id);

CREATE INDEX task_due ON :schema.task USING btree (due_on, id);

CREATE INDEX task_in_order ON :schema.task USING btree ("position", id);

CREATE UNIQUE INDEX task_number ON :schema.task USING btree (project_id, number);

CREATE INDEX task_parent ON :schema.task USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX task_position ON :schema.task USING btree (project_id, "position", id);

CREATE INDEX task_search ON :schema.task USING gin (search);

CREATE INDEX task_tag_tag ON :schema.task_tag USING btree (tag_id, task_id);

CREATE INDEX task_updated ON :schema.task USING btree (updated_at, id);

CREATE INDEX task_viewer_member ON :schema.task_viewer USING btree (member_id, task_id);

CREATE INDEX time_entry_member ON :schema.time_entry USING btree (member_id, started_at, id);

CREATE INDEX time_entry_project ON :schema.time_entry USING btree (project_id, started_at, id);

CREATE UNIQUE INDEX time_entry_running ON :schema.time_entry USING btree (member_id) WHERE (ended_at IS NULL);

CREATE INDEX time_entry_started ON :schema.time_entry USING btree (started_at, id);

CREATE INDEX time_entry_task ON :schema.time_entry USING btree (task_id) WHERE (task_id IS NOT NULL);

CREATE INDEX webhook_delivery_pending ON :schema.webhook_delivery USING btree (webhook_id, id) WHERE (status = 'pending'::text);

CREATE UNIQUE INDEX workspace_one_row ON :schema.workspace USING btree ((true));

CREATE TRIGGER api_token_audit_delete AFTER DELETE ON :schema.api_token REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('api_token', '{}', '{token_hash}'); -- enabled always

CREATE TRIGGER api_token_audit_insert AFTER INSERT ON :schema.api_token REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('api_token', '{}', '{token_hash}'); -- enabled always

CREATE TRIGGER api_token_audit_update AFTER UPDATE ON :schema.api_token REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('api_token', '{last_used_at,last_used_network,networks}', '{token_hash}'); -- enabled always

CREATE TRIGGER attachment_audit_delete AFTER DELETE ON :schema.attachment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('attachment', '{}', '{}'); -- enabled always

CREATE TRIGGER attachment_audit_insert AFTER INSERT ON :schema.attachment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('attachment', '{}', '{}'); -- enabled always

CREATE TRIGGER attachment_audit_update AFTER UPDATE ON :schema.attachment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('attachment', '{}', '{}'); -- enabled always

CREATE TRIGGER audit_checkpoint_keep BEFORE DELETE OR UPDATE ON :schema.audit_checkpoint FOR EACH ROW EXECUTE FUNCTION :schema.keep_audit_event_:schema(); -- enabled always

CREATE TRIGGER audit_checkpoint_keep_all BEFORE TRUNCATE ON :schema.audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION :schema.keep_audit_event_:schema(); -- enabled always

CREATE TRIGGER audit_erasure_touch BEFORE UPDATE OF status ON :schema.audit_erasure FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER audit_event_keep BEFORE DELETE OR UPDATE ON :schema.audit_event FOR EACH ROW EXECUTE FUNCTION :schema.keep_audit_event_:schema(); -- enabled always

CREATE TRIGGER audit_event_keep_all BEFORE TRUNCATE ON :schema.audit_event FOR EACH STATEMENT EXECUTE FUNCTION :schema.keep_audit_event_:schema(); -- enabled always

CREATE TRIGGER audit_event_note_account AFTER INSERT ON :schema.audit_event FOR EACH ROW WHEN (((new.entity = 'member'::text) AND (new.action = ANY (ARRAY['member.locked'::text, 'member.unlocked'::text, 'member.signed_up'::text, 'member.signed_in'::text, 'member.password_reset'::text])))) EXECUTE FUNCTION :schema.note_account_event_:schema(); -- enabled always

CREATE TRIGGER audit_event_pruned AFTER DELETE ON :schema.audit_event REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_pruning_:schema(); -- enabled always

CREATE TRIGGER audit_export_audit_delete AFTER DELETE ON :schema.audit_export REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('audit_export', '{slot,attempts,done_count,total_count,file_id,size_bytes,sha256,failure,status,size,finished_at,expires_at,next_at,next_index}', '{}'); -- enabled always

CREATE TRIGGER audit_export_audit_insert AFTER INSERT ON :schema.audit_export REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('audit_export', '{slot,attempts,done_count,total_count,file_id,size_bytes,sha256,failure,status,size,finished_at,expires_at,next_at,next_index}', '{}'); -- enabled always

CREATE TRIGGER audit_export_audit_update AFTER UPDATE ON :schema.audit_export REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('audit_export', '{slot,attempts,done_count,total_count,file_id,size_bytes,sha256,failure,status,size,finished_at,expires_at,next_at,next_index}', '{}'); -- enabled always

CREATE TRIGGER audit_export_touch BEFORE UPDATE OF format, every, hour, webhook_id, active, status ON :schema.audit_export FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER comment_audit_delete AFTER DELETE ON :schema.comment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('comment', '{}', '{}'); -- enabled always

CREATE TRIGGER comment_audit_insert AFTER INSERT ON :schema.comment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('comment', '{}', '{}'); -- enabled always

CREATE TRIGGER comment_audit_update AFTER UPDATE ON :schema.comment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('comment', '{}', '{}'); -- enabled always

CREATE TRIGGER comment_touch BEFORE UPDATE ON :schema.comment FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER import_audit_delete AFTER DELETE ON :schema.import REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('import', '{mapping,attempts,done_count,total_count,result,status,finished_at}', '{}'); -- enabled always

CREATE TRIGGER import_audit_insert AFTER INSERT ON :schema.import REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('import', '{mapping,attempts,done_count,total_count,result,status,finished_at}', '{}'); -- enabled always

CREATE TRIGGER import_audit_update AFTER UPDATE ON :schema.import REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('import', '{mapping,attempts,done_count,total_count,result,status,finished_at}', '{}'); -- enabled always

CREATE TRIGGER import_touch BEFORE UPDATE ON :schema.import FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER integration_audit_delete AFTER DELETE ON :schema.integration REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('integration', '{sent_xid,sent_seq,failures,last_status,retry_at}', '{token}'); -- enabled always

CREATE TRIGGER integration_audit_insert AFTER INSERT ON :schema.integration REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('integration', '{sent_xid,sent_seq,failures,last_status,retry_at}', '{token}'); -- enabled always

CREATE TRIGGER integration_audit_update AFTER UPDATE ON :schema.integration REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('integration', '{sent_xid,sent_seq,failures,last_status,retry_at}', '{token}'); -- enabled always

CREATE TRIGGER integration_touch BEFORE UPDATE OF name, actions, token, active ON :schema.integration FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER invitation_audit_delete AFTER DELETE ON :schema.invitation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('invitation', '{token,mail_id}', '{token_hash}'); -- enabled always

CREATE TRIGGER invitation_audit_insert AFTER INSERT ON :schema.invitation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('invitation', '{token,mail_id}', '{token_hash}'); -- enabled always

CREATE TRIGGER invitation_audit_update AFTER UPDATE ON :schema.invitation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('invitation', '{token,mail_id}', '{token_hash}'); -- enabled always

CREATE TRIGGER invitation_touch BEFORE UPDATE OF email, role_id, token_hash, inviter_id, expires_at ON :schema.invitation FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER member_1_lock BEFORE DELETE OR UPDATE OF role_id, active ON :schema.member FOR EACH STATEMENT EXECUTE FUNCTION :schema.lock_admins_:schema(); -- enabled always

CREATE TRIGGER member_2_keep_delete AFTER DELETE ON :schema.member REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.keep_an_admin_:schema(); -- enabled always

CREATE TRIGGER member_2_keep_update AFTER UPDATE ON :schema.member REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.keep_an_admin_:schema(); -- enabled always

CREATE TRIGGER member_audit_delete AFTER DELETE ON :schema.member REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('member', '{confirmed_at,locked_until,digest,digest_on}', '{}'); -- enabled always

CREATE TRIGGER member_audit_insert AFTER INSERT ON :schema.member REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('member', '{confirmed_at,locked_until,digest,digest_on}', '{}'); -- enabled always

CREATE TRIGGER member_audit_update AFTER UPDATE ON :schema.member REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('member', '{confirmed_at,locked_until,digest_on}', '{}'); -- enabled always

CREATE TRIGGER member_touch BEFORE UPDATE OF account_id, email, name, role_id, active, digest ON :schema.member FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER project_audit_delete AFTER DELETE ON :schema.project REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('project', '{task_counter}', '{}'); -- enabled always

CREATE TRIGGER project_audit_insert AFTER INSERT ON :schema.project REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('project', '{task_counter}', '{}'); -- enabled always

CREATE TRIGGER project_audit_update AFTER UPDATE ON :schema.project REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('project', '{task_counter}', '{}'); -- enabled always

CREATE TRIGGER project_touch BEFORE UPDATE OF key, name, description, private, archived_at ON :schema.project FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER project_member_audit_delete AFTER DELETE ON :schema.project_member REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_link_:schema('project', 'member'); -- enabled always

CREATE TRIGGER project_member_audit_insert AFTER INSERT ON :schema.project_member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_link_:schema('project', 'member'); -- enabled always

CREATE TRIGGER role_audit_delete AFTER DELETE ON :schema.role REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('role', '{}', '{}'); -- enabled always

CREATE TRIGGER role_audit_insert AFTER INSERT ON :schema.role REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('role', '{}', '{}'); -- enabled always

CREATE TRIGGER role_audit_update AFTER UPDATE ON :schema.role REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('role', '{}', '{}'); -- enabled always

CREATE TRIGGER role_keep_builtin BEFORE DELETE OR UPDATE ON :schema.role FOR EACH ROW WHEN ((old.builtin IS NOT NULL)) EXECUTE FUNCTION :schema.keep_builtin_role_:schema();

CREATE TRIGGER role_touch BEFORE UPDATE ON :schema.role FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER saved_view_audit_delete AFTER DELETE ON :schema.saved_view REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('saved_view', '{}', '{}'); -- enabled always

CREATE TRIGGER saved_view_audit_insert AFTER INSERT ON :schema.saved_view REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('saved_view', '{}', '{}'); -- enabled always

CREATE TRIGGER saved_view_audit_update AFTER UPDATE ON :schema.saved_view REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('saved_view', '{}', '{}'); -- enabled always

CREATE TRIGGER saved_view_touch BEFORE UPDATE ON :schema.saved_view FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER sign_on_audit_delete AFTER DELETE ON :schema.sign_on REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('sign_on', '{}', '{client_secret}'); -- enabled always

CREATE TRIGGER sign_on_audit_insert AFTER INSERT ON :schema.sign_on REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('sign_on', '{}', '{client_secret}'); -- enabled always

CREATE TRIGGER sign_on_audit_update AFTER UPDATE ON :schema.sign_on REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('sign_on', '{}', '{client_secret}'); -- enabled always

CREATE TRIGGER sign_on_touch BEFORE UPDATE ON :schema.sign_on FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER tag_audit_delete AFTER DELETE ON :schema.tag REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('tag', '{}', '{}'); -- enabled always

CREATE TRIGGER tag_audit_insert AFTER INSERT ON :schema.tag REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('tag', '{}', '{}'); -- enabled always

CREATE TRIGGER tag_audit_update AFTER UPDATE ON :schema.tag REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('tag', '{}', '{}'); -- enabled always

CREATE TRIGGER tag_touch BEFORE UPDATE ON :schema.tag FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER task_audit_delete AFTER DELETE ON :schema.task REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('task', '{}', '{}'); -- enabled always

CREATE TRIGGER task_audit_insert AFTER INSERT ON :schema.task REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('task', '{}', '{}'); -- enabled always

CREATE TRIGGER task_audit_update AFTER UPDATE ON :schema.task REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('task', '{}', '{}'); -- enabled always

CREATE TRIGGER task_close BEFORE UPDATE OF status, closed_at ON :schema.task FOR EACH ROW EXECUTE FUNCTION :schema.close_task_:schema();

CREATE TRIGGER task_close_new BEFORE INSERT ON :schema.task FOR EACH ROW EXECUTE FUNCTION :schema.close_task_:schema();

CREATE TRIGGER task_keep_above BEFORE INSERT OR UPDATE OF parent_id ON :schema.task FOR EACH ROW WHEN ((new.parent_id IS NOT NULL)) EXECUTE FUNCTION :schema.keep_task_above_:schema();

CREATE TRIGGER task_number_moved BEFORE UPDATE OF project_id ON :schema.task FOR EACH ROW WHEN ((old.project_id IS DISTINCT FROM new.project_id)) EXECUTE FUNCTION :schema.number_task_:schema();

CREATE TRIGGER task_number_new BEFORE INSERT ON :schema.task FOR EACH ROW EXECUTE FUNCTION :schema.number_task_:schema();

CREATE TRIGGER task_touch BEFORE UPDATE ON :schema.task FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER task_tag_added_touch AFTER INSERT ON :schema.task_tag REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION :schema.touch_tasks_:schema();

CREATE TRIGGER task_tag_audit_delete AFTER DELETE ON :schema.task_tag REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_link_:schema('task', 'tag'); -- enabled always

CREATE TRIGGER task_tag_audit_insert AFTER INSERT ON :schema.task_tag REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_link_:schema('task', 'tag'); -- enabled always

CREATE TRIGGER task_tag_removed_touch AFTER DELETE ON :schema.task_tag REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION :schema.touch_tasks_:schema();

CREATE TRIGGER task_viewer_added_touch AFTER INSERT ON :schema.task_viewer REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION :schema.touch_tasks_:schema();

CREATE TRIGGER task_viewer_audit_delete AFTER DELETE ON :schema.task_viewer REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_link_:schema('task', 'viewer'); -- enabled always

CREATE TRIGGER task_viewer_audit_insert AFTER INSERT ON :schema.task_viewer REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_link_:schema('task', 'viewer'); -- enabled always

CREATE TRIGGER task_viewer_removed_touch AFTER DELETE ON :schema.task_viewer REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION :schema.touch_tasks_:schema();

CREATE TRIGGER time_entry_audit_delete AFTER DELETE ON :schema.time_entry REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('time_entry', '{}', '{}'); -- enabled always

CREATE TRIGGER time_entry_audit_insert AFTER INSERT ON :schema.time_entry REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('time_entry', '{}', '{}'); -- enabled always

CREATE TRIGGER time_entry_audit_update AFTER UPDATE ON :schema.time_entry REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('time_entry', '{}', '{}'); -- enabled always

CREATE TRIGGER time_entry_touch BEFORE UPDATE ON :schema.time_entry FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER webhook_audit_delete AFTER DELETE ON :schema.webhook REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('webhook', '{sent_xid,sent_seq,failures,last_status,retry_at,previous_secret,previous_until}', '{secret}'); -- enabled always

CREATE TRIGGER webhook_audit_insert AFTER INSERT ON :schema.webhook REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('webhook', '{sent_xid,sent_seq,failures,last_status,retry_at,previous_secret,previous_until}', '{secret}'); -- enabled always

CREATE TRIGGER webhook_audit_update AFTER UPDATE ON :schema.webhook REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('webhook', '{sent_xid,sent_seq,failures,last_status,retry_at,previous_secret,previous_until}', '{secret}'); -- enabled always

CREATE TRIGGER webhook_touch BEFORE UPDATE OF url, actions, secret, active ON :schema.webhook FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE TRIGGER workspace_audit_delete AFTER DELETE ON :schema.workspace REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('workspace', '{schema_version,admin_epoch,notified_xid,notified_seq,sealed_xid,sealed_seq,sealed_size}', '{}'); -- enabled always

CREATE TRIGGER workspace_audit_insert AFTER INSERT ON :schema.workspace REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('workspace', '{schema_version,admin_epoch,notified_xid,notified_seq,sealed_xid,sealed_seq,sealed_size}', '{}'); -- enabled always

CREATE TRIGGER workspace_audit_update AFTER UPDATE ON :schema.workspace REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION :schema.record_change_:schema('workspace', '{schema_version,admin_epoch,notified_xid,notified_seq,sealed_xid,sealed_seq,sealed_size}', '{}'); -- enabled always

CREATE TRIGGER workspace_retention BEFORE INSERT OR UPDATE OF plan, audit_retention_days, audit_shrinks_to, audit_shrinks_at ON :schema.workspace FOR EACH ROW EXECUTE FUNCTION :schema.decide_retention_:schema(); -- enabled always

CREATE TRIGGER workspace_touch BEFORE UPDATE OF name, slug, plan, requires_second_factor, delete_at, legal_hold, audit_retention_days ON :schema.workspace FOR EACH ROW EXECUTE FUNCTION kontor.touch_row();

CREATE OR REPLACE FUNCTION :schema.audit_days_in_force_:schema()
 RETURNS integer
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case when w.audit_shrinks_at <= :schema.audit_now_:schema() then w.audit_shrinks_to else w.audit_retention_days end
  from :schema.workspace w
$function$
;

CREATE OR REPLACE FUNCTION :schema.audit_expiry_:schema(p_at timestamp with time zone, p_days integer)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select (p_at at time zone 'Europe/Brussels' + pg_catalog.make_interval(days => p_days)) at time zone 'Europe/Brussels'
$function$
;

CREATE OR REPLACE FUNCTION :schema.audit_field_:schema(p_change text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select 'changes.' || pg_catalog.string_agg(case when p.place = 1 then p.part
    when p.part ~ '^[a-z]' then pg_catalog.upper(pg_catalog.left(p.part, 1)) || pg_catalog.substr(p.part, 2)
    else '_' || p.part end, '' order by p.place)
  from pg_catalog.string_to_table(p_change, '_') with ordinality as p (part, place)
$function$
;

CREATE OR REPLACE FUNCTION :schema.audit_found_:schema(p_event :schema.audit_event, OUT terms text[], OUT search tsvector)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION :schema.audit_name_:schema(p_field text, p_value jsonb)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION :schema.audit_now_:schema()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(nullif(pg_catalog.current_setting('kontor.now', true), '')::timestamptz, pg_catalog.now())
$function$
;

CREATE OR REPLACE FUNCTION :schema.audit_place_:schema(p_entity text, p_row jsonb, OUT task_id uuid, OUT project_id uuid)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  task_id := case when p_entity = 'task' then p_row ->> 'id' else p_row ->> 'task_id' end;
  project_id := case when p_entity = 'project' then p_row ->> 'id' else p_row ->> 'project_id' end;
  if project_id is null and task_id is not null then
    select t.project_id into project_id from :schema.task t where t.id = audit_place_:schema.task_id;
    if not found then
      -- It went with its task, whose own event was written just before.
      select e.project_id into project_id from :schema.audit_event e
      where e.entity_id = audit_place_:schema.task_id and e.action = 'task.deleted' order by e.id desc limit 1;
    end if;
  end if;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.audit_search_:schema(p_event :schema.audit_event)
 RETURNS tsvector
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select f.search from :schema.audit_found_:schema(p_event) f $function$
;

CREATE OR REPLACE FUNCTION :schema.audit_terms_:schema(p_event :schema.audit_event)
 RETURNS text[]
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select f.terms from :schema.audit_found_:schema(p_event) f $function$
;

CREATE OR REPLACE FUNCTION :schema.begin_change_:schema(p_member uuid, p_role uuid, p_role_version integer, p_token uuid, p_request text, p_address text DEFAULT NULL::text, p_reason text DEFAULT NULL::text, p_job text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform pg_catalog.set_config('kontor.member', p_member::text, true),
    pg_catalog.set_config('kontor.member_name', m.name, true),
    pg_catalog.set_config('kontor.token', coalesce(p_token::text, ''), true),
    pg_catalog.set_config('kontor.token_name', coalesce(t.name, ''), true),
    pg_catalog.set_config('kontor.request', coalesce(p_request, ''), true),
    pg_catalog.set_config('kontor.address', coalesce(p_address, ''), true),
    pg_catalog.set_config('kontor.reason', coalesce(p_reason, ''), true),
    pg_catalog.set_config('kontor.job', coalesce(p_job, ''), true)
  from :schema.member m
  join :schema.role r on r.id = m.role_id
  left join :schema.api_token t on t.id = p_token and t.member_id = m.id and t.revoked_at is null
    and (t.expires_at is null or t.expires_at > pg_catalog.now())
  where m.id = p_member and m.active and r.id = p_role and r.version = p_role_version
    and (p_token is null or t.id is not null);
  if not found then
    raise exception using errcode = 'KT401', message = 'the access that this statement was built for has changed';
  end if;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.begin_job_:schema(p_job text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform pg_catalog.set_config('kontor.job', p_job, true);
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.close_task_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if new.status in ('done', 'cancelled') then
    new.closed_at := coalesce(new.closed_at, pg_catalog.now());
  else
    new.closed_at := null;
  end if;
  return new;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.confirm_access_:schema(p_member uuid, p_role uuid, p_role_version integer, p_token uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform 1
  from :schema.member m
  join :schema.role r on r.id = m.role_id
  where m.id = p_member and m.active and r.id = p_role and r.version = p_role_version
    and (p_token is null or exists (
      select from :schema.api_token t
      where t.id = p_token and t.member_id = m.id and t.revoked_at is null
        and (t.expires_at is null or t.expires_at > pg_catalog.now())));
  if not found then
    raise exception using errcode = 'KT401', message = 'the access that this statement was built for has changed';
  end if;
  return true;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.count_due_audit_events_:schema(p_now timestamp with time zone, OUT due bigint, OUT days integer, OUT before timestamp with time zone)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform pg_catalog.set_config('kontor.now', coalesce(p_now::text, ''), true);
  days := :schema.audit_days_in_force_:schema();
  before := :schema.audit_expiry_:schema(:schema.audit_now_:schema(), -days);
  select count(*) into due from :schema.audit_leaf l
  where l.at <= :schema.audit_now_:schema() - pg_catalog.make_interval(hours => 24 * days - 3)
    and :schema.audit_expiry_:schema(l.at, days) <= :schema.audit_now_:schema()
    and exists (select from :schema.workspace w where not w.legal_hold);
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.count_shrinking_:schema()
 RETURNS bigint
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*) from :schema.audit_leaf l, :schema.workspace w
  where l.at <= :schema.audit_expiry_:schema(w.audit_shrinks_at, -w.audit_shrinks_to)
    and l.at > :schema.audit_expiry_:schema(w.audit_shrinks_at, -w.audit_retention_days)
$function$
;

CREATE OR REPLACE FUNCTION :schema.decide_retention_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_now timestamptz := :schema.audit_now_:schema();
  v_days integer := :schema.plan_audit_days_:schema(new.plan);
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
      new.audit_shrinks_at := :schema.audit_expiry_:schema(v_now, 30);
    else
      new.audit_retention_days := v_days;
      new.audit_shrinks_to := null;
      new.audit_shrinks_at := null;
    end if;
  end if;
  return new;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.erase_audit_fields_:schema(p_erasure uuid, p_from bigint, p_next bigint, p_events jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
    salts = :schema.remaining_salts_:schema(v.row, e.salt, e.salts)
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
  update :schema.audit_leaf l set search = :schema.audit_search_:schema(e)
  from :schema.audit_event e
  where e.id = l.event_id and l.event_id in (select (p.event ->> 'id')::uuid from pg_catalog.jsonb_array_elements(p_events) p (event));
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.finish_audit_erasure_:schema(p_erasure uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION :schema.hold_admins_:schema()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update :schema.workspace set admin_epoch = admin_epoch + 1;
$function$
;

CREATE OR REPLACE FUNCTION :schema.is_erasure_:schema(p_old :schema.audit_event, p_new :schema.audit_event)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
    and p_new.salt is null and p_new.salts = :schema.remaining_salts_:schema(p_new, p_old.salt, p_old.salts)
$function$
;

CREATE OR REPLACE FUNCTION :schema.keep_an_admin_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_taken boolean;
begin
  if tg_op = 'DELETE' then
    select exists (
      select from old_rows o join :schema.role r on r.id = o.role_id where o.active and r.builtin = 'admin'
    ) into v_taken;
  else
    select exists (
      select from old_rows o join :schema.role r on r.id = o.role_id
      where o.active and r.builtin = 'admin' and not exists (
        select from new_rows n join :schema.role s on s.id = n.role_id
        where n.id = o.id and n.active and s.builtin = 'admin')
    ) into v_taken;
  end if;
  if v_taken and not exists (
    select from :schema.member m join :schema.role r on r.id = m.role_id
    where m.active and r.builtin = 'admin' and m.confirmed_at is not null
      and (m.locked_until is null or m.locked_until <= pg_catalog.now())
  ) then
    raise exception using errcode = '23514', constraint = 'workspace_keeps_an_admin',
      message = 'a workspace keeps at least one active admin';
  end if;
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.keep_audit_event_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if tg_table_name = 'audit_event' and tg_level = 'ROW' and session_user = 'kontor_provisioner' then
    if exists (select from :schema.workspace w where not w.legal_hold)
      and exists (select from :schema.audit_leaf l where l.event_id = old.id) then
      if tg_op = 'DELETE' then
        if :schema.audit_expiry_:schema(old.at, :schema.audit_days_in_force_:schema()) <= :schema.audit_now_:schema() then
          return old;
        end if;
      elsif :schema.is_erasure_:schema(old, new) and exists (select from :schema.audit_erasure a where a.status = 'running') then
        return new;
      end if;
    end if;
  end if;
  raise exception using errcode = '42501', message = 'an audit event is never changed or removed';
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.keep_builtin_role_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  raise exception using errcode = '23514', constraint = 'role_builtin_is_fixed',
    message = 'a built-in role cannot be changed or deleted';
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.keep_task_above_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_above uuid := new.parent_id;
begin
  for v_step in 1 .. 50 loop
    exit when v_above is null or v_above = new.id;
    select t.parent_id into v_above from :schema.task t where t.id = v_above for no key update;
  end loop;
  if v_above is not null then
    raise exception using errcode = '23514', constraint = 'task_not_below_itself',
      message = 'a task is not below itself, nor deeper than 50';
  end if;
  return new;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.lock_admins_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  update :schema.workspace set admin_epoch = admin_epoch + 1;
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.note_account_event_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_kind text := pg_catalog.split_part(new.action, '.', 2);
begin
  if v_kind = 'locked' then
    update :schema.member m set locked_until = (new.changes -> 'until' ->> 'to')::timestamptz where m.id = new.entity_id;
  else
    update :schema.member m set locked_until = null, confirmed_at = case when v_kind = 'unlocked' then m.confirmed_at
      else coalesce(m.confirmed_at, new.at) end
    where m.id = new.entity_id and (m.locked_until is not null or m.confirmed_at is null);
  end if;
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.note_token_use_:schema(p_token uuid, p_network cidr, OUT noted_ms integer, OUT told boolean)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION :schema.number_task_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into :schema.task_counter as c (project_id, last) values (new.project_id, 1)
  on conflict (project_id) do update set last = c.last + 1
  returning c.last into new.number;
  -- Whoever creates a task in the same project waits at the counter until this one is there: no two get one place.
  if new.position = 'infinity' then
    select coalesce(max(t.position), 0) + 1024 into new.position from :schema.task t where t.project_id = new.project_id;
  end if;
  return new;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.plan_audit_days_:schema(p_plan text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case p_plan when 'starter' then 90 when 'pro' then 365 else 1095 end
$function$
;

CREATE OR REPLACE FUNCTION :schema.prune_audit_events_:schema(p_most integer, p_now timestamp with time zone, OUT removed bigint, OUT due_at timestamp with time zone)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_workspace record;
begin
  perform pg_catalog.set_config('kontor.now', coalesce(p_now::text, ''), true),
    pg_catalog.set_config('kontor.job', 'retention', true);
  select w.audit_shrinks_at, w.legal_hold into v_workspace from :schema.workspace w for no key update;
  removed := 0;
  if v_workspace.audit_shrinks_at <= :schema.audit_now_:schema() then
    update :schema.workspace set audit_retention_days = audit_retention_days;
  end if;
  if not v_workspace.legal_hold then
    delete from :schema.audit_event e using (
      -- The index is audit_leaf_at. Days of 23 and 25 hours move the boundary by an hour at most.
      select l.event_id from :schema.audit_leaf l
      where l.at <= :schema.audit_now_:schema() - pg_catalog.make_interval(hours => 24 * :schema.audit_days_in_force_:schema() - 3)
        and :schema.audit_expiry_:schema(l.at, :schema.audit_days_in_force_:schema()) <= :schema.audit_now_:schema()
      order by l.at, l.index limit p_most) due
    where e.id = due.event_id;
    get diagnostics removed = row_count;
  end if;
  select least(w.audit_shrinks_at, :schema.audit_expiry_:schema(
    coalesce((select min(l.at) from :schema.audit_leaf l), :schema.audit_now_:schema()), w.audit_retention_days)) into due_at
  from :schema.workspace w;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.record_account_event_:schema(p_id uuid, p_member uuid, p_kind text, p_at timestamp with time zone, p_facts jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION :schema.record_audit_action_:schema(p_kind text, p_facts jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION :schema.record_change_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
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
            'fromName', null, 'toName', :schema.audit_name_:schema(f.key, f.value))
          else pg_catalog.jsonb_build_object('from', null, 'to', f.value) end)
        from pg_catalog.jsonb_each(r.new) f
        where f.value <> 'null' and f.value <> '""' and f.key <> all (v_hidden)), '{}')
    from (select pg_catalog.to_jsonb(n) as new from new_rows n) r
    cross join lateral :schema.audit_place_:schema(v_entity, r.new) p;
  elsif tg_op = 'DELETE' then
    insert into :schema.audit_event (id, entity, entity_id, task_id, project_id, action, member_id, token_id, request_id, changes)
    select kontor.uuid7(), v_entity, (r.old ->> 'id')::uuid, p.task_id, p.project_id, v_action, v_member, v_token, v_request,
      coalesce((select pg_catalog.jsonb_object_agg(f.key, case
          when f.key = any (v_masked) then '{"from": "(secret)", "to": null}'
          when f.key = any (v_named) then pg_catalog.jsonb_build_object('from', f.value, 'to', null,
            'fromName', :schema.audit_name_:schema(f.key, f.value), 'toName', null)
          else pg_catalog.jsonb_build_object('from', f.value, 'to', null) end)
        from pg_catalog.jsonb_each(r.old) f
        where f.value <> 'null' and f.value <> '""' and f.key <> all (v_hidden)), '{}')
    from (select pg_catalog.to_jsonb(o) as old from old_rows o) r
    cross join lateral :schema.audit_place_:schema(v_entity, r.old) p;
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
          'fromName', :schema.audit_name_:schema(f.key, r.old -> f.key), 'toName', :schema.audit_name_:schema(f.key, f.value))
        else pg_catalog.jsonb_build_object('from', r.old -> f.key, 'to', f.value) end) as changes
      from pg_catalog.jsonb_each(r.new) f
      where f.key <> all (v_hidden) and f.value is distinct from r.old -> f.key
        and not (v_resealing and f.key = any (v_masked) and kontor.is_resealed(r.old ->> f.key, r.new ->> f.key))
    ) d
    cross join lateral :schema.audit_place_:schema(v_entity, r.new) p
    where d.changes is not null;
  end if;
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.record_link_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  v_entity text := tg_argv[0];
  v_other text := tg_argv[1];
  v_field text := case tg_argv[1] when 'tag' then 'tag_id' else 'member_id' end;
  v_from text := case tg_op when 'INSERT' then 'to' else 'from' end;
  v_to text := case tg_op when 'INSERT' then 'from' else 'to' end;
begin
  insert into :schema.audit_event (id, entity, entity_id, task_id, project_id, action, member_id, token_id, request_id, changes)
  select kontor.uuid7(), v_entity, l.entity_id, p.task_id, p.project_id,
    v_entity || '.' || v_other || case tg_op when 'INSERT' then '_added' else '_removed' end,
    nullif(pg_catalog.current_setting('kontor.member', true), '')::uuid,
    nullif(pg_catalog.current_setting('kontor.token', true), '')::uuid,
    nullif(pg_catalog.current_setting('kontor.request', true), ''),
    pg_catalog.jsonb_build_object(
      v_field, pg_catalog.jsonb_build_object(v_from, l.other_id, v_to, null),
      'name', pg_catalog.jsonb_build_object(v_from, n.name, v_to, null))
  from (
    select (r.row ->> (v_entity || '_id'))::uuid as entity_id, (r.row ->> v_field)::uuid as other_id
    from (select pg_catalog.to_jsonb(c) as row from changed c offset 0) r offset 0
  ) l
  left join lateral (
    select t.name from :schema.tag t where v_other = 'tag' and t.id = l.other_id
    union all
    select m.name from :schema.member m where v_other <> 'tag' and m.id = l.other_id
    union all
    -- It went with the tag or the member, whose own event was written just before.
    select e.changes -> 'name' ->> 'from' from :schema.audit_event e
    where e.entity_id = l.other_id and e.action in ('tag.deleted', 'member.deleted')
    limit 1
  ) n on true
  cross join lateral :schema.audit_place_:schema(v_entity, pg_catalog.jsonb_build_object('id', l.entity_id)) p;
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.record_pruning_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
      :schema.audit_expiry_:schema(:schema.audit_now_:schema(), - :schema.audit_days_in_force_:schema()) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
    'plan', pg_catalog.jsonb_build_object('from', null, 'to', w.plan),
    'why', pg_catalog.jsonb_build_object('from', null, 'to',
      pg_catalog.format('older than %s days', :schema.audit_days_in_force_:schema())),
    'ranges', pg_catalog.jsonb_build_object('from', null, 'to', v_ranges))
  from :schema.workspace w;
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.remaining_salts_:schema(p_event :schema.audit_event, p_salt uuid, p_salts jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(pg_catalog.jsonb_object_agg(f.name, case when p_salt is null then p_salts -> f.name
    else pg_catalog.to_jsonb(pg_catalog.encode(pg_catalog.substring(
      pg_catalog.sha256(pg_catalog.uuid_send(p_salt) || pg_catalog.convert_to(f.name, 'UTF8')), 1, 16), 'base64')) end), '{}')
  from (
    select :schema.audit_field_:schema(c.key) from pg_catalog.jsonb_each(p_event.changes) c where not c.value ? 'erased'
    union all
    select o.name from (values ('memberName', p_event.member_name), ('tokenName', p_event.token_name),
      ('address', p_event.address), ('reason', p_event.reason)) as o (name, value) where o.value is not null
  ) f (name)
$function$
;

CREATE OR REPLACE FUNCTION :schema.require_storage_:schema(p_more bigint, p_limit bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform from :schema.workspace for no key update;
  if (select coalesce(pg_catalog.sum(a.size_bytes), 0) + p_more > p_limit from :schema.attachment a) then
    raise exception using errcode = '23514', constraint = 'workspace_storage',
      message = 'the workspace may keep no more files';
  end if;
end
$function$
;

CREATE OR REPLACE FUNCTION :schema.seal_audit_events_:schema(p_size bigint, p_xid xid8, p_seq bigint, p_events uuid[], p_tiles jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION :schema.set_legal_hold_:schema(p_on boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION :schema.touch_tasks_:schema()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  v_tasks uuid[] := array(select t.id from :schema.task t
    where t.id = any (array(select c.task_id from changed c)) and t.xmin <> pg_catalog.pg_current_xact_id()::xid);
begin
  -- A statement that changes nothing would still look for what to record.
  if v_tasks <> '{}' then
    update :schema.task t set version = t.version where t.id = any (v_tasks);
  end if;
  return null;
end
$function$
;
