import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '#client'
import { openEventStream } from '#tests/events/read-stream.ts'
import { columns, relations } from '#tests/permissions/expected.ts'
import { type Column, createMatrixWorld, type MatrixWorld, type Things } from '#tests/permissions/matrix-world.ts'

// Where many are shown at once, which of them: written by hand, as in expected.ts. One letter for each of its five
// relations of a task (or of what hangs on it): `A` is shown, `-` is not.
const shown: Record<string, string> = {
  'the list of tasks': 'AAAAA AAAAA AA-AA A--AA AAAAA',
  'the tasks found by a word': 'AAAAA AAAAA AA-AA A--AA AAAAA',
  'the list of tasks, filtered by a word': 'AAAAA AAAAA AA-AA A--AA AAAAA',
  'the list of tasks, sorted by title': 'AAAAA AAAAA AA-AA A--AA AAAAA',
  'the comments found by a word': 'AAAAA AAAAA AA-AA A--AA AAAAA',
  'the list of time entries': 'AAAAA AAAAA A---- ----- AA---',
  'the report of time by task': 'AAAAA AAAAA A---- ----- AA---',
  'the history of the workspace': 'AAAAA AAAAA ----- ----- AA---',
  'the history of the workspace, filtered by task': 'AAAAA AAAAA ----- ----- AA---',
  'the stream of events': 'AAAAA AAAAA AA-AA A--AA AAAAA',
}

let world: MatrixWorld
beforeAll(async () => {
  world = await createMatrixWorld()
}, 60_000)
afterAll(() => world.close())

const path = { workspace: 'acme' }
type Show = (api: Client, things: Things, column: Column) => Promise<Set<string>>

// Each gives the ids of the tasks, comments or entries that the caller is shown.
const ways: Record<string, [kind: string, show: Show]> = {
  'the list of tasks': ['task', async api => ids((await api.listTasks({ path, query: { limit: 200 } })).items)],
  'the tasks found by a word': ['task', (api, things) => hits(api, things, 'task', relation => relation)],
  'the list of tasks, filtered by a word': ['task', api => all(q => api.listTasks({ path, query: { q, limit: 200 } }))],
  'the list of tasks, sorted by title': [
    'task',
    async api => ids((await api.listTasks({ path, query: { sort: 'title', limit: 200 } })).items),
  ],
  'the comments found by a word': [
    'comment',
    (api, things) => hits(api, things, 'comment', relation => `remark ${relation}`),
  ],
  'the list of time entries': ['entry', unlessForbidden(api => api.listTimeEntries({ path, query: { limit: 200 } }))],
  'the report of time by task': [
    'task',
    unlessForbidden(async api => {
      const { rows } = await api.getTimeReport({ path, query: { groupBy: 'task' } })
      return { items: rows.map(row => ({ id: row.taskId! })) }
    }),
  ],
  'the history of the workspace': [
    'event',
    unlessForbidden(api => api.listAuditEvents({ path, query: { action: 'task.created', limit: 200 } })),
  ],
  'the history of the workspace, filtered by task': [
    'event',
    unlessForbidden(async (api, things) => {
      const found = Object.values(things.task!).map(taskId => api.listAuditEvents({ path, query: { taskId } }))
      return { items: (await Promise.all(found)).flatMap(({ items }) => items) }
    }),
  ],
  'the stream of events': ['task', (_, things, column) => streamed(things, column)],
}

const ids = (items: readonly { id: string }[]) => new Set(items.map(({ id }) => id))

async function all(find: (word: string) => Promise<{ items: { id: string }[] }>): Promise<Set<string>> {
  const found = await Promise.all(relations.task.map(find))
  return ids(found.flatMap(({ items }) => items))
}

// Asked for one by one: everyone's have the same words, and a search shows its best hits only.
async function hits(
  api: Client,
  things: Things,
  type: 'task' | 'comment',
  words: (relation: string) => string,
): Promise<Set<string>> {
  const found = await Promise.all(
    relations.task.map(relation => api.search({ path, query: { q: words(relation), limit: 50 } })),
  )
  const wanted = new Set(Object.values(things[type]!))
  return ids(found.flatMap(({ items }) => items).filter(hit => hit.type === type && wanted.has(hit.id)))
}

function unlessForbidden(list: (api: Client, things: Things) => Promise<{ items: { id: string }[] }>): Show {
  return async (api, things) => {
    const { items } = await list(api, things).catch(error => {
      expect(error.status).toBe(403)
      return { items: [] }
    })
    return ids(items)
  }
}

// Every task changes, and last of all one that everybody may read: what came before it is all that comes.
async function streamed(things: Things, column: Column): Promise<Set<string>> {
  const stream = await openEventStream(world.url, 'acme', world.people[column])
  const last = things.task!.own!
  const order = [...Object.values(things.task!).filter(id => id !== last), last]
  for (const task of order)
    await world.zoe.api.updateTask({ path: { ...path, task }, body: { description: `changed ${Math.random()}` } })
  const seen = new Set<string>()
  while (!seen.has(last)) seen.add((await stream.next()).event.entityId)
  stream.close()
  return seen
}

describe.each(Object.entries(ways))('in %s', (name, [kind, show]) => {
  test.each(columns.map((column, index) => [column, shown[name]!.split(' ')[index]!] as const))(
    'a %s is shown exactly %s',
    async (column, letters) => {
      const things = world.things[column]
      const seen = await show(world.people[column].api, things, column)
      const found = relations.task.map(relation => (seen.has(things[kind]![relation]!) ? 'A' : '-')).join('')
      expect(found).toBe(letters)
    },
  )
})

test('each way of showing many has an expectation', () => {
  expect(Object.keys(ways).toSorted()).toEqual(Object.keys(shown).toSorted())
})
