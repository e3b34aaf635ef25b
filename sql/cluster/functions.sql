-- Built-in functions that widen what an injected statement could do. Only a superuser may revoke them, so this
-- file runs where we own the server; `kontor doctor` says when it could not.
do $$
declare
  signature text;
begin
  for signature in
    select p.oid::pg_catalog.regprocedure::text
    from pg_catalog.pg_proc p
    where p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
      and (
        p.proname in (
          'set_config', 'ts_stat', 'query_to_xml', 'query_to_xmlschema', 'query_to_xml_and_xmlschema',
          'cursor_to_xml', 'cursor_to_xmlschema', 'table_to_xml', 'table_to_xmlschema',
          'table_to_xml_and_xmlschema', 'schema_to_xml', 'schema_to_xmlschema', 'schema_to_xml_and_xmlschema',
          'database_to_xml', 'database_to_xmlschema', 'database_to_xml_and_xmlschema',
          'pg_sleep', 'pg_sleep_for', 'pg_sleep_until', 'pg_logical_emit_message', 'pg_export_snapshot'
        )
        or p.proname like 'lo\_%' or p.proname in ('loread', 'lowrite')
        or p.proname like 'pg\_advisory%' or p.proname like 'pg\_try\_advisory%'
      )
  loop
    execute pg_catalog.format('revoke execute on function %s from public', signature);
  end loop;
  -- The change functions of a workspace run as the owner and set the settings that the audit triggers read.
  grant execute on function pg_catalog.set_config(text, text, boolean) to kontor_owner;
  -- The queue's workers, and migrations, take advisory locks.
  for signature in
    select p.oid::pg_catalog.regprocedure::text from pg_catalog.pg_proc p
    where p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
      and (p.proname like 'pg\_advisory%' or p.proname like 'pg\_try\_advisory%' or p.proname = 'set_config')
  loop
    execute pg_catalog.format('grant execute on function %s to kontor_jobs, kontor_provisioner', signature);
  end loop;
end
$$;
