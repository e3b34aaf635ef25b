import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { features } from '#server/features/index.ts'
import { methodOf, type Operation, pathOf } from '#server/http/operation.ts'
import { signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

// Every operation that changes something, generated from the declarations: whoever writes one is tested by this file.
const writes = features.flatMap(feature => feature.operations).filter(operation => methodOf(operation) !== 'GET')

let world: World
let cookie: string
beforeAll(async () => {
  world = await createWorld({ limits: { perLogin: 5 } })
  cookie = (await signedInAs(world, world.acme.ada)).cookie()!
})
afterAll(() => world.close())

/** Columns and fields that people have tried to set elsewhere, beside all that the answer of the operation has. */
const coveted = [
  ...['id', 'isAdmin', 'admin', 'role', 'roleId', 'permissions', 'accountId', 'memberId', 'creatorId', 'authorId'],
  ...['workspaceId', 'workspace', 'schema', 'plan', 'version', 'createdAt', 'updatedAt', 'deletedAt', 'confirmedAt'],
  ...['number', 'closedAt', 'passwordHash', 'secondFactor', 'token', 'constructor'],
]

// What a browser says of a passkey is WebAuthn's, which adds to it now and then: it is verified, and never assigned.
const ofBrowsers = /^\/response/

type Values = Record<string, unknown>
const propertiesOf = (schema: unknown) => Object.keys((schema as { properties?: Values } | undefined)?.properties ?? {})

function strangeTo({ body, returns }: Operation): string[] {
  const known = new Set(propertiesOf(body))
  return [...new Set([...coveted, ...propertiesOf(returns)])].filter(name => !known.has(name))
}

/** Sends as an admin: with the token in a workspace, with the session where it is about the account. */
async function send(operation: Operation, body: string | FormData) {
  // The key of an invitation; the id of an API token has the same name.
  const isKey = (name: string) => name === 'token' && operation.access === 'public'
  const path = pathOf(operation)
    .replace(':workspace', 'acme')
    .replace(/:(\w+)/g, (_, name) => (isKey(name) ? 'x'.repeat(43) : '01990000-0000-7000-8000-00000000dead'))
  const who: Record<string, string> =
    operation.access === 'workspace'
      ? { authorization: `Bearer ${world.acme.ada.token}` }
      : { cookie, 'sec-fetch-site': 'same-origin' }
  const type: Record<string, string> = typeof body === 'string' ? { 'content-type': 'application/json' } : {}
  const response = await fetch(world.url + path, {
    method: methodOf(operation),
    headers: { ...who, ...type },
    body,
  })
  const problem = (await response.json()) as { errors?: { pointer: string }[] }
  return { status: response.status, pointers: problem.errors?.map(({ pointer }) => pointer) ?? [] }
}

const named = (operations: readonly Operation[]) => operations.map(operation => [operation.id, operation] as const)

describe.each(named(writes.filter(({ body }) => body)))('%s takes no field beyond its own', (_, operation) => {
  const example = (operation.example ?? {}) as Values

  test('each of those that people covet, and of those that it answers with, is a 400 that names it', async () => {
    const strange = strangeTo(operation)
    expect(strange.length).toBeGreaterThan(10)
    // An answer names twenty faults at most.
    for (let from = 0; from < strange.length; from += 15) {
      const some = strange.slice(from, from + 15)
      const { status, pointers } = await send(operation, withFields(example, some))
      expect(status).toBe(400)
      expect(pointers).toEqual(expect.arrayContaining(some.map(name => `/${name}`)))
    }
  })

  test('nor in an object within, nor by way of a prototype', async () => {
    for (const [pointer, body] of nested(example).filter(([pointer]) => !ofBrowsers.test(pointer))) {
      const { status, pointers } = await send(operation, JSON.stringify(body))
      expect(status, pointer).toBe(400)
      expect(pointers).toContain(`${pointer}/isAdmin`)
    }
    const { status } = await send(operation, `{"__proto__":{"isAdmin":true},${JSON.stringify(example).slice(1)}`)
    expect(status).toBe(400)
  })
})

test.each(named(writes.filter(({ body, upload }) => !body && !upload)))(
  '%s takes no body at all',
  async (_, operation) => {
    expect((await send(operation, '{"isAdmin":true}')).status).toBe(400)
  },
)

test.each(named(writes.filter(({ upload }) => upload)))(
  '%s takes no form field beyond its own',
  async (_, operation) => {
    const form = new FormData()
    form.append('isAdmin', 'true')
    form.append('file', new Blob(['Title\nOne\n']), 'tasks.csv')
    const { status } = await send(operation, form)
    // The task that a file is for does not exist here, and that may be said first.
    expect([400, 404]).toContain(status)
    if (!/:\w+/.test(operation.route.replace(':workspace', ''))) expect(status).toBe(400)
  },
)

test('no object in a body, however deep, leaves its fields open', () => {
  const open = writes.flatMap(({ id, body }) => openObjects(body).map(path => `${id}${path}`))
  expect(open.filter(path => !/passkey\/.*response$/i.test(path))).toEqual([])
})

function withFields(example: Values, names: readonly string[]): string {
  return JSON.stringify({ ...example, ...Object.fromEntries(names.map(name => [name, 'x'])) })
}

/** The example with a field too many in one of its objects, once for each of them. */
function nested(value: unknown, pointer = ''): [pointer: string, whole: unknown][] {
  if (typeof value !== 'object' || value === null) return []
  const within = Object.entries(value).flatMap(([key, child]) =>
    nested(child, `${pointer}/${key}`).map(([at, changed]): [string, unknown] => [
      at,
      Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed },
    ]),
  )
  const isRoot = pointer === ''
  return isRoot || Array.isArray(value) ? within : [[pointer, { ...value, isAdmin: true }], ...within]
}

/** Paths of the objects in a schema that take any field; a record says itself what its keys are. */
function openObjects(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { type, properties, additionalProperties, patternProperties } = schema as Record<string, unknown>
  const isOpen = type === 'object' && additionalProperties !== false && !patternProperties
  const within = Object.entries(schema).flatMap(([key, child]) => openObjects(child, `${path}/${key}`))
  return isOpen && properties !== undefined ? [path, ...within] : within
}
