import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { features } from '#server/features/index.ts'
import { methodOf, type Operation, pathOf } from '#server/http/operation.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

const operations = features.flatMap(feature => feature.operations)
const writes = operations.filter(operation => operation.body !== undefined)

let world: World
beforeAll(async () => {
  world = await createWorld({ limits: { perLogin: 5 } })
})
afterAll(() => world.close())

const unknownId = '01990000-0000-7000-8000-00000000dead'

function urlOf(operation: Operation, id = unknownId): string {
  return pathOf(operation)
    .replace(':workspace', 'acme')
    .replace(/:(\w+)/g, (_, name: string) => (name === 'token' ? 'x'.repeat(43) : id))
}

/** Sends as the admin of acme and checks that a refusal is a problem, as documented. */
async function send(
  operation: Operation,
  { url = urlOf(operation), ...init }: RequestInit & { url?: string } = {},
): Promise<number> {
  const headers = {
    authorization: `Bearer ${world.acme.ada.token}`,
    ...(init.body ? { 'content-type': 'application/json' } : {}),
    ...init.headers,
  }
  const stop = AbortSignal.timeout(5_000)
  const response = await fetch(world.url + url, {
    method: methodOf(operation),
    redirect: 'manual',
    ...init,
    headers,
    signal: stop,
  })
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
  if (response.status >= 400) {
    expect(isProblem, `${operation.id} answers ${response.status} with a problem`).toBe(true)
    const body = (await response.json()) as Record<string, unknown>
    expect(Object.keys(body)).toEqual(expect.arrayContaining(['type', 'title', 'status', 'detail', 'requestId']))
  } else await response.body?.cancel()
  return response.status
}

describe.each(operations.map(operation => [operation.id, operation] as const))('%s', (_, operation) => {
  const isGuarded = operation.access !== 'public'

  test.runIf(isGuarded)('is refused without signing in', async () => {
    expect(await send(operation, { headers: { authorization: '' } })).toBe(401)
  })

  test.runIf(isGuarded)('is refused with a token that is made up', async () => {
    const made = `kontor_pat_${'A'.repeat(40)}`
    expect(await send(operation, { headers: { authorization: `Bearer ${made}` } })).toBe(401)
  })

  test('never answers 5xx to odd addresses', async () => {
    for (const id of ['x', '%00', '%ED%A0%80', '..%2F..', "' or 1=1 --", '0'.repeat(300), unknownId.toUpperCase()]) {
      expect(await send(operation, { url: `${urlOf(operation, id)}`, ...bodyOf(operation) }), id).toBeLessThan(500)
    }
    for (const query of [
      '?limit=0',
      '?limit=1e9',
      '?cursor=x',
      '?cursor=1.a.b',
      '?unknown=1',
      '?limit=1&limit=2',
      '?q=%00',
      '?q=%27%3A%2A%28',
    ]) {
      expect(await send(operation, { url: urlOf(operation) + query, ...bodyOf(operation) }), query).toBeLessThan(500)
    }
  })
})

function bodyOf({ example }: Operation): RequestInit {
  return example === undefined ? {} : { body: JSON.stringify(example) }
}

describe.each(writes.map(operation => [operation.id, operation] as const))('%s refuses with 4xx', (_, operation) => {
  const refusal = (body: string, headers?: Record<string, string>) =>
    send(operation, headers ? { body, headers } : { body })
  const example = (operation.example ?? {}) as Record<string, unknown>

  test('an unknown field, by its name', async () => {
    const response = await fetch(world.url + urlOf(operation), {
      method: methodOf(operation),
      headers: { authorization: `Bearer ${world.acme.ada.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...example, isAdmin: true }),
    })
    if (operation.access === 'account') return expect(response.status).toBe(401)
    const problem = (await response.json()) as { errors?: { pointer: string }[] }
    expect(response.status).toBe(400)
    expect(problem.errors?.map(error => error.pointer)).toContain('/isAdmin')
  })

  test('values of another type', async () => {
    for (const wrong of [null, 7, 'x', [], { a: 1 }, true, 2 ** 60, '\u0000', '\ud800']) {
      const body = JSON.stringify(Object.fromEntries(Object.keys(example).map(key => [key, wrong])))
      const status = await refusal(body)
      expect(status, String(wrong)).toBeLessThan(500)
    }
  })

  test('what is not JSON, is nested without end, or is too large', async () => {
    const status = operation.access === 'account' ? 401 : 400
    expect([400, status]).toContain(await refusal('{"a":'))
    expect([400, status]).toContain(await refusal('[]'))
    expect([400, status]).toContain(await refusal(`${'['.repeat(1_000)}${']'.repeat(1_000)}`))
    expect(await refusal(`{"title":"${'x'.repeat(10_000_000)}"}`)).toBe(413)
  })

  test('another kind of content, however it is spelt, and none of it unchecked', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json\t;x',
      'application/jsonx',
      'multipart/form-data; boundary=x',
    ]) {
      const status = await refusal(JSON.stringify({ ...example, isAdmin: true }), { 'content-type': type })
      expect(status >= 400 && status < 500, `${type} → ${status}`).toBe(true)
    }
  })
})
