import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOfStep } from '#server/crypto/totp.ts'
import { catchUpMarked, changeDirectory } from '#server/features/workspaces/directory-sync.ts'
import { openEventStream } from '#tests/events/read-stream.ts'
import { type Browser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const path = { workspace: 'acme' }
const missing = { status: 403, code: 'second-factor-missing' }

async function addTotp(browser: Browser): Promise<void> {
  const { secret } = await browser.api.createTotp()
  const bits = [...secret].map(letter =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const bytes = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map(byte => Number.parseInt(byte, 2)),
  )
  const step = Math.floor(world.services.clock.now().epochMilliseconds / 30_000)
  await browser.api.confirmTotp({ body: { code: codeOfStep(bytes, step) } })
}

test('a workspace asks everybody for a second factor, at once, and whoever turns it on has one', async () => {
  const { ada, mia } = world.acme
  const [admin, member] = [await signedInAs(world, ada), await signedInAs(world, mia)]
  const on = () => admin.api.updateWorkspace({ path, body: { requiresSecondFactor: true } })
  await expect(on()).rejects.toMatchObject({ status: 409, code: 'second-factor-first' })
  await expect(ada.api.updateWorkspace({ path, body: { requiresSecondFactor: true } })).rejects.toMatchObject({
    status: 409,
  })
  await addTotp(admin)
  const stream = await openEventStream(world.url, 'acme', { cookie: member.cookie()! })
  expect((await on()).requiresSecondFactor).toBe(true)
  const began = performance.now()
  await stream.ended()
  expect(performance.now() - began).toBeLessThan(1_000)
  await expect(member.api.listProjects({ path })).rejects.toMatchObject(missing)
  await expect(openEventStream(world.url, 'acme', { cookie: member.cookie()! })).rejects.toMatchObject({ status: 403 })
  const { items } = await member.api.listWorkspaces()
  expect(items[0]).toMatchObject({ slug: 'acme', requiresSecondFactor: true })
  // A token was made by somebody who was let in, and is not typed anywhere.
  await mia.api.listProjects({ path })
  await addTotp(member)
  await member.api.listProjects({ path })
  await member.api.deleteTotp()
  await expect(member.api.listProjects({ path })).rejects.toMatchObject(missing)
  await admin.api.listProjects({ path })
  const { items: events } = await ada.api.listAuditEvents({ path, query: { entity: 'workspace' } })
  expect(events[0]?.changes).toEqual({ requiresSecondFactor: { from: false, to: true } })
})

test('what a crash left in the directory alone is brought into the workspace', async () => {
  await changeDirectory(world.services, world.globex.id, { requires_second_factor: true })
  await catchUpMarked(world.services)
  const [row] = await world.superuser(`select requires_second_factor from ${world.globex.schema}.workspace`)
  expect(row).toEqual({ requires_second_factor: true })
})
