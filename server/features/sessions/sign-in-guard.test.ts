import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { OverloadedError } from '#server/crypto/hash-slots.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { type Attempt, clearAttempts, guarded, guardLimits } from '#server/features/sessions/sign-in-guard.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.setClock('2026-11-20T09:00:00Z')
  await world.superuser('delete from platform.sign_in_guard')
  await world.superuser('delete from platform.account_event')
})

function attemptOf(changes: Partial<Attempt> = {}, network = 1): Attempt {
  return {
    purpose: 'password',
    accountId: world.acme.mia.accountId,
    email: world.acme.mia.email,
    request: { address: `192.0.${network % 256}.7`, userAgent: '' },
    ...changes,
  }
}

/** So many wrong ones, one after the other. @returns how many were looked at. */
async function fail(times: number, attempt: (i: number) => Attempt): Promise<number> {
  let looked = 0
  for (let i = 0; i < times; i++) {
    await guarded(world.services, attempt(i), async () => {
      looked += 1
      return undefined
    })
  }
  return looked
}

const succeed = (attempt: Attempt) => guarded(world.services, attempt, async () => 'in')
const later = (minutes: number) => world.setClock(world.services.clock.now().add({ minutes, seconds: 1 }).toString())
const eventsOf = async (kind: string) => world.superuser('select * from platform.account_event where kind = $1', [kind])

test.each([
  ['an account', () => ({})],
  ['an address without an account', () => ({ accountId: undefined, email: 'nobody@acme.example' })],
])('of 100 guesses at once from one network, five are looked at: %s', async (_, changes) => {
  let looked = 0
  const guess = () =>
    guarded(world.services, attemptOf(changes()), async () => {
      looked += 1
      return undefined
    })
  const results = await Promise.all(Array.from({ length: 100 }, guess))
  expect(looked).toBe(guardLimits.network.every)
  expect(results.filter(Boolean)).toEqual([])
})

test('of 100 guesses at once from 100 networks, twenty are looked at', async () => {
  let looked = 0
  await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      guarded(world.services, attemptOf({}, i), async () => {
        looked += 1
        return undefined
      }),
    ),
  )
  expect(looked).toBe(guardLimits.account.every)
})

test('a lock ends by itself, and the next one lasts longer', async () => {
  for (const minutes of [1, 5, 15, 60, 60]) {
    // The account as a whole is not what is shown here.
    await world.superuser('update platform.sign_in_guard set failures = 0, locked_until = null where consecutive > 0')
    expect(await fail(8, () => attemptOf())).toBe(5)
    expect(await succeed(attemptOf())).toBeUndefined()
    world.setClock(world.services.clock.now().add({ minutes }).subtract({ seconds: 1 }).toString())
    expect(await succeed(attemptOf())).toBeUndefined()
    world.setClock(world.services.clock.now().add({ seconds: 2 }).toString())
  }
  expect(await succeed(attemptOf())).toBe('in')
})

test('another network is let in while one is locked, until the account has had twenty failures', async () => {
  await fail(5, () => attemptOf({}, 1))
  expect(await succeed(attemptOf({}, 1))).toBeUndefined()
  expect(await fail(15, i => attemptOf({}, 10 + i))).toBe(15)
  expect(await succeed(attemptOf({}, 99))).toBeUndefined()
  later(15)
  expect(await succeed(attemptOf({}, 99))).toBe('in')
})

test('what a locked network tries brings the lock of the account no nearer', async () => {
  await fail(60, () => attemptOf({}, 1))
  expect(await succeed(attemptOf({}, 2))).toBe('in')
})

test('a success begins anew', async () => {
  await fail(4, () => attemptOf())
  await succeed(attemptOf())
  expect(await fail(5, () => attemptOf())).toBe(5)
})

test('a day without a failure begins anew, but not what counts in a row', async () => {
  for (let day = 0; day < 3; day++) {
    expect(await fail(25, i => attemptOf({}, 100 + i))).toBe(20)
    later(24 * 60)
  }
  // Sixty in a row: from now on only a known device or a new password.
  expect(await succeed(attemptOf())).toBeUndefined()
  later(30 * 24 * 60)
  expect(await succeed(attemptOf())).toBeUndefined()
  await clearAttempts(world.services.platform.db, { accountId: world.acme.mia.accountId, purpose: 'password' })
  expect(await succeed(attemptOf())).toBe('in')
})

test('nobody can lock the owner out of a browser that is known, and in all 100 in a row are looked at', async () => {
  const devices = Array.from({ length: guardLimits.devices }, () => uuid7())
  let looked = 0
  for (let hour = 0; hour < 10; hour++) {
    looked += await fail(25, i => attemptOf({}, i))
    later(60)
  }
  for (const deviceId of devices) {
    for (let hour = 0; hour < 5; hour++) {
      looked += await fail(6, () => attemptOf({ deviceId }))
      later(60)
    }
  }
  expect(looked).toBe(100)
  expect(await succeed(attemptOf({ deviceId: devices[0] }))).toBeUndefined()
  // One that has not failed itself still is let in, and then all begins anew.
  expect(await succeed(attemptOf({ deviceId: uuid7() }))).toBe('in')
  expect(await succeed(attemptOf())).toBe('in')
})

test('a password and a code have counters of their own', async () => {
  await fail(5, () => attemptOf())
  expect(await succeed(attemptOf({ purpose: 'second_factor' }))).toBe('in')
  expect(await succeed(attemptOf())).toBeUndefined()
})

test('what was never looked at, because too many wait, does not count', async () => {
  for (let i = 0; i < 30; i++) {
    const busy = guarded(world.services, attemptOf(), () => Promise.reject(new OverloadedError()))
    await expect(busy).rejects.toThrow(OverloadedError)
  }
  expect(await fail(6, () => attemptOf())).toBe(5)
})

test('what failed otherwise counts, because something may have been learnt', async () => {
  for (let i = 0; i < 5; i++) {
    await expect(guarded(world.services, attemptOf(), () => Promise.reject(new Error('odd')))).rejects.toThrow('odd')
  }
  expect(await succeed(attemptOf())).toBeUndefined()
})

test('the owner can read of each failure that was looked at, and once of each lock', async () => {
  await Promise.all(Array.from({ length: 50 }, () => fail(1, () => attemptOf())))
  expect(await eventsOf('sign_in_failed')).toHaveLength(5)
  expect(await eventsOf('locked')).toMatchObject([{ details: { until: '2026-11-20T09:01:00.000Z' } }])
})
