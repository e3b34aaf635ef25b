import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { Services } from '#server/services.ts'

/** At most `limit` in any `seconds`, for all that shares the bucket. */
export type RateLimit = { bucket: Buffer; limit: number; seconds: number }

/** The bucket of a purpose and of whoever is counted: a digest, so that the table names nobody. */
export function bucketOf(purpose: string, ...parts: string[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([purpose, ...parts]))
    .digest()
}

/**
 * Counts one against each of these limits, or against none when one of them is used up. Exact for any number of
 * server processes at once, because PostgreSQL counts.
 * @returns 0, or after how many seconds it is worth trying again.
 */
export async function takeFromLimits({ platform, clock }: Services, limits: readonly RateLimit[]): Promise<number> {
  // In one order, so that two requests with the same buckets cannot wait for each other.
  const ordered = limits.toSorted((a, b) => Buffer.compare(a.bucket, b.bucket))
  try {
    await platform.transact(async db => {
      for (const limit of ordered) await take(db, clock.now(), limit)
    })
    return 0
  } catch (error) {
    if (error instanceof UsedUp) return error.seconds
    throw error
  }
}

/**
 * The same for one limit, in a transaction that goes on either way. @returns whether there was room.
 */
export async function takeWithin(db: PlatformDatabase, now: Temporal.Instant, limit: RateLimit): Promise<boolean> {
  try {
    await take(db, now, limit)
    return true
  } catch (error) {
    if (error instanceof UsedUp) return false
    throw error
  }
}

class UsedUp extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('a limit is used up')
    this.seconds = seconds
  }
}

async function take(db: PlatformDatabase, now: Temporal.Instant, { bucket, limit, seconds }: RateLimit): Promise<void> {
  const at = now.toString()
  const since = now.subtract({ seconds }).toString()
  const taken = await sql`
    insert into rate_limit as r (bucket, hits, expires_at)
    values (${bucket}, array[${at}::timestamptz], ${now.add({ seconds }).toString()})
    on conflict (bucket) do update set
      hits = array(select h from unnest(r.hits) h where h > ${since} order by h) || ${at}::timestamptz,
      expires_at = excluded.expires_at
    where (select count(*) from unnest(r.hits) h where h > ${since}) < ${limit}
    returning 1`.execute(db)
  if (taken.rows.length > 0) return
  // The place that is free first is that of the oldest of the newest `limit`.
  const { rows } = await sql<{ free_at: string }>`
    select h + make_interval(secs => ${seconds}) as free_at from rate_limit r, unnest(r.hits) h
    where r.bucket = ${bucket} order by h desc offset ${limit - 1} limit 1`.execute(db)
  const waitMs = rows[0] ? Date.parse(rows[0].free_at) - now.epochMilliseconds : 0
  throw new UsedUp(Math.max(1, Math.ceil(waitMs / 1000)))
}
