-- What the logins may do in the database itself. Run at every start by the administrative login; idempotent.
-- A temporary table or an object in "public" could shadow an unqualified name, so nobody may make one.
revoke all on schema public from public;
do $$
begin
  execute pg_catalog.format('revoke temporary, create on database %I from public', pg_catalog.current_database());
  execute pg_catalog.format('grant create on database %I to kontor_owner, kontor_jobs', pg_catalog.current_database());
end
$$;
create schema if not exists kontor authorization kontor_owner;
create schema if not exists platform authorization kontor_owner;
grant usage on schema kontor to public;
grant usage on schema platform to kontor_platform;
