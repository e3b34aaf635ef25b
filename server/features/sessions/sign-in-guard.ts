import { sql } from 'kysely'
import { OverloadedError } from '#server/crypto/hash-slots.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { networkOf } from '#server/http/network.ts'
import type { RequestFacts } from '#server/http/operation.ts'
import { bucketOf } from '#server/limits/rate-limit.ts'
import type { Services } from '#server/services.ts'

/**
 * How many failures lead to how long a lock: after each `every` the next of `minutes`, and its last from then on. A day
 * without a failure begins anew. Of `most` in a row, none is forgotten: NIST SP 800-63B-4, section 3.2.2, allows 100 per
 * account, here 60 from anywhere and 8 from each of 5 known devices; a success or a password reset begins anew.
 */
export const guardLimits = {
  network: { every: 5, minutes: [1, 5, 15, 60], most: null },
  account: { every: 20, minutes: [15, 30, 60], most: 60 },
  device: { every: 5, minutes: [5], most: 8 },
  /** Beyond these the one that was not used for longest becomes unknown. */
  devices: 5,
} as const

const purposes = ['password', 'second_factor'] as const

/** Somebody tries to prove who they are. */
export type Attempt = {
  purpose: (typeof purposes)[number]
  /** Whose account it is; `undefined` counts the address, so that nobody learns which addresses have one. */
  accountId: string | undefined
  email: string
  request: Pick<RequestFacts, 'address' | 'userAgent'>
  /** The browser, when the account signed in with it before (known-device.ts): it has counters of its own. */
  deviceId?: string | undefined
}

/**
 * Verifies a password or a code, unless there were too many wrong ones. The attempt counts as a failure before `verify`
 * runs, so that of any number at once exactly as many run as are allowed. Locked: `whileLocked` takes the same time.
 * @returns what `verify` did; undefined means refused, and the failure is in the account's security events.
 */
export async function guarded<T>(
  services: Services,
  attempt: Attempt,
  verify: () => Promise<T | undefined>,
  whileLocked: () => Promise<unknown> = async () => undefined,
): Promise<T | undefined> {
  const { counted, lockedBy } = await count(services, attempt)
  if (lockedBy) {
    await whileLocked()
    await noteFailure(services, attempt, { counted, lockedBy })
    return undefined
  }
  const result = await verify().catch(async error => {
    // Only what was never looked at does not count.
    if (error instanceof OverloadedError) await giveBack(services.platform.db, counted)
    throw error
  })
  if (result === undefined) await noteFailure(services, attempt, { counted })
  else await forget(services.platform.db, attempt, counted)
  return result
}

/** After a password reset: every failure of that kind, and every lock, is over. */
export async function clearAttempts(
  db: PlatformDatabase,
  { accountId, purpose }: { accountId: string; purpose?: Attempt['purpose'] },
): Promise<void> {
  for (const { key } of await keysOf(db, accountId, purpose))
    await db.deleteFrom('sign_in_guard').where('key', '=', key).execute()
}

/** An account's counters, in the order in which an attempt takes them: nobody waits for somebody who waits for them. */
export function keysOf(
  db: PlatformDatabase,
  accountId: string,
  purpose?: Attempt['purpose'],
): Promise<{ key: Buffer; lockedUntil: string | null }[]> {
  const ofAccount = purposes.map(each => keyOf({ purpose: each, accountId, email: '' }, 'account'))
  return db
    .selectFrom('sign_in_guard')
    .select(['key', 'locked_until as lockedUntil'])
    .where('account_id', '=', accountId)
    .where('purpose', 'in', purpose ? [purpose] : purposes)
    .orderBy(sql`key = any(${ofAccount})`)
    .orderBy('key')
    .execute()
}

type Tier = { every: number; minutes: readonly number[]; most: number | null }
type Counter = { key: Buffer; tier: Tier }
/** Where it was counted, and the locks that began with it. */
type Counted = { key: Buffer; lockedUntil: string | null }[]
type Count = { counted: Counted; lockedBy?: Buffer }

// A device whose failures are used up is a device like any other.
async function count(services: Services, attempt: Attempt): Promise<Count> {
  const { platform } = services
  const { deviceId, request } = attempt
  if (deviceId) {
    const own = { key: keyOf(attempt, 'device', deviceId), tier: guardLimits.device }
    const used = await platform.db
      .selectFrom('sign_in_guard')
      .select('consecutive')
      .where('key', '=', own.key)
      .execute()
    if ((used[0]?.consecutive ?? 0) < own.tier.most) return countIn(services, attempt, [own])
  }
  return countIn(services, attempt, [
    { key: keyOf(attempt, 'network', networkOf(request.address)), tier: guardLimits.network },
    { key: keyOf(attempt, 'account'), tier: guardLimits.account },
  ])
}

