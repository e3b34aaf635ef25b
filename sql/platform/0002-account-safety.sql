-- Accounts that are hard to break into and hard to be locked out of.

-- Null: made by a workspace's identity provider; a password reset gives it one.
alter table account alter column password_hash drop not null;
-- Under 15 characters: allowed only as long as there is a second factor beside it.
alter table account add column password_is_short boolean not null default false;

-- How the person signed in, and when they last proved who they are. A session that a workspace's identity provider
-- vouched for enters that workspace only: one workspace's administrators decide nothing about another's data.
alter table session
  add column method text not null default 'password'
    check (method in ('password', 'passkey', 'single_sign_on', 'signup', 'invitation')),
  add column second_factor boolean not null default false,
  add column proved_at timestamptz(3) not null default now(),
  add column workspace_id uuid references workspace on delete cascade;
create index session_workspace_id on session (workspace_id) where workspace_id is not null;

-- In the directory too, because it is asked of every request: the workspace's own row has it with its history.
alter table workspace add column requires_second_factor boolean not null default false;

-- A browser in which an account signed in before, so that somebody else's failures do not lock it out.
create table known_device (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  token_hash bytea not null,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3) not null default now()
);
create unique index known_device_token on known_device (token_hash, account_id);
create index known_device_account on known_device (account_id);
create index known_device_last_used on known_device (last_used_at);
grant select, insert, update, delete on known_device to kontor_platform;

-- Failed sign-ins: by account, by account and network, or by known device. `key` is a digest, because addresses that
-- have no account are counted just the same.
create table sign_in_guard (
  key bytea primary key,
  account_id uuid references account on delete cascade,
  purpose text not null check (purpose in ('password', 'second_factor')),
  -- Since the last success, or since it was lifted.
  failures integer not null default 0,
  -- Since the last success, whatever was lifted or ran out.
  consecutive integer not null default 0,
  locked_until timestamptz(3),
  last_failed_at timestamptz(3) not null
);
create index sign_in_guard_account on sign_in_guard (account_id) where account_id is not null;
create index sign_in_guard_last_failed on sign_in_guard (last_failed_at);
grant select, insert, update, delete on sign_in_guard to kontor_platform;

-- Exact sliding windows: the instants that count, none older than the window. `bucket` is a digest.
create table rate_limit (
  bucket bytea primary key,
  hits timestamptz(3)[] not null,
  expires_at timestamptz(3) not null
);
create index rate_limit_expires_at on rate_limit (expires_at);
grant select, insert, update, delete on rate_limit to kontor_platform;

-- A request is written for any address, known or not; the worker looks whose it is, and mails the code.
create table password_reset (
  id uuid primary key,
  email_digest bytea not null,
  payload kontor.sealed,
  account_id uuid references account on delete cascade,
  code_hash text,
  attempts smallint not null default 0,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index password_reset_email on password_reset (email_digest, id);
create index password_reset_account on password_reset (account_id);
create index password_reset_expires_at on password_reset (expires_at);
grant select, insert, update, delete on password_reset to kontor_platform;

create table email_change (
  account_id uuid primary key references account on delete cascade,
  id uuid not null,
  payload kontor.sealed not null,
  code_hash text not null,
  attempts smallint not null default 0,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index email_change_expires_at on email_change (expires_at);
grant select, insert, update, delete on email_change to kontor_platform;

create table totp (
  account_id uuid primary key references account on delete cascade,
  secret kontor.sealed not null,
  confirmed_at timestamptz(3),
  -- The time step of the last code that was taken: none is taken twice (RFC 6238, section 5.2).
  last_step bigint not null default 0,
  created_at timestamptz(3) not null default now()
);
grant select, insert, update, delete on totp to kontor_platform;

create table recovery_code (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  code_hash bytea not null,
  used_at timestamptz(3)
);
create unique index recovery_code_hash on recovery_code (account_id, code_hash);
grant select, insert, update, delete on recovery_code to kontor_platform;

create table passkey (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  name text not null check (length(name) between 1 and 100),
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  synced boolean not null default false,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3)
);
create unique index passkey_credential on passkey (credential_id);
create index passkey_account on passkey (account_id);
grant select, insert, update, delete on passkey to kontor_platform;

-- What an authenticator is asked to sign, once. Without an account: to sign in with a passkey alone.
create table passkey_challenge (
  id uuid primary key,
  account_id uuid references account on delete cascade,
  purpose text not null check (purpose in ('add', 'sign-in', 'second-factor', 'proof')),
  challenge bytea not null,
  expires_at timestamptz(3) not null
);
create index passkey_challenge_account on passkey_challenge (account_id);
create index passkey_challenge_expires_at on passkey_challenge (expires_at);
grant select, insert, delete on passkey_challenge to kontor_platform;

-- What happened to an account. `spread_at`: when its owner's mail was written, and the list of workspaces to tell.
create table account_event (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  at timestamptz(3) not null,
  kind text not null,
  address inet,
  user_agent text not null default '',
  details jsonb not null default '{}',
  spread_at timestamptz(3)
);
create index account_event_account on account_event (account_id, id);
create index account_event_waiting on account_event (id) where spread_at is null;
create index account_event_at on account_event (at);
grant select, insert, update, delete on account_event to kontor_platform;

-- Whose history an event is still to be written into. One that cannot be reached is told later, after `retry_at`.
create table account_event_telling (
  workspace_id uuid not null references workspace on delete cascade,
  event_id uuid not null references account_event on delete cascade,
  member_id uuid not null,
  attempts smallint not null default 0,
  retry_at timestamptz(3),
  primary key (workspace_id, event_id)
);
create index account_event_telling_event on account_event_telling (event_id);
grant select, insert, update, delete on account_event_telling to kontor_platform;

-- When a mail that was not taken, or whose sender was killed, is tried again.
alter table mail add column retry_at timestamptz(3);

-- Whose domain it is: one workspace's at most, once shown by a DNS record.
create table sign_on_domain (
  workspace_id uuid not null references workspace on delete cascade,
  domain text not null check (domain = lower(domain)),
  token text not null,
  verified_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  primary key (workspace_id, domain)
);
create unique index sign_on_domain_verified on sign_on_domain (domain) where verified_at is not null;
grant select, insert, update, delete on sign_on_domain to kontor_platform;

-- Who of a workspace's identity provider is which account: the address may change, the subject never does.
create table sign_on_identity (
  workspace_id uuid not null references workspace on delete cascade,
  issuer text not null,
  subject text not null,
  account_id uuid not null references account on delete cascade,
  created_at timestamptz(3) not null default now(),
  primary key (workspace_id, issuer, subject)
);
create index sign_on_identity_account on sign_on_identity (account_id);
grant select, insert, update, delete on sign_on_identity to kontor_platform;

-- A visit to an identity provider that is not back yet: state, nonce and PKCE verifier, used once.
create table sign_on_attempt (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete cascade,
  state_hash bytea not null,
  payload kontor.sealed not null,
  expires_at timestamptz(3) not null
);
create unique index sign_on_attempt_state on sign_on_attempt (state_hash);
create index sign_on_attempt_workspace on sign_on_attempt (workspace_id);
create index sign_on_attempt_expires_at on sign_on_attempt (expires_at);
grant select, insert, delete on sign_on_attempt to kontor_platform;
