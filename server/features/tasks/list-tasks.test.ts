import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Task } from '#client'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let projectId: string
let tasks: Task[]
const path = { workspace: 'acme' }
const sorts = ['position', 'due', 'updated', 'created', 'title'] as const
type Query = NonNullable<Parameters<World['anyone']['listTasks']>[0]['query']>

// Titles, dates and positions come twice and more, and some have no date: ties and nulls in every order.
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_TEST_CLOCK: '2026-11-02T08:00:00Z' } })
  const { ada, mia } = world.acme
  projectId = (await ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
  tasks = []
  for (let i = 0; i < 23; i++) {
    const body = {
      projectId,
      title: ['Zebra', 'apple', 'Äpfel', 'apple'][i % 4]!,
      position: [1, 1, 0.1, -5e14, 1 / 3][i % 5]!,
      ...(i % 3 === 0 ? {} : { dueOn: ['2026-11-02', '2026-11-01', '2026-11-08', '2026-11-09'][i % 4]! }),
      status: (['todo', 'doing', 'done'] as const)[i % 3]!,
      priority: (['none', 'high'] as const)[i % 2]!,
      ...(i % 2 ? { assigneeId: mia.memberId } : {}),
    }
    tasks.push(await (i % 5 === 0 ? mia : ada).api.createTask({ path, body }))
  }
  // One statement, so one instant: ties for the order by change.
  await world.superuser(`update ${world.acme.schema}.task set title = title where number <= 9`)
})
afterAll(() => world.close())

