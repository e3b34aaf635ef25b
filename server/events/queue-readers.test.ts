import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
})
afterAll(() => world.close())

const jobs = () =>
  world.superuser<{ key: string; ahead: number }>(
    `select key, extract(epoch from run_at - now())::float8 as ahead from graphile_worker.jobs where task_identifier = 'read-events' order by key`,
  )

test('before a write commits, the queue holds a job that will read its events, should the process die in between', async () => {
  const { acme, services } = world
  const workspace = { id: acme.id, slug: 'acme', schema: acme.schema, loginKey: 1 }
  await services.workspaces.transact(workspace, { memberId: acme.ada.memberId }, { requestId: 'test' }, async () => {
    const [promised, ...others] = await jobs()
    expect(promised).toMatchObject({ key: `read-events/${acme.id}/later` })
    expect(promised!.ahead).toBeGreaterThan(50)
    expect(others).toEqual([])
  })
})

test('many writes leave one job for now, and a workspace that nobody writes to leaves none', async () => {
  const { acme } = world
  for (const name of ['A', 'B', 'C', 'D'])
    await acme.ada.api.createProject({ path: { workspace: 'acme' }, body: { name } })
  await expect
    .poll(async () => (await jobs()).map(job => job.key))
    .toEqual([`read-events/${acme.id}`, `read-events/${acme.id}/later`])
})
