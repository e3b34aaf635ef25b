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
  -- For the history: which domains' people the provider may bring is decided by the platform's own table.
  domains text[] not null default '{}',
  verified_domains text[] not null default '{}',
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

-- Where and when a token was last used. That alone is no change that history tells of; note_token_use tells of the first
-- use in a day, and of a new network. A token that another one made goes with it.
alter table api_token
  add column last_used_at timestamptz(3),
  add column last_used_network cidr,
  add column networks cidr[] not null default '{}',
  add column made_with uuid references api_token on delete cascade;
create index api_token_made_with on api_token (made_with) where made_with is not null;
drop trigger api_token_audit_update on api_token;
create trigger api_token_audit_update after update on api_token referencing old table as old_rows new table as new_rows
  for each statement execute function record_change('api_token', '{last_used_at,last_used_network,networks}', '{token_hash}');
alter table api_token enable always trigger api_token_audit_update;

create index audit_event_token on audit_event (token_id, id) where token_id is not null;

-- Notes a use of a token that is good: an event for the first one of a day in Brussels, and one for a network that is
-- not among the last 50. `noted_ms` says for how long uses from this network need no noting; 0: the token is not good.
create function note_token_use(p_token uuid, p_network cidr, out noted_ms integer, out told boolean)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz;
  v_today date;
  v_token record;
  v_actions text[] := '{}';
begin
  -- The lock makes uses at once one after the other, so that a new network is new to one of them only.
  select t.member_id, t.last_used_at, t.networks into v_token
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
  insert into :schema.audit_event (id, entity, entity_id, action, member_id, token_id, changes)
  select kontor.uuid7(), 'api_token', p_token, a.action, v_token.member_id, p_token,
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
$$;
revoke execute on function note_token_use from public;
grant execute on function note_token_use to :schema;

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

-- The link of an invitation, sealed, until its mail is written: whoever is killed in between loses no mail.
alter table invitation add column token kontor.sealed, add column mail_id uuid;
create index invitation_unmailed on invitation (id) where token is not null;
drop trigger invitation_touch on invitation;
create trigger invitation_touch before update of email, role_id, token_hash, inviter_id, expires_at on invitation
  for each row execute function kontor.touch_row();
drop trigger invitation_audit_insert on invitation;
create trigger invitation_audit_insert after insert on invitation referencing new table as new_rows
  for each statement execute function record_change('invitation', '{token,mail_id}', '{token_hash}');
drop trigger invitation_audit_update on invitation;
create trigger invitation_audit_update after update on invitation referencing old table as old_rows new table as new_rows
  for each statement execute function record_change('invitation', '{token,mail_id}', '{token_hash}');
drop trigger invitation_audit_delete on invitation;
create trigger invitation_audit_delete after delete on invitation referencing old table as old_rows
  for each statement execute function record_change('invitation', '{token,mail_id}', '{token_hash}');
alter table invitation enable always trigger invitation_audit_insert, enable always trigger invitation_audit_update,
  enable always trigger invitation_audit_delete;
