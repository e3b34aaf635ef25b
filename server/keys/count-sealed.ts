import { type Kysely, sql } from 'kysely'
import { sealedColumns } from '#server/crypto/sealed-columns.ts'
import { versionsOfFixedLogins } from '#server/keys/move-login.ts'
import type { Services } from '#server/services.ts'

/** What depends on a key version. `withoutWorkspaceKey`: of the fields, those of workspaces that their own key is not in. */
export type KeyUse = {
  version: number
  fields: number
  withoutWorkspaceKey: number
  logins: number
  workspaceKeys: number
}

export type ColumnUse = {
  scope: 'platform' | 'workspace'
  table: string
  column: string
  holds: string
  /** Key version → how many values are sealed under it. */
  values: Record<string, number>
}

export type SealedCount = {
  keys: KeyUse[]
  columns: ColumnUse[]
  /** Slugs of workspaces that could not be counted. */
  unreachable: string[]
  /** Slugs of workspaces whose own key is lost. */
  withoutKey: string[]
}

/** What is under which key, over the platform and every workspace: counted, not remembered. */
export async function countSealed(services: Services): Promise<SealedCount> {
  const { platform, workspaces, workspaceKeys } = services
  const tally = createTally()
  tally.fields('platform', await countColumns('platform', platform.db))
  for (const version of await versionsOfFixedLogins(services)) tally.add(version ?? 0, 'logins')
  const directory = await platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey', 'status', 'has_key as hasKey'])
    .where('status', '<>', 'deleting')
    .orderBy('id')
    .execute()
  const unreachable: string[] = []
  const withoutKey: string[] = []
  for (const { status, hasKey, ...workspace } of directory) {
    tally.add(workspace.loginKey, 'logins')
    const version = workspaceKeys.versionOf(workspace.id)
    if (version !== undefined) tally.add(version, 'workspaceKeys')
    else if (hasKey) withoutKey.push(workspace.slug)
    if (status === 'creating') continue
    try {
      const rows = await workspaces.system(workspace, db => countColumns('workspace', db as Kysely<unknown>))
      tally.fields('workspace', rows)
    } catch (error) {
      services.log.warn({ err: error, workspace: workspace.id }, 'the sealed fields of a workspace were not counted')
      unreachable.push(workspace.slug)
    }
  }
  return { ...tally.result(), unreachable, withoutKey }
}

type Counted = { column: string; version: number; bound: boolean; count: number }

async function countColumns(scope: 'platform' | 'workspace', db: unknown): Promise<Counted[]> {
  const parts = sealedColumns
    .filter(declared => declared.scope === scope)
    .map(
      ({ table, column }) => sql`
        select ${`${table}.${column}`}::text as "column", substring(${sql.ref(column)} from '^k([0-9]+)')::integer as version,
          ${sql.ref(column)} ~ '^k[0-9]+w' as bound, count(*)::integer as count
        from ${sql.table(table)} where ${sql.ref(column)} is not null group by 2, 3`,
    )
  return (await sql<Counted>`${sql.join(parts, sql` union all `)}`.execute(db as Kysely<unknown>)).rows
}

function createTally() {
  const uses = new Map<number, KeyUse>()
  const columns: ColumnUse[] = sealedColumns.map(({ scope, table, column, holds }) => ({
    scope,
    table,
    column,
    holds,
    values: {},
  }))

  function add(version: number, what: Exclude<keyof KeyUse, 'version'>, count = 1): void {
    const none = { version, fields: 0, withoutWorkspaceKey: 0, logins: 0, workspaceKeys: 0 }
    const use = uses.get(version) ?? none
    use[what] += count
    uses.set(version, use)
  }

  return {
    add,
    fields(scope: 'platform' | 'workspace', rows: Counted[]) {
      for (const { column, version, bound, count } of rows) {
        add(version, 'fields', count)
        if (scope === 'workspace' && !bound) add(version, 'withoutWorkspaceKey', count)
        const use = columns.find(each => each.scope === scope && `${each.table}.${each.column}` === column)!
        use.values[version] = (use.values[version] ?? 0) + count
      }
    },
    result: () => ({ keys: [...uses.values()].sort((a, b) => b.version - a.version), columns }),
  }
}
