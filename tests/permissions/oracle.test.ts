import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { features } from '#server/features/index.ts'
import { methodOf, type Operation, pathOf } from '#server/http/operation.ts'
import { type Column, createMatrixWorld, type MatrixWorld, type Things } from '#tests/permissions/matrix-world.ts'

// Fields a caller may not read are no oracle through filter, sort or search: whatever is asked about what is hidden,
// the answer is the one to a question about nothing.
const lists = features
  .flatMap(feature => feature.operations)
  .filter(each => each.access === 'workspace' && methodOf(each) === 'GET' && !each.streams && each.query)

const path = { workspace: 'acme' }
const secret = `zanzibar${uuid7().slice(-6)}`
let world: MatrixWorld
let hidden: Things
beforeAll(async () => {
  world = await createMatrixWorld()
  hidden = await makeHidden(world)
}, 60_000)
afterAll(() => world.close())

/** One of everything that only admins and managers may know of, with a word that is nowhere else. */
async function makeHidden({ zoe }: MatrixWorld): Promise<Things> {
  const { api } = zoe
  const { id: project } = await api.createProject({ path, body: { name: `Plan ${secret}`, private: true } })
  const { id: tag } = await api.createTag({ path, body: { name: `tag ${secret}` } })
  const body = { projectId: project, title: `Title ${secret}`, description: `About ${secret}`, tagIds: [tag] }
  const { id: task } = await api.createTask({ path, body: { ...body, assigneeId: zoe.memberId } })
  await api.createComment({ path: { ...path, task }, body: { body: `Said ${secret}` } })
  await api.createTimeEntry({
    path,
    body: { projectId: project, taskId: task, startedAt: '2026-11-03T08:00:00Z', endedAt: '2026-11-03T09:00:00Z' },
  })
  return { id: { project, task, tag } } as Things
}

const limited = ['member', 'guest'] as const satisfies readonly Column[]
const textual = ['q', 'field', 'requestId']

async function ask(column: Column, operation: Operation, query: Record<string, string>): Promise<object> {
  const url = `${world.url}${pathOf(operation).replace(':workspace', 'acme')}?${new URLSearchParams(query)}`
  const response = await fetch(url, { headers: { authorization: `Bearer ${world.people[column].token}` } })
  const { requestId: _, ...answer } = (await response.json()) as Record<string, unknown>
  return { status: response.status, answer: JSON.parse(JSON.stringify(answer).replaceAll(uuidOf(query), '…')) }
}

const uuidOf = (query: Record<string, string>) => Object.values(query).at(-1) ?? ''
const kinds = {
  project: 'project',
  task: 'task',
  taskId: 'task',
  entityId: 'task',
  parent: 'task',
  tag: 'tag',
} as const
const alsoAsked: Record<string, Record<string, string>> = {
  explainPermission: { resource: 'task', action: 'read' },
  getTimeReport: { groupBy: 'task,tag' },
}

const asked = lists
  .filter(({ route }) => !/:\w+/.test(route.replace(':workspace', '')))
  .flatMap(operation => Object.keys(operation.query?.properties ?? {}).map(name => [operation, name] as const))

const byId = asked.flatMap(([operation, name]) => (name in kinds ? [[operation.id, name, operation] as const] : []))
const byText = asked.flatMap(([operation, name]) =>
  textual.includes(name) ? [[operation.id, name, operation] as const] : [],
)

describe.each(limited)('a %s learns nothing from a filter', column => {
  test.each(byId)('%s by %s: what is hidden is as what nobody has', async (id, name, operation) => {
    const more = alsoAsked[id] ?? {}
    const found = await ask(column, operation, { ...more, [name]: hidden.id![kinds[name as keyof typeof kinds]]! })
    expect(found).toEqual(await ask(column, operation, { ...more, [name]: uuid7() }))
  })

  test.each(byText)('%s by %s: a word of what is hidden is as one that is nowhere', async (_, name, operation) => {
    for (const words of [secret, `Title ${secret}`, secret.slice(0, 6), `x1 or ${secret}`]) {
      const found = await ask(column, operation, { [name]: words })
      expect(found).toEqual(
        await ask(column, operation, { [name]: words.replace('zanzibar', 'zanzibor').replace('zanzib', 'zanzub') }),
      )
    }
  })
})

test('the filters and the search do find it for who may read it', async () => {
  const { api } = world.people.admin
  expect((await api.search({ path, query: { q: secret } })).items.map(hit => hit.type).toSorted()).toEqual([
    'comment',
    'project',
    'task',
  ])
  expect((await api.listTasks({ path, query: { tag: hidden.id!.tag! } })).items).toHaveLength(1)
})

/** What each order goes by, as the answer shows it. */
const shownAs: Record<string, string> = {
  position: 'position',
  due: 'dueOn',
  updated: 'updatedAt',
  created: 'createdAt',
  title: 'title',
}

const sorts = asked.flatMap(([operation, name]) => (name === 'sort' ? [[operation.id, operation] as const] : []))

test.each(sorts)('%s sorts by nothing that its rows do not show', (_, operation) => {
  const { sort } = operation.query!.properties as { sort: { enum?: string[]; anyOf?: { const: string }[] } }
  const fields = rowOf(operation)
  for (const order of sort.enum ?? sort.anyOf!.map(each => each.const)) expect(fields).toContain(shownAs[order])
})

test.each(limited)(
  'pages of a %s are as long, and end, as if nothing hidden lay between, in every order',
  async column => {
    const { api } = world.people[column]
    for (const sort of ['position', 'due', 'updated', 'created', 'title'] as const) {
      const { items: whole } = await api.listTasks({ path, query: { sort, limit: 200 } })
      expect(whole.length).toBeGreaterThan(1)
      const paged: string[] = []
      let cursor: string | null | undefined
      do {
        const page = await api.listTasks({ path, query: { sort, limit: 1, ...(cursor ? { cursor } : {}) } })
        expect(page.items).toHaveLength(1)
        paged.push(page.items[0]!.id)
        cursor = page.nextCursor
      } while (cursor)
      expect(paged).toEqual(whole.map(({ id }) => id))
    }
  },
)

test('a guest learns no address of a member: not from the list, its order, a single one, or the search', async () => {
  const { guest, admin } = world.people
  const { items } = await guest.api.listMembers({ path })
  expect(items.length).toBeGreaterThan(1)
  for (const { id, email } of items) expect(email).toBe(id === guest.memberId ? guest.email : null)
  expect(items.map(({ name }) => name)).toEqual(items.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b)))
  for (const { id } of items.filter(each => each.id !== guest.memberId))
    expect((await guest.api.getMember({ path: { ...path, member: id } })).email).toBe(null)
  expect((await guest.api.search({ path, query: { q: admin.email } })).items).toEqual([])
  const listMembers = lists.find(({ id }) => id === 'listMembers')!
  const takes = Object.keys(listMembers.query!.properties)
  expect(takes.filter(name => /email|name|q|sort/.test(name))).toEqual([])
})

function rowOf({ returns }: Operation): string[] {
  const { items } = (returns as unknown as { properties: { items: { items: { properties: object } } } }).properties
  return Object.keys(items.items.properties)
}
