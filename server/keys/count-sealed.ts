import { sql } from 'kysely'
import { sealedColumns } from '#server/crypto/sealed-columns.ts'
import type { Services } from '#server/services.ts'

export type KeyUse = { version: number; fields: number; logins: number; newest: boolean; missing: boolean }

/** What uses each key version, over the platform and every workspace: counted from the declared columns. */
export async function countSealed(services: Services): Promise<KeyUse[]> {
  const fields = new Map<number, number>()
  const add = (rows: { version: number; count: number }[], to: Map<number, number>) => {
    for (const { version, count } of rows) to.set(version, (to.get(version) ?? 0) + count)
  }
  const { platform, workspaces, keys } = services
  add((await sql<{ version: number; count: number }>`${countIn('platform')}`.execute(platform.db)).rows, fields)
  const directory = await platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('status', '=', 'active')
    .execute()
  for (const workspace of directory) {
    add(
      (
        await workspaces.system(workspace, db =>
          sql<{ version: number; count: number }>`${countIn('workspace')}`.execute(db),
        )
      ).rows,
      fields,
    )
  }
  const logins = new Map<number, number>()
  add(
    directory.map(workspace => ({ version: workspace.loginKey, count: 1 })),
    logins,
  )
  const versions = new Set([...keys.versions, ...fields.keys(), ...logins.keys()])
  return [...versions]
    .sort((a, b) => b - a)
    .map(version => ({
      version,
      fields: fields.get(version) ?? 0,
      logins: logins.get(version) ?? 0,
      newest: version === keys.newest,
      missing: !keys.versions.includes(version),
    }))
}

function countIn(scope: 'platform' | 'workspace') {
  const parts = sealedColumns
    .filter(column => column.scope === scope)
    .map(
      ({ table, column }) =>
        sql`select substring(${sql.ref(column)} from '^k(\d+):')::integer as version from ${sql.table(table)} where ${sql.ref(column)} is not null`,
    )
  return sql`select version, count(*)::integer as count from (${sql.join(parts, sql` union all `)}) as used group by version`
}
