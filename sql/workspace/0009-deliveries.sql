-- What came of each event that a webhook was sent: kept for 30 days, and the newest 1,000 of a webhook.
create table webhook_delivery (
  webhook_id uuid not null references webhook on delete cascade,
  -- What is sent as webhook-id: the id of the audit event, or of a ping. No reference: history may forget it first.
  id uuid not null,
  action text not null,
  -- Pending was asked for again; failed is tried again in its turn, before all that comes after it.
  status text not null check (status in ('pending', 'delivered', 'failed', 'given_up')),
  -- The last of them: [{at, durationMs, responseStatus, answer, error}].
  attempts jsonb not null default '[]' check (jsonb_array_length(attempts) <= 20),
  attempt_count integer not null default 0,
  -- In a row, since it was asked for again.
  failures smallint not null default 0,
  next_attempt_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  finished_at timestamptz(3),
  primary key (webhook_id, id)
);
create index webhook_delivery_pending on webhook_delivery (webhook_id, id) where status = 'pending';
grant select, insert, update, delete on webhook_delivery to :schema;

-- The secret before this one goes on signing for a day, so that a receiver can change over without refusing anything.
alter table webhook
  add column previous_secret kontor.sealed,
  add column previous_until timestamptz(3),
  add constraint webhook_previous check (num_nulls(previous_secret, previous_until) in (0, 2));

drop trigger webhook_audit_insert on webhook;
create trigger webhook_audit_insert after insert on webhook referencing new table as new_rows for each statement
  execute function record_change('webhook',
    '{sent_xid,sent_seq,failures,last_status,retry_at,previous_secret,previous_until}', '{secret}');
drop trigger webhook_audit_update on webhook;
create trigger webhook_audit_update after update on webhook referencing old table as old_rows new table as new_rows
  for each statement execute function record_change('webhook',
    '{sent_xid,sent_seq,failures,last_status,retry_at,previous_secret,previous_until}', '{secret}');
drop trigger webhook_audit_delete on webhook;
create trigger webhook_audit_delete after delete on webhook referencing old table as old_rows for each statement
  execute function record_change('webhook',
    '{sent_xid,sent_seq,failures,last_status,retry_at,previous_secret,previous_until}', '{secret}');
alter table webhook enable always trigger webhook_audit_insert, enable always trigger webhook_audit_update,
  enable always trigger webhook_audit_delete;
