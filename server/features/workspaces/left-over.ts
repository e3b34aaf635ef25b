import { connectAs } from '#server/database/connect-as.ts'
import { loginAs } from '#server/database/server.ts'
import type { Services } from '#server/services.ts'

/** What is found of a deleted workspace, by where it was looked for. All zero: nothing. */
export type LeftOver = {
  schema: number
  login: number
  keys: number
  files: number
  jobs: number
  sessions: number
  memberships: number
}

/** Looks everywhere that a workspace leaves traces: in the catalogue, the storage, the queue and the directory. */
export async function countLeftOver(
  services: Services,
  { id, schema }: { id: string; schema: string },
): Promise<LeftOver> {
  const { database, keys, workspaceKeys, storage, jobs, platform } = services
  const client = await connectAs(loginAs(database.server, keys, 'kontor_provisioner'))
  try {
    const { rows } = await client.query(
      `select (select count(*)::int from pg_namespace where nspname = $1) as schema,
         (select count(*)::int from pg_roles where rolname = $1) as login`,
      [schema],
    )
    let files = 0
    for await (const _ of storage.list(schema)) files++
    const { sessions, memberships } = await platform.db
      .selectNoFrom(eb => [
        eb.selectFrom('session').where('workspace_id', '=', id).select(eb.fn.countAll<number>().as('n')).as('sessions'),
        eb
          .selectFrom('membership')
          .innerJoin('workspace', 'workspace.id', 'membership.workspace_id')
          .where('workspace.id', '=', id)
          .where('workspace.status', '<>', 'deleting')
          .select(eb.fn.countAll<number>().as('n'))
          .as('memberships'),
      ])
      .executeTakeFirstOrThrow()
    return {
      schema: rows[0].schema,
      login: rows[0].login,
      keys: workspaceKeys.count(id),
      files,
      jobs: await jobs.countOf(id),
      sessions: sessions ?? 0,
      memberships: memberships ?? 0,
    }
  } finally {
    await client.end()
  }
}
