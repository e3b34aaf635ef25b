-- A legal hold keeps a workspace, and all of its history, from being deleted: the directory decides on deletions.
-- audit_due_at: no event leaves its history by retention before; unknown until somebody has looked.
alter table workspace
  add column legal_hold boolean not null default false,
  add column audit_due_at timestamptz(3);
