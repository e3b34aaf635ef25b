-- One workspace. Names are unqualified (the search path is this schema) except inside functions, where ":schema"
-- stands for the schema's own random name: a function that runs as its owner trusts no search path.
-- Every table says in the line after it what the workspace's login may do with it.

create table workspace (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  slug text not null,
  plan text not null check (plan in ('starter', 'pro', 'business')),
  schema_version text not null default '',
  -- Raised by whatever could take an admin away: two such changes cannot run at once, in any isolation level.
  admin_epoch bigint not null default 0,
  -- Up to where the audit events have been turned into notifications.
  notified_xid xid8 not null default '0',
  notified_seq bigint not null default 0,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index workspace_one_row on workspace ((true));
grant select, update (name, slug, plan, notified_xid, notified_seq) on workspace to :schema;

create table role (
  id uuid primary key,
  name text not null check (length(name) between 1 and 60),
  builtin text check (builtin in ('admin', 'manager', 'member', 'guest')),
  -- A guest reaches only the projects that name it: "everyone in the workspace" does not include guests.
  guest boolean not null default false,
  permissions jsonb not null,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index role_name on role (lower(name));
create unique index role_builtin on role (builtin) where builtin is not null;
grant select, insert, update, delete on role to :schema;

create table member (
  id uuid primary key,
  account_id uuid,
  email text not null check (email = lower(email)),
  name text not null check (length(name) between 1 and 200),
  role_id uuid not null references role,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index member_account_id on member (account_id);
create unique index member_email on member (email);
create index member_role_id on member (role_id);
grant select, insert, update, delete on member to :schema;

-- Open invitations: accepting one removes it in the transaction that makes the member.
create table invitation (
  id uuid primary key,
  email text not null check (email = lower(email)),
  role_id uuid not null references role,
  token_hash bytea not null,
  inviter_id uuid references member on delete set null,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create unique index invitation_token_hash on invitation (token_hash);
create unique index invitation_open on invitation (email);
grant select, insert, update, delete on invitation to :schema;

create table project (
  id uuid primary key,
  key text not null check (key ~ '^[A-Z][A-Z0-9]{0,9}$'),
  name text not null check (length(name) between 1 and 200),
  description text not null default '' check (length(description) <= 100000),
  private boolean not null default false,
  archived_at timestamptz(3),
  creator_id uuid references member on delete set null,
  task_counter integer not null default 0,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index project_key on project (key);
grant select, insert, update, delete on project to :schema;

create table project_member (
  project_id uuid not null references project on delete cascade,
  member_id uuid not null references member on delete cascade,
  created_at timestamptz(3) not null default now(),
  primary key (project_id, member_id)
);
create index project_member_member on project_member (member_id);
grant select, insert, delete on project_member to :schema;

create table task (
  id uuid primary key,
  project_id uuid not null references project on delete cascade,
  number integer not null,
  title text not null check (length(title) between 1 and 500),
  description text not null default '' check (length(description) <= 100000),
  status text not null default 'todo'
    check (status in ('backlog', 'todo', 'doing', 'review', 'done', 'cancelled')),
  priority text not null default 'none' check (priority in ('none', 'low', 'medium', 'high', 'urgent')),
  creator_id uuid references member on delete set null,
  assignee_id uuid references member on delete set null,
  -- Deferrable: in an import a subtask may stand above its parent.
  parent_id uuid references task on delete set null deferrable,
  start_on date,
  due_on date,
  estimate_seconds integer check (estimate_seconds between 0 and 315360000),
  position double precision not null default 0,
  search tsvector generated always as (
    setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', left(description, 20000))) stored,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  closed_at timestamptz(3),
  constraint task_not_its_own_parent check (parent_id <> id),
  constraint task_dates_in_order check (due_on >= start_on)
);
create unique index task_number on task (project_id, number);
create index task_position on task (project_id, position, id);
create index task_assignee on task (assignee_id, id);
create index task_creator on task (creator_id, id);
create index task_due on task (due_on, id) where due_on is not null;
create index task_updated on task (updated_at, id);
create index task_parent on task (parent_id) where parent_id is not null;
create index task_search on task using gin (search);
grant select, insert, update, delete on task to :schema;

create table tag (
  id uuid primary key,
  name text not null check (length(name) between 1 and 60),
  color text not null default '#868e96' check (color ~ '^#[0-9a-f]{6}$'),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index tag_name on tag (lower(name));
grant select, insert, update, delete on tag to :schema;

create table task_tag (
  task_id uuid not null references task on delete cascade,
  tag_id uuid not null references tag on delete cascade,
  primary key (task_id, tag_id)
);
create index task_tag_tag on task_tag (tag_id, task_id);
grant select, insert, delete on task_tag to :schema;

create table task_viewer (
  task_id uuid not null references task on delete cascade,
  member_id uuid not null references member on delete cascade,
  primary key (task_id, member_id)
);
create index task_viewer_member on task_viewer (member_id, task_id);
grant select, insert, delete on task_viewer to :schema;

create table comment (
  id uuid primary key,
  task_id uuid not null references task on delete cascade,
  author_id uuid references member on delete set null,
  -- Who wrote it where that person is not a member, as in an import.
  author_name text not null default '' check (length(author_name) <= 200),
  body text not null check (length(body) between 1 and 100000),
  search tsvector generated always as (to_tsvector('simple', left(body, 20000))) stored,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  edited_at timestamptz(3)
);
create index comment_task on comment (task_id, id);
create index comment_author on comment (author_id) where author_id is not null;
create index comment_search on comment using gin (search);
grant select, insert, update, delete on comment to :schema;

create table attachment (
  id uuid primary key,
  task_id uuid not null references task on delete cascade,
  creator_id uuid references member on delete set null,
  name text not null check (length(name) between 1 and 255),
  media_type text not null,
  size_bytes bigint not null check (size_bytes >= 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  version integer not null default 1,
  created_at timestamptz(3) not null default now()
);
create index attachment_task on attachment (task_id, id);
create index attachment_creator on attachment (creator_id) where creator_id is not null;
grant select, insert, delete on attachment to :schema;

create table time_entry (
  id uuid primary key,
  -- No cascade: removing a person never removes hours that were worked, and perhaps billed.
  member_id uuid not null references member,
  project_id uuid not null references project on delete cascade,
  task_id uuid references task on delete set null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  note text not null default '' check (length(note) <= 2000),
  billable boolean not null default false,
  rate_cents integer check (rate_cents between 0 and 100000000),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  constraint time_entry_in_order check (ended_at >= started_at)
);
create unique index time_entry_running on time_entry (member_id) where ended_at is null;
create index time_entry_started on time_entry (started_at, id);
create index time_entry_member on time_entry (member_id, started_at, id);
create index time_entry_project on time_entry (project_id, started_at, id);
create index time_entry_task on time_entry (task_id) where task_id is not null;
grant select, insert, update, delete on time_entry to :schema;

-- Written by triggers only. No login may change it: not by privilege, and not by trigger either.
create table audit_event (
  id uuid primary key,
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz(3) not null default clock_timestamp(),
  entity text not null,
  entity_id uuid not null,
  task_id uuid,
  project_id uuid,
  action text not null,
  member_id uuid,
  token_id uuid,
  request_id text,
  changes jsonb not null
);
-- Readers follow (xid, seq) and stop below the oldest running transaction, so none that commits late is missed.
create unique index audit_event_order on audit_event (xid, seq);
create index audit_event_entity on audit_event (entity_id, id);
create index audit_event_task on audit_event (task_id, id) where task_id is not null;
create index audit_event_member on audit_event (member_id, id) where member_id is not null;
grant select on audit_event to :schema;

create table api_token (
  id uuid primary key,
  member_id uuid not null references member on delete cascade,
  name text not null check (length(name) between 1 and 100),
  token_hash bytea not null,
  -- null: all that the member may; else resource → action → scope, never more than the member's own.
  permissions jsonb,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  revoked_at timestamptz(3)
);
create unique index api_token_hash on api_token (token_hash);
create index api_token_member on api_token (member_id, id);
grant select, insert, update, delete on api_token to :schema;

create table webhook (
  id uuid primary key,
  url text not null check (length(url) <= 2000),
  actions text[] not null default '{}',
  secret kontor.sealed not null,
  active boolean not null default true,
  sent_xid xid8 not null default '0',
  sent_seq bigint not null default 0,
  failures integer not null default 0,
  last_status text,
  retry_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
grant select, insert, update, delete on webhook to :schema;

-- A chat room that is told what happens; the address it is reached at is the secret.
create table integration (
  id uuid primary key,
  kind text not null check (kind in ('slack', 'mattermost', 'teams')),
  name text not null check (length(name) between 1 and 100),
  actions text[] not null default '{}',
  token kontor.sealed not null,
  active boolean not null default true,
  sent_xid xid8 not null default '0',
  sent_seq bigint not null default 0,
  failures integer not null default 0,
  last_status text,
  retry_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
grant select, insert, update, delete on integration to :schema;

create table notification (
  id uuid primary key,
  member_id uuid not null references member on delete cascade,
  event_id uuid not null,
  kind text not null check (kind in ('assigned', 'mentioned', 'commented', 'viewer_added', 'status_changed')),
  task_id uuid references task on delete cascade,
  actor_id uuid references member on delete set null,
  created_at timestamptz(3) not null default now(),
  read_at timestamptz(3)
);
create unique index notification_once on notification (member_id, event_id, kind);
create index notification_task on notification (task_id);
create index notification_member on notification (member_id, id);
grant select, insert, update, delete on notification to :schema;

create table saved_view (
  id uuid primary key,
  member_id uuid not null references member on delete cascade,
  name text not null check (length(name) between 1 and 100),
  shared boolean not null default false,
  layout text not null default 'list' check (layout in ('list', 'board')),
  filters jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index saved_view_member on saved_view (member_id);
grant select, insert, update, delete on saved_view to :schema;

create table import (
  id uuid primary key,
  member_id uuid references member on delete set null,
  format text not null,
  file_name text not null,
  mapping jsonb,
  -- Where everything goes, if the caller named a project; no reference, so that it is missed when it is gone.
  project_id uuid,
  -- The API token that it was begun with: an import never does more than that token may.
  token_id uuid,
  attempts smallint not null default 0,
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
  done_count integer not null default 0,
  total_count integer not null default 0,
  result jsonb,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  finished_at timestamptz(3)
);
grant select, insert, update, delete on import to :schema;

create table idempotency (
  member_id uuid not null references member on delete cascade,
  key text not null check (length(key) between 1 and 200),
  request_sha256 bytea not null,
  status smallint,
  response kontor.sealed,
  created_at timestamptz(3) not null default now(),
  primary key (member_id, key)
);
create index idempotency_created_at on idempotency (created_at);
grant select, insert, update, delete on idempotency to :schema;
