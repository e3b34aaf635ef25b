import type { TSchema } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { features } from '#server/features/index.ts'
import { methodOf, type Operation, pathOf } from '#server/http/operation.ts'
import { makeOneOfEach, type OneOfEach } from '#tests/setup/one-of-each.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const operations = features
  .flatMap(feature => feature.operations)
  .filter(({ access, route }) => access === 'workspace' && !route.endsWith('/events'))

let world: World
let ours: OneOfEach
let theirs: OneOfEach
let hidden: OneOfEach
beforeAll(async () => {
  world = await createWorld({ limits: { perLogin: 5 } })
  await world.prepareQueue()
  const { ada, max, tom } = world.acme
  theirs = await makeOneOfEach(world, 'globex', world.globex.gina, world.globex.hugo)
  ours = await makeOneOfEach(world, 'acme', ada, tom)
  hidden = await makeOneOfEach(world, 'acme', ada, max)
})
afterAll(() => world.close())

type Ask = { ids?: Partial<OneOfEach>; query?: Record<string, string>; body?: unknown; token?: string }

function ask(operation: Operation, { ids, query, body, token = world.acme.ada.token }: Ask): Promise<Response> {
  const path = pathOf(operation)
    .replace(':workspace', 'acme')
    .replace(/:(\w+)/g, (_, name: keyof OneOfEach) => ({ ...ours, ...ids })[name] ?? uuid7())
  return fetch(`${world.url}${path}?${new URLSearchParams(query)}`, {
    method: methodOf(operation),
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
}

/** All of an answer that a caller can see, except what is different in every answer. */
async function seen(response: Response): Promise<object> {
  const text = await response.text()
  const body = text.startsWith('{') ? { ...JSON.parse(text), requestId: '' } : text
  const headers = Object.fromEntries(response.headers)
  delete headers.date
  delete headers['x-request-id']
  return { status: response.status, headers, body }
}

async function expectAsUnknown(operation: Operation, foreign: Ask, random: Ask): Promise<number> {
  const answer = await ask(operation, foreign)
  const { status } = answer
  expect(await seen(answer)).toEqual(await seen(await ask(operation, random)))
  return status
}

const idsIn = ({ route }: Operation) => [...route.matchAll(/:(\w+)/g)].map(match => match[1]!).slice(1)
const known = (operation: Operation) => idsIn(operation).filter(name => name in theirs) as (keyof OneOfEach)[]

describe.each(operations.filter(operation => idsIn(operation).length > 0).map(each => [each.id, each] as const))(
  '%s with an id in its path',
  (_, operation) => {
    // An example of a body that is right in all else, so that only the id is at fault.
    const body = operation.example ? withIds(operation) : undefined

    test('of another workspace answers as to an id that nobody has', async () => {
      expect(
        idsIn(operation).filter(name => !(name in theirs)),
        'tests/setup/one-of-each.ts makes one',
      ).toEqual([])
      for (const name of known(operation)) {
        const foreign = { ids: { [name]: theirs[name] }, body: body?.(ours) }
        const status = await expectAsUnknown(operation, foreign, { ...foreign, ids: { [name]: uuid7() } })
        // Taking away what is not there is done already: 204, for a foreign id as for any other.
        const isLink = operation.id.startsWith('remove') && name !== idsIn(operation)[0]
        expect(status).toBe(isLink ? 204 : 404)
      }
    })

    test('that exists but cannot be read answers as to an id that nobody has', async () => {
      const token = world.acme.tom.token
      for (const name of known(operation).filter(each => !['member', 'role', 'tag'].includes(each))) {
        const hiddenOnes = { ids: { [name]: hidden[name] }, body: body?.(ours), token }
        await expectAsUnknown(operation, hiddenOnes, { ...hiddenOnes, ids: { [name]: uuid7() } })
      }
    })
  },
)

// Which kind of thing a field of a body, or a parameter of a query, names.
const kindOf: Record<string, keyof OneOfEach> = {
  projectId: 'project',
  taskId: 'task',
  parentId: 'task',
  assigneeId: 'member',
  memberId: 'member',
  roleId: 'role',
  tagIds: 'tag',
  viewerIds: 'member',
  project: 'project',
  task: 'task',
  parent: 'task',
  tag: 'tag',
  member: 'member',
  assignee: 'member',
  creator: 'member',
  viewer: 'member',
  role: 'role',
  entityId: 'task',
  tokenId: 'token',
  webhookId: 'webhook',
  id: 'task',
}

function idFields({ body }: Operation): [field: string, isList: boolean][] {
  const properties = (body as { properties?: Record<string, TSchema> } | undefined)?.properties ?? {}
  return Object.entries(properties).flatMap(([field, schema]) => {
    const { format, items } = schema as { format?: string; items?: { format?: string } }
    if (format === 'uuid') return [[field, false] as [string, boolean]]
    return items?.format === 'uuid' ? [[field, true] as [string, boolean]] : []
  })
}

/** The example's body with ids that are there. */
function withIds(operation: Operation) {
  return (ids: OneOfEach, only?: string, value?: string) => {
    const fields = idFields(operation).map(([field, isList]) => {
      const id = field === only ? value : ids[kindOf[field]!]
      return [field, isList ? [id] : id]
    })
    const example = operation.example as Record<string, unknown>
    const wanted = fields.filter(([field]) => String(field) in example || field === only)
    return { ...example, ...Object.fromEntries(wanted) }
  }
}

const naming = operations.flatMap(operation =>
  operation.example ? idFields(operation).map(([field]) => [operation.id, field, operation] as const) : [],
)

test.each(naming)('%s answers to a foreign %s in its body as to an id that nobody has', async (_, field, operation) => {
  expect(Object.keys(kindOf)).toContain(field)
  const body = withIds(operation)
  const foreign = { body: body(ours, field, theirs[kindOf[field]!]) }
  const status = await expectAsUnknown(operation, foreign, { body: body(ours, field, uuid7()) })
  // A timer's project must be its task's, whichever it is: that rule answers first.
  expect(status).toBe(operation.id === 'startTimer' && field === 'projectId' ? 422 : 404)
})

const visible = ['member', 'role', 'tag']

test.each(naming.filter(([, field]) => !visible.includes(kindOf[field]!)))(
  '%s answers to a %s in its body that cannot be read as to an id that nobody has',
  async (_, field, operation) => {
    const body = withIds(operation)
    const token = world.acme.tom.token
    const unreadable = { body: body(ours, field, hidden[kindOf[field]!]), token }
    await expectAsUnknown(operation, unreadable, { body: body(ours, field, uuid7()), token })
  },
)

const filtering = operations.flatMap(operation =>
  Object.keys(operation.query?.properties ?? {})
    .filter(name => name in kindOf)
    .map(name => [operation.id, name, operation] as const),
)

const alsoAsked: Record<string, Record<string, string>> = {
  exportAuditEvents: { format: 'csv' },
  getTimeReport: { groupBy: 'day' },
  explainPermission: { resource: 'task', action: 'read' },
}

test.each(filtering)(
  '%s answers to a foreign %s in its query as to an id that nobody has',
  async (_, name, operation) => {
    const more = alsoAsked[operation.id] ?? {}
    const foreign = { query: { ...more, [name]: theirs[kindOf[name]!] } }
    await expectAsUnknown(operation, foreign, { query: { ...more, [name]: uuid7() } })
  },
)

test('a cursor of another workspace is refused as one that is made up', async () => {
  const path = { workspace: 'globex' }
  for (let n = 0; n < 3; n++) await world.globex.gina.api.createTag({ path, body: { name: `more ${n}` } })
  const { nextCursor } = await world.globex.gina.api.listTags({ path, query: { limit: 1 } })
  const listTags = operations.find(({ id }) => id === 'listTags')!
  const status = await expectAsUnknown(listTags, { query: { cursor: nextCursor! } }, { query: { cursor: 'made-up' } })
  expect(status).toBe(400)
})

const rounds = 200
const timed = operations.filter(each => methodOf(each) === 'GET' && idsIn(each).length === 1)

// Medians of requests in turns; three tries, because the machine has other things to do as well.
test.each(timed.map(each => [each.id, each] as const))(
  '%s takes as long for a foreign id as for one that nobody has',
  async (_, operation) => {
    const name = idsIn(operation)[0] as keyof OneOfEach
    const ratios: number[] = []
    for (let attempt = 0; attempt < 3; attempt++) {
      const times = { foreign: [] as number[], random: [] as number[] }
      for (let round = 0; round < rounds; round++) {
        times.foreign.push(await timeOf(operation, theirs[name]))
        times.random.push(await timeOf(operation, uuid7()))
      }
      ratios.push(median(times.foreign) / median(times.random))
      if (Math.abs(ratios.at(-1)! - 1) < 0.2) return
    }
    expect.fail(`foreign / random: ${ratios.map(ratio => ratio.toFixed(2)).join(', ')}`)
  },
)

async function timeOf(operation: Operation, id: string): Promise<number> {
  const start = performance.now()
  const response = await ask(operation, { ids: { [idsIn(operation)[0]!]: id } })
  await response.arrayBuffer()
  return performance.now() - start
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
