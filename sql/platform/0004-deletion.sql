-- Until then a deletion can be taken back; nobody works in the workspace meanwhile.
alter table workspace add column delete_at timestamptz(3);
create index workspace_delete_at on workspace (delete_at) where delete_at is not null;

-- What can be shown of a deletion afterwards: when, and that nothing was found of it when it was looked for. It holds
-- no name of anybody, and the address of the workspace as a digest only.
create table deleted_workspace (
  id uuid primary key,
  slug_sha256 bytea not null,
  schema text not null,
  asked_at timestamptz(3),
  deleted_at timestamptz(3) not null,
  -- What was looked for, and how much of it was left: { "schema": 0, "login": 0, "files": 0, … }
  left_over jsonb not null
);
create index deleted_workspace_slug on deleted_workspace (slug_sha256);
grant select, insert on deleted_workspace to kontor_platform;
