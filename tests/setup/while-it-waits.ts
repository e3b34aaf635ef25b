import pg from 'pg'
import { expect } from 'vitest'
import type { Person, World } from '#tests/setup/world.ts'

/**
 * Lets a request come as far as the lock of an account, then makes a change to that account (SQL, whose $1 is its id) and
 * commits it before the request goes on.
 */
export async function whileItWaits<T>(
  world: World,
  { accountId }: Pick<Person, 'accountId'>,
  ask: () => Promise<T>,
  change: string,
): Promise<PromiseSettledResult<T>> {
  const other = new pg.Client(world.server.admin)
  await other.connect()
  try {
    await other.query('begin')
    await other.query('select from platform.account where id = $1 for no key update', [accountId])
    const outcome = Promise.allSettled([ask()])
    await expect.poll(() => waiting(world), { timeout: 10_000 }).toBe(1)
    await other.query(change, [accountId])
    await other.query('commit')
    return (await outcome)[0]!
  } finally {
    await other.end()
  }
}

// Over a connection of its own: a transaction sees this view as it was when it first looked.
async function waiting({ superuser }: World): Promise<number> {
  const [row] = await superuser<{ count: number }>(
    `select count(*)::integer as count from pg_stat_activity
     where datname = current_database() and usename = 'kontor_platform' and wait_event_type = 'Lock'`,
  )
  return row!.count
}
