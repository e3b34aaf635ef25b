import { join } from 'node:path'
import pg from 'pg'
import { loadKeysFile } from '#server/crypto/keys-file.ts'
import { createSealer, type Sealer } from '#server/crypto/seal.ts'
import { type SealedField, sealedColumns } from '#server/crypto/sealed-columns.ts'
import { openWorkspaceKeys } from '#server/keys/workspace-keys.ts'

/** The sealer of an installation, of its own files; it seals under the newest key or the given one. */
export function sealerOf(dataDir: string, version?: number): Sealer {
  const keys = loadKeysFile(join(dataDir, 'keys'))
  if (version !== undefined) keys.sealWith(version)
  return createSealer({ keys, workspaceKey: openWorkspaceKeys(join(dataDir, 'workspace-keys'), keys).get })
}

/** Opens every sealed value of the installation. @returns how many begin with which key; throws where one does not open. */
export async function openEverything(superuserUrl: string, dataDir: string): Promise<Record<string, number>> {
  const sealer = sealerOf(dataDir)
  const opened: Record<string, number> = {}
  const client = new pg.Client(superuserUrl)
  await client.connect()
  try {
    const { rows: workspaces } = await client.query<{ id: string; schema: string }>(
      'select id, schema from platform.workspace',
    )
    for (const { id, schema } of [{ id: 'platform', schema: 'platform' }, ...workspaces]) {
      const scope = id === 'platform' ? 'platform' : 'workspace'
      for (const { table, column, ...declared } of sealedColumns.filter(each => each.scope === scope)) {
        const row = 'row' in declared ? declared.row : 'id::text'
        const { rows } = await client.query<{ row: string; sealed: string }>(
          `select ${row} as row, ${column} as sealed from ${schema}.${table} where ${column} is not null`,
        )
        for (const { row, sealed } of rows) {
          sealer.open({ workspace: id, column: `${table}.${column}`, row } as SealedField, sealed)
          const key = sealed.slice(0, sealed.indexOf(':'))
          opened[key] = (opened[key] ?? 0) + 1
        }
      }
    }
  } finally {
    await client.end()
  }
  return opened
}
