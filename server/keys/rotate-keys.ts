import { setTimeout as pause } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { sealedColumns } from '#server/crypto/sealed-columns.ts'
import { countSealed, type SealedCount } from '#server/keys/count-sealed.ts'
import { moveInstallationLogins, moveWorkspaceLogin } from '#server/keys/move-login.ts'
import { type InTransaction, resealColumn } from '#server/keys/reseal-column.ts'
import { findRotation, listHolders, reopenRotation } from '#server/keys/rotation.ts'
import type { Services } from '#server/services.ts'

const againMs = 1_000
const mostRounds = 30

/**
 * Moves everything that depends on a key to the one that seals: sealed fields, the workspaces' own keys, and the logins'
 * passwords. Looks at everything and changes what is behind, so that it may be killed anywhere and run again, by two
 * processes at once too. Ends when a count finds nothing under another key but what does not open.
 */
export async function rotateKeys(services: Services, signal: AbortSignal): Promise<void> {
  const { keys } = services
  for (let round = 0; round < mostRounds && !signal.aborted; round++) {
    const rotation = await findRotation(services)
    if (!rotation?.activatedAt || rotation.finishedAt) return
    const { version } = rotation
    // Who seals with the key before is about to hear of it: what it sealed meanwhile is for the next round.
    const holders = await listHolders(services)
    const isAgreed = keys.newest === version && holders.every(holder => holder.sealing === version)
    if (keys.newest === version) {
      const { broken } = await moveEverything(services, version, signal)
      if (signal.aborted) return
      if (isAgreed && countBehind(await countSealed(services), version) <= broken) {
        await finish(services, version, broken)
        return
      }
    }
    await pause(againMs, undefined, { signal }).catch(() => undefined)
  }
  if (!signal.aborted) throw new Error('Something still depends on an older key; the rotation goes on in a minute.')
}

/** What is not as it should be under the newest key. A workspace that cannot be looked at counts too. */
export function countBehind({ keys, unreachable }: SealedCount, newest: number): number {
  const older = keys.filter(({ version }) => version !== newest)
  const others = older.reduce((sum, use) => sum + use.fields + use.logins + use.workspaceKeys, 0)
  const current = keys.find(({ version }) => version === newest)
  return others + (current?.withoutWorkspaceKey ?? 0) + unreachable.length
}

async function moveEverything(services: Services, version: number, signal: AbortSignal): Promise<{ broken: number }> {
  const { platform, log } = services
  await moveInstallationLogins(services)
  const directory = await platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('status', 'in', ['active', 'broken'])
    .orderBy('id')
    .execute()
  const tell = teller(services, version, directory.length + 1)
  let broken = await resealScope(services, 'platform', work => platform.transact(db => work(db as never)), signal)
  await tell(1)
  for (const [place, workspace] of directory.entries()) {
    if (signal.aborted) break
    try {
      await moveWorkspaceLogin(services, workspace)
      await rewrap(services, workspace.id)
      broken += await resealScope(
        services,
        workspace.id,
        work => services.workspaces.system(workspace, db => work(db as unknown as Kysely<unknown>)),
        signal,
      )
    } catch (error) {
      // One that is broken, or was deleted a moment ago, must not keep the others waiting; the count finds it.
      log.warn(
        { err: error, workspace: workspace.id },
        'a workspace was not moved to the newest key; it is tried again',
      )
    }
    await tell(place + 2)
  }
  return { broken }
}

async function resealScope(
  { sealer }: Services,
  workspace: string,
  transact: InTransaction,
  signal: AbortSignal,
): Promise<number> {
  let broken = 0
  const scope = workspace === 'platform' ? 'platform' : 'workspace'
  for (const declared of sealedColumns.filter(each => each.scope === scope)) {
    broken += (await resealColumn(sealer, workspace, declared, transact, signal)).broken
  }
  return broken
}

// The row is held, so that a deletion that destroys the key comes before or after, and never finds it back.
async function rewrap({ platform, workspaceKeys }: Services, id: string): Promise<void> {
  await platform.transact(async db => {
    const row = await db
      .selectFrom('workspace')
      .select('id')
      .where('id', '=', id)
      .where('status', 'in', ['active', 'broken'])
      .forUpdate()
      .executeTakeFirst()
    if (row && workspaceKeys.versionOf(id) !== undefined) workspaceKeys.rewrap(id)
  })
}

/** Writes down how far it is, at most once a second, and at the end. */
function teller({ platform }: Services, version: number, total: number) {
  let last = 0
  return async (done: number) => {
    if (performance.now() - last < 1_000 && done < total) return
    last = performance.now()
    await platform.db.updateTable('key_rotation').set({ total, done }).where('version', '=', version).execute()
  }
}

async function finish(services: Services, version: number, broken: number): Promise<void> {
  await services.platform.db
    .updateTable('key_rotation')
    .set({ finished_at: sql`now()`, broken })
    .where('version', '=', version)
    .execute()
  services.log.info({ version, broken }, 'everything is under the newest key')
}

/** Goes on with what a killed process left, without waiting for the schedule. */
export async function resumeRotation(services: Services): Promise<void> {
  const rotation = await findRotation(services)
  if (rotation?.activatedAt && !rotation.finishedAt) await enqueue(services)
}

/** Begins the work again where something may be behind. */
export async function rotateKeysLater(services: Services): Promise<void> {
  await reopenRotation(services, services.keys.newest)
  await enqueue(services)
}

function enqueue({ jobs }: Services): Promise<void> {
  return jobs.add('rotate-keys', {}, { key: 'rotate-keys', queue: 'rotate-keys' })
}
