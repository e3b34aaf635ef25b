-- What a workspace asks of its members' accounts, and what it is told of them.

alter table workspace add column requires_second_factor boolean not null default false;
grant update (requires_second_factor) on workspace to :schema;
drop trigger workspace_touch on workspace;
create trigger workspace_touch before update of name, slug, plan, requires_second_factor on workspace
  for each row execute function kontor.touch_row();

-- The workspace's identity provider (OpenID Connect): one row or none.
create table sign_on (
  id uuid primary key,
  issuer text not null check (length(issuer) <= 2000),
  client_id text not null check (length(client_id) between 1 and 500),
  client_secret kontor.sealed,
  -- What a member gets whom the provider brings.
  role_id uuid not null references role,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index sign_on_one_row on sign_on ((true));
create index sign_on_role on sign_on (role_id);
grant select, insert, update, delete on sign_on to :schema;
create trigger sign_on_touch before update on sign_on for each row execute function kontor.touch_row();
create trigger sign_on_audit_insert after insert on sign_on referencing new table as new_rows
  for each statement execute function record_change('sign_on', '{}', '{client_secret}');
create trigger sign_on_audit_update after update on sign_on referencing old table as old_rows new table as new_rows
  for each statement execute function record_change('sign_on', '{}', '{client_secret}');
create trigger sign_on_audit_delete after delete on sign_on referencing old table as old_rows
  for each statement execute function record_change('sign_on', '{}', '{client_secret}');
alter table sign_on enable always trigger sign_on_audit_insert, enable always trigger sign_on_audit_update,
  enable always trigger sign_on_audit_delete;

-- Where and when a token was last used. That alone is no change that history tells of; a new network is.
alter table api_token
  add column last_used_at timestamptz(3),
  add column last_used_address inet,
  add column networks cidr[] not null default '{}';
drop trigger api_token_audit_update on api_token;
create trigger api_token_audit_update after update on api_token referencing old table as old_rows new table as new_rows
  for each statement execute function record_change('api_token', '{last_used_at,last_used_address,networks}', '{token_hash}');
alter table api_token enable always trigger api_token_audit_update;

-- Something that happened to a member's account: its own event, once, however often it is told.
create function record_account_event(p_id uuid, p_member uuid, p_kind text, p_at timestamptz, p_facts jsonb)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_kind !~ '^[a-z][a-z_]{1,40}$' or p_kind in ('created', 'updated', 'deleted') then
    raise exception using errcode = '22023', message = 'this is no kind of account event';
  end if;
  insert into :schema.audit_event (id, at, entity, entity_id, action, member_id, changes)
  select p_id, p_at, 'member', m.id, 'member.' || p_kind, m.id,
    coalesce((select pg_catalog.jsonb_object_agg(f.key, pg_catalog.jsonb_build_object('from', null, 'to', f.value))
      from pg_catalog.jsonb_each(p_facts) f where f.value <> 'null'), '{}')
  from :schema.member m
  where m.id = p_member
  on conflict (id) do nothing;
end
$$;
revoke execute on function record_account_event from public;
grant execute on function record_account_event to :schema;