function keyOf(
  { purpose, accountId, email }: Pick<Attempt, 'purpose' | 'accountId' | 'email'>,
  ...rest: string[]
): Buffer {
  return bucketOf('sign-in', purpose, accountId ?? email.toLowerCase(), ...rest)
}

// The network comes first: once it is locked, nothing from it brings the lock of the whole account nearer.
function countIn(services: Services, attempt: Attempt, counters: Counter[]): Promise<Count> {
  return services.platform.transact(async db => {
    const counted: Counted = []
    for (const { key, tier } of counters) {
      const taken = await take(db, services.clock.now(), attempt, { key, tier })
      if (!taken) {
        // Something is written in any event, or the time that a commit takes would tell a locked address.
        if (counted.length > 0) await giveBack(db, counted)
        else await touch(db, services, key)
        return { counted: [], lockedBy: key }
      }
      counted.push({ key, ...taken })
    }
    return { counted }
  })
}

// One statement, which PostgreSQL runs for one attempt after the other: no row comes back from a counter that is locked.
async function take(
  db: PlatformDatabase,
  now: Temporal.Instant,
  { accountId, purpose }: Attempt,
  { key, tier: { every, minutes, most } }: Counter,
): Promise<{ lockedUntil: string | null } | undefined> {
  const at = sql`${now.toString()}::timestamptz`
  const aDayAgo = sql`${now.subtract({ hours: 24 }).toString()}::timestamptz`
  const failures = sql`(case when g.last_failed_at < ${aDayAgo} then 0 else g.failures end + 1)`
  const { rows } = await sql<{ locked_until: string | null }>`
    insert into sign_in_guard as g (key, account_id, purpose, failures, consecutive, last_failed_at)
    values (${key}, ${accountId ?? null}, ${purpose}, 1, ${most === null ? 0 : 1}, ${at})
    on conflict (key) do update set
      failures = ${failures},
      consecutive = g.consecutive + excluded.consecutive,
      locked_until = case when ${failures} % ${every}::integer = 0 then ${at} + make_interval(mins =>
        (${[...minutes]}::integer[])[least(${failures} / ${every}::integer, ${minutes.length}::integer)]) end,
      last_failed_at = ${at}
    where (g.locked_until is null or g.locked_until <= ${at}) and (${most}::integer is null or g.consecutive < ${most})
    returning g.locked_until`.execute(db)
  return rows[0] && { lockedUntil: rows[0].locked_until }
}

// One key after the other, each by itself: two at once could wait for each other.
async function giveBack(db: PlatformDatabase, counted: Counted): Promise<void> {
  for (const { key, lockedUntil } of counted) {
    await sql`
      update sign_in_guard set failures = failures - 1, consecutive = greatest(consecutive - 1, 0),
        locked_until = case when locked_until = ${lockedUntil} then null else locked_until end
      where key = ${key} and failures > 0`.execute(db)
  }
}

async function touch(db: PlatformDatabase, { clock }: Services, key: Buffer): Promise<void> {
  await db.updateTable('sign_in_guard').set({ last_failed_at: clock.now().toString() }).where('key', '=', key).execute()
}

// Recorded while it is not locked only, so that nobody can fill an account's history; a lock once, when it begins.
async function noteFailure(services: Services, attempt: Attempt, { counted, lockedBy }: Count): Promise<void> {
  const { accountId, purpose, request } = attempt
  const isRecorded = accountId !== undefined && lockedBy === undefined
  await services.platform.transact(async db => {
    await touch(db, services, lockedBy ?? counted.at(-1)!.key)
    if (!isRecorded) return
    const event = { accountId, request }
    await recordSecurityEvent(services, db, { ...event, kind: 'sign_in_failed', details: { method: purpose } })
    const until = counted
      .flatMap(({ lockedUntil }) => lockedUntil ?? [])
      .toSorted()
      .at(-1)
    if (until) await recordSecurityEvent(services, db, { ...event, kind: 'locked', details: { until } })
  })
  // Nobody waits for it, or the time of the answer would tell that there is an account.
  if (isRecorded) void tellSecurityEventsLater(services)
}

// Who signs in with a known device ends the row of failures, and not the lock that keeps others out.
async function forget(db: PlatformDatabase, attempt: Attempt, counted: Counted): Promise<void> {
  for (const { key } of counted) await db.deleteFrom('sign_in_guard').where('key', '=', key).execute()
  await db.updateTable('sign_in_guard').set({ consecutive: 0 }).where('key', '=', keyOf(attempt, 'account')).execute()
}