async function all(query: Query, who: 'ada' | 'mia' | 'tom' | 'gus' = 'ada'): Promise<Task[]> {
  const found: Task[] = []
  let cursor: string | undefined
  do {
    const page = await world.acme[who].api.listTasks({ path, query: { ...query, cursor } })
    found.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return found
}

test.each(sorts)('sorted by %s, pages of any size hold every task once, in the order of one long page', async sort => {
  const whole = (await all({ sort, limit: 200 })).map(task => task.id)
  expect(new Set(whole).size).toBe(tasks.length)
  for (const limit of [1, 2, 7]) expect((await all({ sort, limit })).map(task => task.id)).toEqual(whole)
})

test('each order is what it says, and tasks without a date come last', async () => {
  const by = async <T>(sort: (typeof sorts)[number], key: (task: Task) => T) => (await all({ sort })).map(key)
  const ascending = <T>(values: T[]) => [...values].sort((a, b) => (a! < b! ? -1 : a! > b! ? 1 : 0))
  const positions = await by('position', task => task.position)
  expect(positions).toEqual(ascending(positions))
  const created = await by('created', task => task.number)
  expect(created).toEqual(ascending(created))
  const updated = await by('updated', task => task.updatedAt)
  expect(updated).toEqual(ascending(updated).reverse())
  const due = await by('due', task => task.dueOn)
  const dated = due.filter(date => date !== null)
  expect(due).toEqual([...ascending(dated), ...due.filter(date => date === null)])
})

test('a page that begins after a task goes on there, even when that task is deleted meanwhile', async () => {
  const { ada } = world.acme
  const project = await ada.api.createProject({ path, body: { name: 'Paging' } })
  const made: Task[] = []
  for (const title of ['a', 'b', 'c', 'd'])
    made.push(await ada.api.createTask({ path, body: { projectId: project.id, title } }))
  const query = { project: project.id, limit: 2, sort: 'title' } as const
  const first = await ada.api.listTasks({ path, query })
  await ada.api.deleteTask({ path: { ...path, task: made[1]!.id } })
  const second = await ada.api.listTasks({ path, query: { ...query, cursor: first.nextCursor! } })
  expect(second.items.map(task => task.title)).toEqual(['c', 'd'])
  await ada.api.deleteProject({ path: { ...path, project: project.id } })
})

test('a cursor is good for its list, its order and its workspace only', async () => {
  const { ada } = world.acme
  const { nextCursor: cursor } = await ada.api.listTasks({ path, query: { limit: 1, sort: 'due' } })
  const refused = { status: 400, errors: [{ pointer: '/query/cursor' }] }
  await expect(ada.api.listTasks({ path, query: { cursor: cursor!, sort: 'title' } })).rejects.toMatchObject(refused)
  await expect(ada.api.listProjects({ path, query: { cursor: cursor! } })).rejects.toMatchObject(refused)
  await expect(
    world.globex.gina.api.listTasks({ path: { workspace: 'globex' }, query: { cursor: cursor!, sort: 'due' } }),
  ).rejects.toMatchObject(refused)
  await expect(
    ada.api.listTasks({ path, query: { cursor: `${cursor!.slice(0, -2)}xx`, sort: 'due' } }),
  ).rejects.toMatchObject(refused)
})

test('filters narrow one another, and values within one widen it', async () => {
  const { mia, ada } = world.acme
  const numbers = async (query: Query) => (await all({ sort: 'created', ...query })).map(task => task.number)
  const where = (is: (task: Task) => boolean) => tasks.filter(is).map(task => task.number)
  expect(await numbers({ status: 'todo,doing' })).toEqual(where(task => task.status !== 'done'))
  expect(await numbers({ status: 'doing', priority: 'high' })).toEqual(
    where(task => task.status === 'doing' && task.priority === 'high'),
  )
  expect(await numbers({ assignee: mia.memberId })).toEqual(where(task => task.assigneeId === mia.memberId))
  expect(await numbers({ assignee: 'none' })).toEqual(where(task => task.assigneeId === null))
  expect(await numbers({ assignee: `none,${mia.memberId}` })).toEqual(where(() => true))
  expect(await numbers({ creator: 'me' })).toEqual(where(task => task.creatorId === ada.memberId))
  expect(await numbers({ q: 'äpfel' })).toEqual(where(task => task.title === 'Äpfel'))
  expect(await numbers({ dueFrom: '2026-11-02', dueUntil: '2026-11-08' })).toEqual(
    where(task => task.dueOn === '2026-11-02' || task.dueOn === '2026-11-08'),
  )
})

test('due dates are days of Brussels, and only open tasks are due', async () => {
  const open = (task: Task) => task.status !== 'done'
  const numbers = async (due: Query['due']) => (await all({ sort: 'created', due })).map(task => task.number)
  const where = (is: (task: Task) => boolean) => tasks.filter(task => open(task) && is(task)).map(task => task.number)
  // Half an hour of the second of November has passed in Brussels; in UTC it is still the first.
  world.setClock('2026-11-01T23:30:00Z')
  expect(await numbers('overdue')).toEqual(where(task => task.dueOn !== null && task.dueOn < '2026-11-02'))
  expect(await numbers('today')).toEqual(where(task => task.dueOn === '2026-11-02'))
  expect(await numbers('week')).toEqual(
    where(task => task.dueOn !== null && task.dueOn >= '2026-11-02' && task.dueOn <= '2026-11-08'),
  )
  expect(await numbers('none')).toEqual(where(task => task.dueOn === null))
})

test('tags, viewers and parents are filters too', async () => {
  const { ada, tom, gus } = world.acme
  const [first, second, third] = tasks
  const tag = await ada.api.createTag({ path, body: { name: 'hot' } })
  await ada.api.addTagToTask({ path: { ...path, task: first!.id, tag: tag.id } })
  await ada.api.addViewerToTask({ path: { ...path, task: second!.id, member: tom.memberId } })
  await ada.api.updateTask({ path: { ...path, task: third!.id }, body: { parentId: first!.id } })
  const ids = async (query: Query, who: 'ada' | 'tom' = 'ada') => (await all(query, who)).map(task => task.id)
  expect(await ids({ tag: tag.id })).toEqual([first!.id])
  expect(await ids({ viewer: 'me' }, 'tom')).toEqual([second!.id])
  expect(await ids({ viewer: tom.memberId })).toEqual([second!.id])
  expect(await ids({ viewer: 'none' })).toHaveLength(tasks.length - 1)
  expect(await ids({ parent: first!.id })).toEqual([third!.id])
  expect(await ids({ parent: 'none' })).toHaveLength(tasks.length - 1)
  expect(await ids({ viewer: `${gus.memberId}` })).toEqual([])
})

test('a filter that is none, or unknown, is refused and says which', async () => {
  const refused = async (query: object, pointer: string) =>
    expect(world.acme.ada.api.listTasks({ path, query: query as Query })).rejects.toMatchObject({
      status: 400,
      errors: [{ pointer }],
    })
  await refused({ status: 'open' }, '/query/status')
  await refused({ assignee: 'mia' }, '/query/assignee')
  await refused({ sort: 'secret' }, '/query/sort')
  await refused({ limit: 201 }, '/query/limit')
  await refused({ dueFrom: '2026-02-30' }, '/query/dueFrom')
  await refused({ colour: 'red' }, '/query/colour')
})

test('a guest lists only tasks of their own, and filters tell nothing of others', async () => {
  const { ada, gus } = world.acme
  expect(await all({}, 'gus')).toEqual([])
  await ada.api.addViewerToTask({ path: { ...path, task: tasks[3]!.id, member: gus.memberId } })
  expect((await all({}, 'gus')).map(task => task.id)).toEqual([tasks[3]!.id])
  expect(await all({ q: 'zebra' }, 'gus')).toEqual([])
})
