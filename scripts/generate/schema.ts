import type pg from 'pg'

/** What a schema consists of, as a reviewer reads it: tables with their constraints, indexes, triggers, functions. */
export async function dumpSchema(client: pg.Client, schema: string, name: string): Promise<string> {
  const parts = [`-- What sql/${name}/ adds up to. Made by \`npm run generate\`; a test fails when it is stale.`]
  for (const query of [domains, tables, indexes, triggers, functions]) {
    const { rows } = await client.query<{ text: string }>(query, [schema])
    parts.push(...rows.map(row => row.text))
  }
  return `${parts.join('\n\n').replaceAll(schema, name === 'workspace' ? ':schema' : schema)}\n`
}

/** Who owns what and who may do what: every role, schema, table, column, sequence, function and type of ours. */
export async function dumpPrivileges(client: pg.Client, workspaceSchema: string): Promise<string> {
  const parts = [
    '# Every role, owner and grant. Made by `npm run generate`: a new table shows up here, and in a test, with its grants.',
  ]
  for (const [title, query] of Object.entries(privileges)) {
    const { rows } = await client.query<{ text: string }>(query.replaceAll(':ours', `'${workspaceSchema}'`))
    parts.push(`## ${title}\n${rows.map(row => row.text).join('\n')}`)
  }
  return `${parts.join('\n\n').replaceAll(workspaceSchema, ':schema')}\n`
}

const domains = `
  select format('create domain %s.%I as %s %s;', typnamespace::regnamespace, typname, format_type(typbasetype, typtypmod),
    (select string_agg(pg_get_constraintdef(c.oid), ' ') from pg_constraint c where c.contypid = t.oid)) as text
  from pg_type t where typtype = 'd' and typnamespace = 'kontor'::regnamespace and $1::text = 'platform' order by typname`

const tables = `
  select format(E'create table %I (\n%s\n);', c.relname, string_agg(line, E',\n' order by place, line)) as text
  from pg_class c
  cross join lateral (
    select a.attnum as place, format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then ' not null' else '' end,
      case when a.attidentity = 'a' then ' generated always as identity'
        when a.attgenerated = 's' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
        when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end) as line
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    union all
    select 10000, format('  constraint %I %s', k.conname, pg_get_constraintdef(k.oid))
    from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'
  ) as lines
  where c.relnamespace = $1::text::regnamespace and c.relkind = 'r'
  group by c.relname order by c.relname`

const indexes = `
  select pg_get_indexdef(i.indexrelid) || ';' as text
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relnamespace = $1::text::regnamespace and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))
  order by c.relname`

const triggers = `
  select pg_get_triggerdef(t.oid) || ';' || case t.tgenabled when 'A' then ' -- enabled always' else '' end as text
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where c.relnamespace = $1::text::regnamespace and not t.tgisinternal order by c.relname, t.tgname`

const functions = `
  select pg_get_functiondef(p.oid) || ';' as text from pg_proc p
  where p.pronamespace = $1::text::regnamespace or ($1::text = 'platform' and p.pronamespace = 'kontor'::regnamespace) order by p.proname`

// Column and table grants as "who=what", in the order of names so that the text is stable.
const acl = (column: string) =>
  `coalesce((select string_agg(entry::text, ' ' order by entry::text collate "C") from unnest(${column}) as entry), '(owner and defaults)')`

const ours = `(n.nspname in ('platform', 'kontor') or n.nspname = :ours)`

const privileges = {
  'Roles: login, superuser, createrole, createdb, bypassrls, replication, inherit': `
    select format('%s: login=%s superuser=%s createrole=%s createdb=%s bypassrls=%s replication=%s inherit=%s', rolname, rolcanlogin,
      rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication, rolinherit) as text
    from pg_roles where rolname ~ '^kontor_' or rolname = :ours order by rolname collate "C"`,
  Memberships: `
    select format('%s is in %s (inherit=%s)', m.member::regrole, m.roleid::regrole, (select rolinherit from pg_roles where oid = m.member)) as text
    from pg_auth_members m where (m.member::regrole::text ~ '^kontor_' and m.roleid::regrole::text !~ '^w_') or m.member::regrole::text = :ours order by 1`,
  'Role settings': `
    select format('%s: %s', s.setrole::regrole, array_to_string(s.setconfig, ', ')) as text
    from pg_db_role_setting s where s.setrole::regrole::text ~ '^kontor_' or s.setrole::regrole::text = :ours order by 1`,
  Schemas: `
    select format('%s, owner %s: %s', nspname, nspowner::regrole, ${acl('nspacl')}) as text
    from pg_namespace n where ${ours} or nspname = 'public' order by nspname collate "C"`,
  'Tables and sequences': `
    select format('%s.%s, owner %s: %s', n.nspname, c.relname, c.relowner::regrole, ${acl('c.relacl')}) as text
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and c.relkind in ('r', 'S', 'v', 'm', 'p') order by n.nspname collate "C", c.relname collate "C"`,
  Columns: `
    select format('%s.%s.%s: %s', n.nspname, c.relname, a.attname, ${acl('a.attacl')}) as text
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and a.attacl is not null order by 1`,
  Functions: `
    select format('%s.%s(%s), owner %s%s: %s', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), p.proowner::regrole,
      case when p.prosecdef then ', security definer' else '' end, ${acl('p.proacl')}) as text
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours} order by n.nspname collate "C", p.proname collate "C"`,
  Types: `
    select format('%s.%s, owner %s: %s', n.nspname, t.typname, t.typowner::regrole, ${acl('t.typacl')}) as text
    from pg_type t join pg_namespace n on n.oid = t.typnamespace where ${ours} and t.typtype = 'd' order by 1`,
  'Policies and default privileges': `
    select format('%s', polname) as text from pg_policy union all
    select format('default privileges of %s: %s', defaclrole::regrole, ${acl('defaclacl')}) from pg_default_acl order by 1`,
}
