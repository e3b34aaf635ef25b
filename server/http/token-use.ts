import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { networkOf } from '#server/http/network.ts'
import type { Access } from '#server/permissions/access.ts'
import type { Services } from '#server/services.ts'

/**
 * Notes that a token was used, after the answer or beside a stream: at once where it is new to this process, to the
 * network or to the day, then every five minutes. The workspace's database says what is worth an event, by its own clock
 * (note_token_use).
 */
export function noteTokenUse(
  services: Services,
  workspace: WorkspaceAddress,
  { tokenId }: Pick<Access, 'tokenId'>,
  address: string,
): void {
  if (!tokenId) return
  const noted = notedBy(services)
  const now = services.clock.now().epochMilliseconds
  const network = networkOf(address)
  const key = `${tokenId}/${network}`
  if ((noted.get(key) ?? 0) > now) return
  // Taken before it is asked, so that requests at once ask once; a failure is tried again.
  put(noted, key, now + tryAgainMs)
  note(services, workspace, tokenId, network || null).then(
    ({ notedMs }) => put(noted, key, now + notedMs),
    (error: unknown) => services.log.warn({ err: error }, 'the use of an API token was not noted; the next one is'),
  )
}

const tryAgainMs = 2_000
const mostNoted = 20_000
const notedPerProcess = new WeakMap<Services, Map<string, number>>()

function notedBy(services: Services): Map<string, number> {
  const known = notedPerProcess.get(services) ?? new Map<string, number>()
  notedPerProcess.set(services, known)
  return known
}

// Forgetting the oldest costs a statement, and no event.
function put(noted: Map<string, number>, key: string, until: number): void {
  noted.delete(key)
  if (noted.size >= mostNoted) noted.delete(noted.keys().next().value!)
  noted.set(key, until)
}

async function note(
  { workspaces, events }: Services,
  workspace: WorkspaceAddress,
  tokenId: string,
  network: string | null,
): Promise<{ notedMs: number }> {
  const { rows } = await workspaces.system(workspace, db =>
    sql<{
      noted_ms: number
      told: boolean
    }>`select noted_ms, told from note_token_use_:schema(${tokenId}, ${network})`.execute(db),
  )
  if (rows[0]?.told) events.wake(workspace.schema)
  return { notedMs: rows[0]?.noted_ms ?? 0 }
}
