import { afterAll, beforeAll, expect, test } from 'vitest'
import { findLockedAccounts } from '#server/features/sessions/locks.ts'
import { clearAttempts } from '#server/features/sessions/sign-in-guard.ts'
import { openBrowser } from '#tests/setup/browser.ts'
import { createWorld, type Person, password, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  world.setClock('2026-11-20T09:00:00Z')
})
afterAll(() => world.close())

const path = { workspace: 'acme' }
const of = ({ memberId }: Person) => ({ ...path, member: memberId })

async function tryToSignIn({ email }: Person, given: string): Promise<number> {
  return openBrowser(world)
    .api.signIn({ body: { email, password: given } })
    .then(
      () => 200,
      error => error.status,
    )
}

test('an admin sees who is locked out and until when, lifts it, and both are in the history', async () => {
  const { ada, mia, tom } = world.acme
  for (const person of [tom, mia]) for (let i = 0; i < 5; i++) await tryToSignIn(person, 'wrong')
  const lock = { lockedUntil: '2026-11-20T09:01:00.000Z', failures: 5 }
  const { items } = await ada.api.listMemberLocks({ path })
  expect(items).toEqual([
    { memberId: mia.memberId, ...lock },
    { memberId: tom.memberId, ...lock },
  ])
  expect(await tryToSignIn(mia, password)).toBe(401)
  await ada.api.deleteMemberLock({ path: of(mia) })
  expect((await ada.api.listMemberLocks({ path })).items).toEqual([{ memberId: tom.memberId, ...lock }])
  expect(await tryToSignIn(mia, password)).toBe(200)
  const events = await world.superuser('select details from platform.account_event where kind = $1', ['unlocked'])
  expect(events).toEqual([{ details: { by: 'admin' } }])
  await ada.api.deleteMemberLock({ path: of(mia) })
  expect(await world.superuser("select 1 from platform.account_event where kind = 'unlocked'")).toHaveLength(1)
})

test('the list has pages, and loses a lock that is over', async () => {
  const { ada, gus, max } = world.acme
  for (const person of [gus, max]) for (let i = 0; i < 5; i++) await tryToSignIn(person, 'wrong')
  const first = await ada.api.listMemberLocks({ path, query: { limit: 2 } })
  const second = await ada.api.listMemberLocks({ path, query: { limit: 2, cursor: first.nextCursor! } })
  const all = [...first.items, ...second.items]
  expect(all.map(({ memberId }) => memberId)).toEqual([gus.memberId, max.memberId, world.acme.tom.memberId])
  world.setClock('2026-11-20T09:01:00Z')
  expect((await ada.api.listMemberLocks({ path })).items).toEqual([])
})

test('nobody else sees or lifts a lock, and nobody one of another workspace', async () => {
  const { max, mia, gus } = world.acme
  for (const { api } of [max, mia, gus]) {
    await expect(api.listMemberLocks({ path })).rejects.toMatchObject({ status: 403 })
    await expect(api.deleteMemberLock({ path: of(mia) })).rejects.toMatchObject({ status: 403 })
  }
  const { gina, hugo } = world.globex
  for (let i = 0; i < 5; i++) await tryToSignIn(hugo, 'wrong')
  expect((await world.acme.ada.api.listMemberLocks({ path })).items).toEqual([])
  await expect(world.acme.ada.api.deleteMemberLock({ path: of(hugo) })).rejects.toMatchObject({ status: 404 })
  expect((await gina.api.listMemberLocks({ path: { workspace: 'globex' } })).items).toHaveLength(1)
})

test('lifting never gives more than 60 failures in a row; an operator begins anew', async () => {
  const { ada, tom } = world.acme
  await world.superuser('delete from platform.sign_in_guard')
  for (let i = 0; i < 12; i++) {
    for (let j = 0; j < 5; j++) await tryToSignIn(tom, 'wrong')
    await ada.api.deleteMemberLock({ path: of(tom) })
  }
  expect(await tryToSignIn(tom, password)).toBe(401)
  const lock = { lockedUntil: null, failures: 0 }
  expect((await ada.api.listMemberLocks({ path })).items).toEqual([{ memberId: tom.memberId, ...lock }])
  expect(await findLockedAccounts(world.services)).toEqual([{ email: tom.email, ...lock }])
  await clearAttempts(world.services.platform.db, { accountId: tom.accountId })
  expect(await tryToSignIn(tom, password)).toBe(200)
  expect(await findLockedAccounts(world.services)).toEqual([])
})
