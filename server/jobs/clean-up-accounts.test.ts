import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { guardLimits } from '#server/features/sessions/sign-in-guard.ts'
import { handlers } from '#server/jobs/handlers.ts'
import { signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const cleanUp = () => handlers['clean-up'](world.services, {}, new AbortController().signal)
const rowsOf = async (table: string) =>
  (await world.superuser<{ n: number }>(`select count(*)::int as n from platform.${table}`))[0]?.n

test('a session that was not used for 14 days goes, and one that was used stays until its 30th', async () => {
  world.setClock('2026-03-01T12:00:00Z')
  const [idle, used] = [await signedInAs(world, world.acme.mia), await signedInAs(world, world.acme.mia)]
  world.setClock('2026-03-10T12:00:00Z')
  await used.api.getSession()
  await expect
    .poll(() => world.superuser("select 1 from platform.session where last_seen_at = '2026-03-10T12:00:00Z'"))
    .toHaveLength(1)
  world.setClock('2026-03-15T11:59:59.999Z')
  await cleanUp()
  expect(await rowsOf('session')).toBe(2)
  world.setClock('2026-03-15T12:00:00Z')
  await cleanUp()
  expect(await rowsOf('session')).toBe(1)
  await expect(idle.api.getSession()).rejects.toMatchObject({ status: 401 })
  await used.api.getSession()
  world.setClock('2026-03-31T12:00:00Z')
  await cleanUp()
  expect(await rowsOf('session')).toBe(0)
})

test('what says itself until when it is good goes then, and not before', async () => {
  const { accountId } = world.acme.mia
  const expiring = {
    password_reset: ['email_digest', "'\\x00'"],
    passkey_challenge: ['purpose, challenge', "'sign-in', '\\x00'"],
    sign_on_attempt: ['workspace_id, state_hash, payload', `'${world.acme.id}', '\\x00', 'k1:gAAAAAA'`],
    email_change: ['account_id, payload, code_hash', `'${accountId}', 'k1:gAAAAAA', 'x'`],
  }
  for (const [table, [columns, values]] of Object.entries(expiring)) {
    const insert = `insert into platform.${table} (id, expires_at, ${columns}) values ($1, $2, ${values})`
    await world.superuser(insert, [uuid7(), '2026-04-01T12:00:00Z'])
  }
  await world.superuser(
    "insert into platform.rate_limit (bucket, hits, expires_at) values ('\\x00', '{}', '2026-04-01T12:00:00Z')",
  )
  const tables = [...Object.keys(expiring), 'rate_limit']
  world.setClock('2026-04-01T11:59:59.999Z')
  await cleanUp()
  expect(await Promise.all(tables.map(rowsOf))).toEqual(tables.map(() => 1))
  world.setClock('2026-04-01T12:00:00Z')
  await cleanUp()
  expect(await Promise.all(tables.map(rowsOf))).toEqual(tables.map(() => 0))
})

test('failures go 30 days after the last one, but for a lock that holds and what counts in a row', async () => {
  const { accountId } = world.acme.mia
  await world.superuser('delete from platform.sign_in_guard')
  const put = (key: string, values: { account?: string; consecutive?: number; until?: string; at?: string }) =>
    world.superuser(
      `insert into platform.sign_in_guard (key, purpose, failures, account_id, consecutive, locked_until, last_failed_at)
       values ($1, 'password', 1, $2, $3, $4, $5)`,
      [
        Buffer.from(key),
        values.account ?? null,
        values.consecutive ?? 0,
        values.until ?? null,
        values.at ?? '2026-05-01T12:00:00Z',
      ],
    )
  await put('old', { account: accountId })
  await put('lock is over', { account: accountId, until: '2026-05-01T13:00:00Z' })
  await put('of no account', { consecutive: guardLimits.account.most })
  await put('still locked', { account: accountId, until: '2026-06-01T13:00:00Z' })
  await put('in a row', { account: accountId, consecutive: 1 })
  await put('newer', { account: accountId, at: '2026-05-02T12:00:01Z' })
  world.setClock('2026-06-01T12:00:00Z')
  await cleanUp()
  const left = await world.superuser<{ key: Buffer }>('select key from platform.sign_in_guard')
  expect(left.map(({ key }) => key.toString()).sort()).toEqual(['in a row', 'newer', 'still locked'])
})

test('a browser is forgotten after a year without a sign-in, and an event after a year', async () => {
  world.setClock('2026-06-01T12:00:00Z')
  await world.superuser('delete from platform.known_device')
  await world.superuser('delete from platform.account_event')
  await signedInAs(world, world.acme.tom)
  world.setClock('2027-06-01T12:00:00Z')
  await cleanUp()
  expect([await rowsOf('known_device'), await rowsOf('account_event')]).toEqual([1, 1])
  world.setClock('2027-06-01T12:00:00.001Z')
  await cleanUp()
  expect([await rowsOf('known_device'), await rowsOf('account_event')]).toEqual([0, 0])
})
