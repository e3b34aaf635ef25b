import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Task, TaskAsOf } from '#client'
import { connectAs } from '#server/database/connect-as.ts'
import { loginAs } from '#server/database/server.ts'
import { parseTypes } from '#server/database/types.ts'
import { pruneWorkspace } from '#server/features/audit-retention/prune-workspace.ts'
import { sealAll } from '#tests/setup/seal-all.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
let world: World
let projects: string[]
let tags: string[]
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  const { ada } = world.acme
  projects = []
  for (const key of ['ONE', 'TWO'])
    projects.push((await ada.api.createProject({ path, body: { name: `Project ${key}`, key } })).id)
  tags = []
  for (const name of ['red', 'green', 'blue']) tags.push((await ada.api.createTag({ path, body: { name } })).id)
}, 60_000)
afterAll(() => world.close())

const at = (task: string) => ({ ...path, task })
const asOf = (task: string, moment: string, api = world.acme.ada.api) =>
  api.getTaskAsOf({ path: at(task), query: { at: moment } })

type Snapshot = { moment: string; task: Task; names: Record<string, string>; keys: Record<string, string> }

/** The task as it is, what everything is called, and the instant of the newest event. */
async function snapshot(task: string): Promise<Snapshot> {
  const { schema } = world.acme
  const [row] = await world.superuser<Omit<Snapshot, 'task' | 'moment'> & { moment: Date }>(
    `select (select max(at) from ${schema}.audit_event) as moment,
      (select jsonb_object_agg(n.id, n.name) from (select id, name from ${schema}.member union all
        select id, name from ${schema}.tag union all select id, name from ${schema}.project union all
        select id, title from ${schema}.task) n) as names,
      (select jsonb_object_agg(id, key) from ${schema}.project) as keys`,
  )
  return { ...row!, moment: row!.moment.toISOString(), task: await world.acme.ada.api.getTask({ path: at(task) }) }
}

/** What the answer about that moment has to say. */
function expected({ task, names, keys: keysOf }: Snapshot): Partial<TaskAsOf> {
  const { tagIds, viewerIds, createdAt: _, updatedAt: _u, version: _v, ...fields } = task
  const named = (ids: string[]) => [...ids].sort().map(id => ({ id, name: names[id]! }))
  return {
    ...fields,
    key: `${keysOf[task.projectId]}-${task.number}`,
    projectName: names[task.projectId]!,
    creatorName: names[task.creatorId!]!,
    assigneeName: task.assigneeId && names[task.assigneeId]!,
    parentTitle: task.parentId && names[task.parentId]!,
    ...{ tags: named(tagIds), viewers: named(viewerIds), erased: [], knownFrom: null },
  }
}

// A small generator of its own, so that a history that fails can be run again (mulberry32).
function dice(seed: number): <T>(faces: readonly T[]) => T {
  let state = seed
  return faces => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return faces[((mixed ^ (mixed >>> 14)) >>> 0) % faces.length]!
  }
}

type Change = (step: number) => Promise<unknown>

/** Everything that changes what a task is, or what its parts are called. */
function changesOf(task: string, parents: string[], throwOf: ReturnType<typeof dice>): Change[] {
  const { ada, max, mia, tom } = world.acme
  const people = [ada, max, mia, tom].map(person => person.memberId)
  const set = (body: Parameters<typeof ada.api.updateTask>[0]['body']) => ada.api.updateTask({ path: at(task), body })
  const maybe = <T>(values: T[]): T | null => throwOf([...values, null])
  const some = (ids: string[]) => ids.filter(() => throwOf([true, false]))
  return [
    step => set({ title: `Title ${step}` }),
    step => set({ description: throwOf(['', `Text ${step}\n\nwith lines`]) }),
    () => set({ status: throwOf(['backlog', 'todo', 'doing', 'review', 'done', 'cancelled']) }),
    () => set({ priority: throwOf(['none', 'low', 'urgent']) }),
    () => set({ assigneeId: maybe(people) }),
    step =>
      set({ startOn: maybe(['2026-01-02']), dueOn: maybe([`2026-02-${String((step % 27) + 1).padStart(2, '0')}`]) }),
    step => set({ estimateSeconds: maybe([step * 60]), position: step * 1.5 }),
    () => set({ parentId: maybe(parents) }),
    () => set({ projectId: throwOf(projects) }),
    () => set({ tagIds: some(tags), viewerIds: some(people) }),
    () => ada.api.addTagToTask({ path: { ...at(task), tag: throwOf(tags) } }),
    () => ada.api.removeTagFromTask({ path: { ...at(task), tag: throwOf(tags) } }),
    step => ada.api.updateTag({ path: { ...path, tag: throwOf(tags) }, body: { name: `tag ${step}` } }),
    step => ada.api.updateMember({ path: { ...path, member: throwOf(people) }, body: { name: `Name ${step}` } }),
    step => ada.api.updateProject({ path: { ...path, project: throwOf(projects) }, body: { name: `Project ${step}` } }),
    step => ada.api.updateTask({ path: at(throwOf(parents)), body: { title: `Parent ${step}` } }),
    async step => {
      await ada.api.deleteTag({ path: { ...path, tag: tags.pop()! } })
      tags.push((await ada.api.createTag({ path, body: { name: `new ${step}` } })).id)
    },
  ]
}

