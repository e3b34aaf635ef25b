-- The logins of an installation. Run at every start by the administrative login; idempotent.
-- Passwords are set beside this file from keys that the database never sees (server/database/bootstrap.ts).
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'kontor_owner') then
    create role kontor_owner nologin noinherit;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'kontor_platform') then
    create role kontor_platform login noinherit;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'kontor_provisioner') then
    create role kontor_provisioner login noinherit createrole;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'kontor_jobs') then
    create role kontor_jobs login noinherit;
  end if;
  if not pg_catalog.pg_has_role('kontor_provisioner', 'kontor_owner', 'member') then
    grant kontor_owner to kontor_provisioner;
  end if;
end
$$;
alter role kontor_platform set search_path = platform;
alter role kontor_platform set statement_timeout = '10s';
alter role kontor_platform set lock_timeout = '5s';
alter role kontor_platform set idle_in_transaction_session_timeout = '30s';
alter role kontor_jobs set statement_timeout = '30s';
alter role kontor_jobs set idle_in_transaction_session_timeout = '60s';
