import { sql } from 'kysely'
import { silentSeconds } from '#server/keys/follow-keys.ts'
import type { Services } from '#server/services.ts'

/** One key's turn: announced, then activated when every process has it, then finished when nothing is under another. */
export type Rotation = {
  version: number
  announcedAt: string
  activatedAt: string | null
  finishedAt: string | null
  total: number
  done: number
  broken: number
}

/** The last one, begun or done. */
export function findRotation({ platform }: Services): Promise<Rotation | undefined> {
  return platform.db
    .selectFrom('key_rotation')
    .select([
      'version',
      'announced_at as announcedAt',
      'activated_at as activatedAt',
      'finished_at as finishedAt',
      'total',
      'done',
      'broken',
    ])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Has every process look for this version, and read with it. */
export async function announceKey({ platform }: Services, version: number): Promise<void> {
  await sql`insert into key_rotation (version) values (${version}) on conflict do nothing`.execute(platform.db)
}

/**
 * Makes the version the one that seals, if every living process has it. Nobody comes in between: the lock waits for
 * whoever is telling what keys it has, and who tells after it finds the key activated.
 * @returns the names of the processes that do not have it; none: it seals from now on.
 */
export function activateKey({ platform }: Services, version: number): Promise<string[]> {
  return platform.transact(async db => {
    await sql`lock table key_holder in share mode`.execute(db)
    const { rows } = await sql<{ name: string }>`
      select name from key_holder
      where seen_at > now() - make_interval(secs => ${silentSeconds}) and not versions @> array[${version}::integer]
      order by name`.execute(db)
    if (rows.length === 0)
      await sql`update key_rotation set activated_at = now() where version = ${version} and activated_at is null`.execute(
        db,
      )
    return rows.map(row => row.name)
  })
}

/** Has the worker look again for what is under other keys. */
export async function reopenRotation({ platform }: Services, version: number): Promise<void> {
  await platform.db.updateTable('key_rotation').set({ finished_at: null }).where('version', '=', version).execute()
}

/** The living processes: which key each seals with, and whether it runs jobs. */
export async function listHolders({ platform }: Services) {
  const { rows } = await sql<{ name: string; versions: number[]; sealing: number; works: boolean }>`
    select name, versions, sealing, works from key_holder
    where seen_at > now() - make_interval(secs => ${silentSeconds}) order by name`.execute(platform.db)
  return rows
}
