import type pg from 'pg'
import { connectAs } from '#server/database/connect-as.ts'
import { loginAs } from '#server/database/server.ts'
import { parseTypes } from '#server/database/types.ts'
import type { Services } from '#server/services.ts'

export type Due = { id: string; slug: string; schema: string }

// A backend that serves many workspaces grows by about 40 KB for each.
const perConnection = 100

/** Walks workspaces one after another, on connections of the login that builds them. One that fails keeps no other waiting. */
export async function eachWorkspace(
  { database, keys, log }: Services,
  workspaces: readonly Due[],
  work: (client: pg.Client, workspace: Due) => Promise<void>,
  signal?: AbortSignal,
): Promise<{ failed: Due[] }> {
  const failed: Due[] = []
  for (let from = 0; from < workspaces.length && !signal?.aborted; from += perConnection) {
    let client: pg.Client | undefined
    try {
      for (const workspace of workspaces.slice(from, from + perConnection)) {
        if (signal?.aborted) break
        client ??= await connectAs(loginAs(database.server, keys, 'kontor_provisioner'), { types: parseTypes })
        try {
          await work(client, workspace)
        } catch (error) {
          log.error({ err: error, workspace: workspace.id }, 'the history of a workspace was not pruned')
          failed.push(workspace)
          // Whatever state it is in, the next one gets a connection of its own.
          await client.end().catch(() => undefined)
          client = undefined
        }
      }
    } finally {
      await client?.end().catch(() => undefined)
    }
  }
  return { failed }
}
