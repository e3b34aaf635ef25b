import type pg from 'pg'

type Column = {
  table: string
  column: string
  type: string
  nullable: boolean
  initial: 'none' | 'default' | 'always'
  check: string | null
}

/**
 * The TypeScript types of every table, read from the catalogue of a migrated database.
 * @param schemas the schema's name → the name of its interface.
 */
export async function generateTables(client: pg.Client, schemas: Record<string, string>): Promise<string> {
  const parts = [
    '// Made by `npm run generate` from sql/; do not edit.',
    "import type { ColumnType, Generated, GeneratedAlways } from 'kysely'",
  ]
  for (const [schema, name] of Object.entries(schemas)) {
    const { rows } = await client.query<Column>(columnsOf, [schema])
    const tables = Map.groupBy(rows, row => row.table)
    const body = [...tables].map(([table, columns]) => `  ${table}: {\n${columns.map(field).join('\n')}\n  }`)
    parts.push(`export type ${name} = {\n${body.join('\n')}\n}`)
  }
  return `${parts.join('\n\n')}\n`
}

const columnsOf = `
  select c.relname as table, a.attname as column, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) as type,
    not a.attnotnull as nullable,
    case when a.attgenerated <> '' or a.attidentity = 'a' then 'always' when a.atthasdef then 'default' else 'none' end as initial,
    (select pg_get_constraintdef(k.oid) from pg_constraint k
     where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
       and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%' limit 1) as check
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  where n.nspname = $1 and c.relkind = 'r'
  order by c.relname, a.attnum`

function field({ column, type, nullable, initial, check }: Column): string {
  const values = check?.match(/ARRAY\[(.*?)\]/)?.[1]?.match(/'[^']*'(?=::text)/g)
  const base = values ? values.join(' | ') : scalar(type)
  const full = nullable ? `${base} | null` : base
  if (initial === 'always') return `    ${column}: GeneratedAlways<${full}>`
  if (type === 'jsonb') return `    ${column}: ${json(nullable, initial === 'default')}`
  return `    ${column}: ${initial === 'default' ? `Generated<${full}>` : full}`
}

// Written as text, because node-postgres would turn an array into one of PostgreSQL's own.
function json(nullable: boolean, optional: boolean): string {
  const written = nullable ? 'string | null' : 'string'
  return `ColumnType<unknown, ${optional || nullable ? `${written} | undefined` : written}, ${written}>`
}

function scalar(type: string): string {
  if (type.endsWith('[]')) return `${scalar(type.slice(0, -2))}[]`
  if (/^(smallint|integer|bigint|double precision)$/.test(type)) return 'number'
  if (type === 'boolean') return 'boolean'
  if (type === 'bytea') return 'Buffer'
  return 'string'
}
