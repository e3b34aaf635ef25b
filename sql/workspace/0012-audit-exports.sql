-- Exports of the history that are made in the background, and what has them made by the clock. One table for both,
-- because each table is one in every workspace.
create table audit_export (
  id uuid primary key,
  kind text not null check (kind in ('export', 'schedule')),
  format text not null check (format in ('csv', 'ndjson')),
  -- Who asked for it, and with which API token: an export never takes more than they may at that moment. Those of a
  -- schedule are the workspace's own.
  member_id uuid references member on delete set null,
  token_id uuid,

  -- An export: the leaves from from_index on, below size. Each attempt writes a file of its own; file_id is the whole one.
  schedule_id uuid,
  filters jsonb not null default '{}',
  from_index bigint not null default 0,
  size bigint,
  status text check (status in ('waiting', 'running', 'done', 'failed')),
  -- Three at a time: one for each number.
  slot smallint check (slot between 1 and 3),
  attempts smallint not null default 0,
  done_count bigint not null default 0,
  total_count bigint,
  file_id uuid,
  size_bytes bigint,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  failure text check (length(failure) <= 500),
  finished_at timestamptz(3),
  expires_at timestamptz(3),

  -- A schedule: at this local hour, a week's on its Monday and a month's on its first day; next_index is the first leaf
  -- that none of its exports holds.
  every text check (every in ('daily', 'weekly', 'monthly')),
  hour smallint check (hour between 0 and 23),
  webhook_id uuid references webhook on delete set null,
  active boolean,
  next_at timestamptz(3),
  next_index bigint,

  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  constraint audit_export_whole check (case kind
    when 'export' then status is not null and (status <> 'done' or num_nulls(size, file_id, size_bytes, sha256, expires_at) = 0)
    else num_nulls(every, hour, active, next_at, next_index) = 0 end)
);
create unique index audit_export_slot on audit_export (slot) where slot is not null;
-- A schedule makes one export of any leaf, however many processes take its turn.
create unique index audit_export_once on audit_export (schedule_id, from_index) where schedule_id is not null;
grant select, insert, update, delete on audit_export to :schema;

create trigger audit_export_touch before update of format, every, hour, webhook_id, active, status on audit_export
  for each row execute function kontor.touch_row();
create trigger audit_export_audit_insert after insert on audit_export referencing new table as new_rows
  for each statement execute function record_change('audit_export',
    '{slot,attempts,done_count,total_count,file_id,size_bytes,sha256,failure,status,size,finished_at,expires_at,next_at,next_index}', '{}');
create trigger audit_export_audit_update after update on audit_export referencing old table as old_rows new table as new_rows
  for each statement execute function record_change('audit_export',
    '{slot,attempts,done_count,total_count,file_id,size_bytes,sha256,failure,status,size,finished_at,expires_at,next_at,next_index}', '{}');
create trigger audit_export_audit_delete after delete on audit_export referencing old table as old_rows
  for each statement execute function record_change('audit_export',
    '{slot,attempts,done_count,total_count,file_id,size_bytes,sha256,failure,status,size,finished_at,expires_at,next_at,next_index}', '{}');
alter table audit_export enable always trigger audit_export_audit_insert,
  enable always trigger audit_export_audit_update, enable always trigger audit_export_audit_delete;
