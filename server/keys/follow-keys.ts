import { hostname } from 'node:os'
import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Services } from '#server/services.ts'

const everyMs = 1_000
const tellEveryMs = 3_000

/** A process that has said nothing for this long is taken for gone. */
export const silentSeconds = 15

type Following = { stop(): Promise<void> }

/**
 * Keeps the keys of a process in step with those of the others, until it is stopped: tells the platform which keys it
 * has, takes up new ones, and seals with the one that all have. Resolves when this was done once.
 * @param works whether the process runs jobs.
 */
export async function followKeys(services: Services, name: string, works: boolean): Promise<Following> {
  const { keys, log, platform } = services
  const holder = { id: uuid7(), name: `${name} ${process.pid} on ${hostname()}`, works }
  let told = ''
  let toldAt = 0
  let failure = ''
  let stopped = false
  let hasAgreed = false
  let timer: NodeJS.Timeout | undefined
  let turn = Promise.resolve()

  await step()
  await forgetTheGone()
  plan()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await turn
      await platform.db
        .deleteFrom('key_holder')
        .where('id', '=', holder.id)
        .execute()
        .catch(() => undefined)
    },
  }

  function plan(): void {
    timer = setTimeout(() => {
      turn = step().then(
        () => {
          failure = ''
        },
        (error: Error) => {
          // Once for each reason, and not every second.
          if (failure !== error.message) log.error({ err: error }, 'the keys could not be compared with the others')
          failure = error.message
        },
      )
      turn.finally(() => stopped || plan())
    }, everyMs).unref()
  }

  /** Tells before it asks: who lets a key seal counts first who has it (`activateKey`), and misses nobody. */
  async function step(): Promise<void> {
    const unreadable = attempt(() => keys.refresh())
    await tell()
    const sealing = await agree()
    // Also where it is the newest of its own: one that is added to its source must not seal before all have it.
    if (sealing !== keys.newest || !hasAgreed) {
      await keys.learn(sealing)
      keys.sealWith(sealing)
      hasAgreed = true
    }
    await tell()
    if (unreadable) throw unreadable
  }

  /** Those that were killed: nobody counts them any more, and somebody has to sweep. */
  async function forgetTheGone(): Promise<void> {
    await sql`delete from key_holder where seen_at < now() - interval '1 hour'`.execute(platform.db)
  }

  async function tell(): Promise<void> {
    const versions = [...keys.versions]
    const now = JSON.stringify([versions, keys.newest])
    if (now === told && performance.now() - toldAt < tellEveryMs) return
    await sql`insert into key_holder (id, name, versions, sealing, works)
      values (${holder.id}, ${holder.name}, ${versions}, ${keys.newest}, ${holder.works})
      on conflict (id) do update set versions = excluded.versions, sealing = excluded.sealing, seen_at = now()`.execute(
      platform.db,
    )
    told = now
    toldAt = performance.now()
  }

  /** @returns the version that seals. A new installation seals with what it has; others may be announced. */
  async function agree(): Promise<number> {
    const known = () =>
      platform.db.selectFrom('key_rotation').select(['version', 'activated_at']).orderBy('version', 'desc').execute()
    let rows = await known()
    if (rows.length === 0) {
      await sql`insert into key_rotation (version, activated_at, finished_at) values (${keys.newest}, now(), now())
        on conflict do nothing`.execute(platform.db)
      rows = await known()
    }
    const announced = rows.find(row => row.activated_at === null)
    if (announced) await keys.learn(announced.version)
    return rows.find(row => row.activated_at !== null)?.version ?? keys.newest
  }
}

function attempt(work: () => void): unknown {
  try {
    work()
    return undefined
  } catch (error) {
    return error
  }
}
