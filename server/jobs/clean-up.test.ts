import { afterAll, beforeAll, expect, test } from 'vitest'
import { handlers } from '#server/jobs/handlers.ts'
import { signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('what has expired goes, what is good stays', async () => {
  const { mia } = world.acme
  const path = { workspace: 'acme' }
  const [old, fresh] = [await signedInAs(world, mia), await signedInAs(world, mia)]
  await mia.api.createApiToken({ path, body: { name: 'Old' }, idempotencyKey: 'old' })
  await mia.api.createApiToken({ path, body: { name: 'Fresh' }, idempotencyKey: 'fresh' })
  await world.superuser(
    `update ${world.acme.schema}.idempotency set created_at = now() - interval '25 hours' where key = 'old'`,
  )
  const { items } = await old.api.listSessions()
  await world.superuser('update platform.session set expires_at = now() where id = $1', [
    items.find(session => session.current)!.id,
  ])
  await world.anyone.createSignup({
    body: { email: 'x@acme.example', name: 'X', password: 'quiet otters repaint lighthouses', workspaceName: 'X' },
  })
  await world.superuser("update platform.signup set expires_at = now() - interval '1 second'")
  await handlers['clean-up'](world.services, {}, new AbortController().signal)
  expect(await world.superuser(`select key from ${world.acme.schema}.idempotency`)).toEqual([{ key: 'fresh' }])
  expect(await world.superuser('select count(*)::int as n from platform.signup')).toEqual([{ n: 0 }])
  expect((await fresh.api.listSessions()).items).toHaveLength(1)
})
