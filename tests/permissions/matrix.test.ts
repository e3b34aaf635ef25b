import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { features } from '#server/features/index.ts'
import { methodOf, type Operation, pathOf } from '#server/http/operation.ts'
import { columns, expected, relations } from '#tests/permissions/expected.ts'
import { attach, type Column, createMatrixWorld, type MatrixWorld } from '#tests/permissions/matrix-world.ts'
import { makeOneOfEach, type OneOfEach } from '#tests/setup/one-of-each.ts'

const operations = features.flatMap(feature => feature.operations).filter(({ access }) => access === 'workspace')

let world: MatrixWorld
let whole: OneOfEach
let foreign: OneOfEach
beforeAll(async () => {
  world = await createMatrixWorld()
  whole = await makeOneOfEach(world, 'acme', world.acme.ada, world.zoe)
  foreign = await makeOneOfEach(world, 'globex', world.globex.gina, world.globex.hugo)
}, 60_000)
afterAll(() => world.close())

test('every operation has an expectation for every role and relation, and none is left over', () => {
  expect(Object.keys(expected).toSorted()).toEqual(operations.map(({ id }) => id).toSorted())
  for (const [id, { of, may }] of Object.entries(expected)) {
    const cells = may.split(' ')
    expect(cells, id).toHaveLength(columns.length)
    for (const cell of cells) expect(cell, id).toMatch(new RegExp(`^[A34]{${relations[of].length}}$`))
  }
})

const cells = operations.flatMap(operation => {
  const { of, may } = expected[operation.id] ?? { of: 'none' as const, may: '' }
  return columns.flatMap((column, c) =>
    relations[of].map(
      (relation, r) => [operation.id, column, of, relation, may.split(' ')[c]?.[r], operation] as const,
    ),
  )
})

describe.each(operations.map(({ id }) => id))('%s', id => {
  test.each(cells.filter(cell => cell[0] === id))('%s: to a %s a %s that is "%s" is %s', async (...cell) => {
    const [, column, of, relation, letter, operation] = cell
    expect(await ask(operation, column, await idsFor(operation, column, of, relation))).toBe(letter)
  })

  const operation = operations.find(each => each.id === id)!
  test.runIf(idsIn(operation).length > 0)('is unknown to everyone for what lies in another workspace', async () => {
    for (const column of columns) {
      const [first] = idsIn(operation)
      const ids = { ...world.things[column], ...whole, [first!]: foreign[first as keyof OneOfEach] }
      const { may } = expected[id]!
      const isRefusedAnyway = /^3+$/.test(may.split(' ')[columns.indexOf(column)]!)
      expect(await ask(operation, column, ids as Record<string, string>), column).toBe(isRefusedAnyway ? '3' : '4')
    }
  })
})

const idsIn = ({ route }: Operation) => [...route.matchAll(/:(\w+)/g)].map(match => match[1]!).slice(1)

/** The ids that the operation's path and body need, of which the one that matters has the relation. */
async function idsFor(
  operation: Operation,
  column: Column,
  of: string,
  relation: string,
): Promise<Record<string, string>> {
  const things = world.things[column]
  const { project, task, tag, member } = things as Record<string, Record<string, string>>
  const ids = { ...whole, project: project!.own!, task: task!.own!, tag: tag!.own!, member: member!.own! }
  if (of === 'none' || of === 'whole') return ids
  // An attachment has no version to be refused by, so the one that may be deleted is made for it.
  if (operation.id === 'deleteAttachment') {
    const made = await attach(world.zoe.api, task![relation]!)
    const author = relation === 'own' ? member!.own : world.zoe.memberId
    await world.superuser(`update ${world.acme.schema}.attachment set creator_id = $2 where id = $1`, [made, author])
    return { ...ids, attachment: made }
  }
  return { ...ids, [of]: things[of]![relation]! }
}

const fields: Record<string, string> = { projectId: 'project', roleId: 'role', memberId: 'member' }

// A stale If-Match is asked about after the permission: 412 says "may", and nothing is changed or deleted.
async function ask(operation: Operation, column: Column, ids: Record<string, string>): Promise<string> {
  const method = methodOf(operation)
  const url = pathOf(operation)
    .replace(':workspace', 'acme')
    .replace(/:(\w+)/g, (_, name: string) => ids[name] ?? uuid7())
  const body = bodyFor(operation, ids)
  const response = await fetch(`${world.url}${url}?${queryFor[operation.id] ?? ''}`, {
    method,
    headers: {
      authorization: `Bearer ${world.people[column].token}`,
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
      ...(method === 'PATCH' || method === 'DELETE' ? { 'if-match': '"999999"' } : {}),
    },
    ...(body ? { body } : {}),
  })
  await response.body?.cancel()
  expect([200, 201, 202, 204, 403, 404, 409, 412, 422]).toContain(response.status)
  return response.status === 403 ? '3' : response.status === 404 ? '4' : 'A'
}

// The workspace itself is never deleted here: the word that confirms it is wrong, which is looked at last.
const queryFor: Record<string, string> = {
  deleteWorkspace: 'confirm=not-this-one',
  exportAuditEvents: 'format=csv',
  explainPermission: 'resource=task&action=read',
  getTimeReport: 'groupBy=day',
  proveAuditConsistency: 'from=0&to=0',
  search: 'q=x1',
}

function bodyFor(operation: Operation, ids: Record<string, string>): string | FormData | undefined {
  if (operation.upload) {
    const form = new FormData()
    if (operation.id.endsWith('Import')) form.append('format', 'csv')
    form.append('file', new Blob(['Title\nOne\n']), 'tasks.csv')
    return form
  }
  if (!operation.example) return undefined
  const example = { ...(operation.example as Record<string, unknown>) }
  if (operation.id === 'startTimer') return JSON.stringify({ projectId: ids.project })
  if (operation.id === 'createApiToken') return JSON.stringify({ name: 'mine' })
  for (const [field, kind] of Object.entries(fields)) if (field in example) example[field] = ids[kind]
  // Names that have to be free.
  for (const field of ['name', 'key', 'email'] as const)
    if (method(operation) === 'POST' && typeof example[field] === 'string') example[field] = fresh[field]()
  return JSON.stringify(example)
}

const method = methodOf
let count = 0
const fresh = {
  name: () => `new ${uuid7()}`,
  key: () => `K${(count++).toString(36).toUpperCase()}`,
  email: () => `${uuid7()}@acme.example`,
}
