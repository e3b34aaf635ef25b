import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPostgres15, startOtherPostgres } from '#tests/setup/other-postgres.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const bin = findPostgres15()

describe.skipIf(!bin)('on a PostgreSQL 15 of one’s own', () => {
  let postgres: Awaited<ReturnType<typeof startOtherPostgres>>
  let world: World
  beforeAll(async () => {
    postgres = await startOtherPostgres(bin!)
    world = await createWorld({ postgres: postgres.url })
  }, 60_000)
  afterAll(async () => {
    await world?.close()
    await postgres?.stop()
  })

  test('migrations, workspaces, permissions, audit and search work as on 18', async () => {
    const [row] = await world.superuser<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    )
    expect(row!.version).toBeLessThan(160_000)
    const path = { workspace: 'acme' }
    const { ada, mia, gus } = world.acme
    const project = await ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })
    const task = await mia.api.createTask({
      path,
      body: { projectId: project.id, title: 'Choose a font', viewerIds: [gus.memberId] },
    })
    await mia.api.updateTask({
      path: { ...path, task: task.id },
      body: { status: 'done' },
      ifMatch: `"${task.version}"`,
    })
    expect((await gus.api.listTasks({ path })).items.map(found => [found.key, found.status])).toEqual([
      ['WEB-1', 'done'],
    ])
    expect((await ada.api.listTasks({ path, query: { q: 'font' } })).items).toHaveLength(1)
    const history = await gus.api.listTaskHistory({ path: { ...path, task: task.id } })
    expect(history.items.map(event => event.action)).toEqual(['task.updated', 'task.viewer_added', 'task.created'])
    await expect(world.globex.gina.api.getTask({ path: { workspace: 'globex', task: task.id } })).rejects.toMatchObject(
      { status: 404 },
    )
  })

  test('ids that the database makes are of version 7 and sort in the order of their making', async () => {
    const rows = await world.superuser<{ id: string }>(
      'select kontor.uuid7()::text as id from generate_series(1, 1000)',
    )
    const ids = rows.map(row => row.id)
    expect(ids.filter(id => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toEqual(
      [],
    )
    // To the microsecond, in which it makes one or two.
    const moments = ids.map(id => id.slice(0, 18))
    expect(moments).toEqual(moments.toSorted())
    const made = Number.parseInt(ids[0]!.replaceAll('-', '').slice(0, 12), 16)
    expect(Math.abs(Date.now() - made)).toBeLessThan(60_000)
  })

  test('the login of a workspace reaches no other one', async () => {
    await expect(
      world.asWorkspace(world.acme.schema, `select * from ${world.globex.schema}.task`),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(
      world.asWorkspace(world.acme.schema, `select set_config('role', '${world.globex.schema}', true)`),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(world.asWorkspace(world.acme.schema, `set role ${world.globex.schema}`)).rejects.toMatchObject({
      code: '42501',
    })
  })
})
