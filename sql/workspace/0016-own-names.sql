-- PostgreSQL looks a function up by its name over all schemas, and keeps all that it finds: among 2,000 workspaces each
-- new connection paid for 2,000 functions with every name. From here on a function's name ends with its schema's:
-- later migrations, and the server, write name_:schema.
do $$
declare
  v_names text;
  v_function regprocedure;
  v_name text;
  v_definition text;
begin
  select string_agg(distinct p.proname, '|') into v_names from pg_proc p where p.pronamespace = ':schema'::regnamespace;
  for v_function, v_name in
    select p.oid, p.proname from pg_proc p where p.pronamespace = ':schema'::regnamespace order by p.oid
  loop
    execute format('alter function %s rename to %I', v_function, v_name || '_:schema');
  end loop;
  -- In the bodies: calls, and the parameters that are told from columns by the name of their function.
  for v_definition in
    select pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = ':schema'::regnamespace order by p.oid
  loop
    execute regexp_replace(v_definition, '\m(' || v_names || ')(?=[(.])', '\1_:schema', 'g');
  end loop;
end
$$;