test.each([1, 2])(
  'after 200 changes at random a task is told as it was after each of them, and once it is deleted too (%i)',
  async seed => {
    const { ada, mia } = world.acme
    const parents: string[] = []
    for (const title of ['Above', 'Higher'])
      parents.push((await ada.api.createTask({ path, body: { projectId: projects[0]!, title } })).id)
    const body = { projectId: projects[0]!, title: 'As of', tagIds: [tags[0]!], viewerIds: [mia.memberId] }
    const { id, createdAt } = await mia.api.createTask({ path, body })
    const throwOf = dice(seed)
    const changes = changesOf(id, parents, throwOf)
    const taken = [await snapshot(id)]
    for (let step = 1; step <= 200; step++) {
      await throwOf(changes)(step)
      taken.push(await snapshot(id))
    }
    const moments = new Map(taken.map(each => [each.moment, each]))
    expect(moments.size).toBeGreaterThan(150)
    for (const [moment, then] of moments) expect(await asOf(id, moment), moment).toMatchObject(expected(then))
    expect(await ada.api.getTaskAsOf({ path: at(id) })).toMatchObject({ ...expected(taken.at(-1)!), createdAt })

    await ada.api.deleteTask({ path: at(id) })
    for (const [moment, then] of moments) expect(await asOf(id, moment), moment).toMatchObject(expected(then))
    expect(await asOf(id, taken[0]!.moment)).toMatchObject({ deletedAt: expect.any(String) })
    await expect(asOf(id, taken[0]!.moment, mia.api)).rejects.toMatchObject({ status: 404, code: 'not-found' })
    await expect(ada.api.getTaskAsOf({ path: at(id) })).rejects.toMatchObject({ status: 404 })
  },
  180_000,
)

test('before it was made there is no such task, and a moment that is none is refused', async () => {
  const { ada, tom } = world.acme
  const before = (await snapshot((await newTask('Another')).id)).moment
  const { id } = await newTask('Not yet')
  await expect(asOf(id, before)).rejects.toMatchObject({ status: 404, code: 'not-found' })
  await expect(asOf(id, 'yesterday')).rejects.toMatchObject({ status: 400 })
  expect(await asOf(id, '9999-12-31T23:59:59Z')).toMatchObject({ title: 'Not yet' })
  const hidden = await ada.api.createProject({ path, body: { name: 'Hidden', private: true } })
  const { id: secret } = await ada.api.createTask({ path, body: { projectId: hidden.id, title: 'Secret' } })
  await expect(asOf(secret, new Date().toISOString(), tom.api)).rejects.toMatchObject({ status: 404 })
})

test('a project that the caller may not read is not named, nor is a task above', async () => {
  const { ada, mia, tom } = world.acme
  const body = { name: 'Behind doors', key: 'DOOR', private: true }
  const { id: projectId } = await ada.api.createProject({ path, body })
  const { id: parentId } = await ada.api.createTask({ path, body: { projectId, title: 'Above, unseen' } })
  const seen = { projectId, parentId, title: 'Seen', viewerIds: [tom.memberId] }
  const { id } = await ada.api.createTask({ path, body: seen })
  const { moment } = await snapshot(id)
  await ada.api.updateProject({ path: { ...path, project: projectId }, body: { name: 'Open doors', key: 'OPEN' } })
  await ada.api.removeViewerFromTask({ path: { ...at(id), member: tom.memberId } })
  await ada.api.addViewerToTask({ path: { ...at(id), member: mia.memberId } })
  expect(await asOf(id, moment, mia.api)).toMatchObject({
    ...{ key: 'DOOR-2', projectName: null, parentId, parentTitle: null },
    viewers: [{ id: tom.memberId }],
  })
  expect(await asOf(id, moment)).toMatchObject({ projectName: 'Behind doors', parentTitle: 'Above, unseen' })
})

test('what the plan no longer keeps cannot be told, and from when on it can is said', async () => {
  const { ada } = world.acme
  const { id } = await newTask('Old')
  const made = (await snapshot(id)).moment
  const change = (title: string) => ada.api.updateTask({ path: at(id), body: { title } })
  await change('Middle')
  const middle = await snapshot(id)
  await change('New')
  const { auditRetentionDays: days } = await ada.api.getWorkspace({ path })
  const expiry = Temporal.Instant.from(middle.moment).toZonedDateTimeISO('Europe/Brussels').add({ days }).toInstant()
  const place = { id: world.acme.id, slug: 'acme', schema: world.acme.schema, loginKey: 1 }
  await sealAll(world.services, place)
  world.setClock(expiry.toString())
  await provisioner(client => pruneWorkspace(world.services, client, place))

  await expect(asOf(id, made)).rejects.toMatchObject({
    ...{ status: 422, code: 'no-longer-kept' },
    body: { knownFrom: middle.moment },
  })
  expect(await asOf(id, middle.moment)).toMatchObject({ title: 'Middle', knownFrom: middle.moment, changedAt: null })
  expect(await asOf(id, '9999-01-01T00:00:00Z')).toMatchObject({ title: 'New' })
  // One whose whole history is there knows all of it.
  expect(await asOf((await newTask('Fresh')).id, '9999-01-01T00:00:00Z')).toMatchObject({ knownFrom: null })
})

const newTask = (title: string) => world.acme.ada.api.createTask({ path, body: { projectId: projects[0]!, title } })

async function provisioner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectAs(loginAs(world.server, keys, 'kontor_provisioner'), { types: parseTypes })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
