import pg from 'pg'
import { afterEach, beforeAll, expect, inject, test } from 'vitest'
import { openPool } from '#server/database/connect-as.ts'
import { type Connections, createConnections, DatabaseBusyError } from '#server/database/connections.ts'

const logins = ['pool_a', 'pool_b', 'pool_c']
const loginOf = (user: string, passwords = [user]) => ({
  ...urlParts(inject('postgres')),
  user,
  database: 'postgres',
  password: () => passwords[0]!,
  passwords: () => passwords,
})
const limits = { total: 2, perLogin: 2, waitMs: 2_000, idleMs: 60_000 }

let connections: Connections
beforeAll(async () => {
  const admin = new pg.Client(inject('postgres'))
  await admin.connect()
  for (const login of logins) await admin.query(`drop role if exists ${login}`)
  for (const login of logins) await admin.query(`create role ${login} login password '${login}'`)
  await admin.end()
})
afterEach(() => connections.close())

function urlParts(url: string) {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

const whoAmI = async (client: pg.Client) => (await client.query('select current_user as name')).rows[0].name as string

test('a connection never serves a login that is not its own', async () => {
  connections = createConnections(limits)
  const asked = Array.from({ length: 60 }, (_, i) => logins[i % 3]!)
  const answers = await Promise.all(asked.map(login => connections.use(login, loginOf(login), whoAmI)))
  expect(answers).toEqual(asked)
  expect(connections.count().total).toBeLessThanOrEqual(limits.total)
})

test('a login that waits is served although another one is always busy', async () => {
  connections = createConnections(limits)
  let busy = true
  const hog = async () => {
    while (busy) await connections.use('pool_a', loginOf('pool_a'), whoAmI)
  }
  const hogs = [hog(), hog(), hog(), hog()]
  await expect(connections.use('pool_b', loginOf('pool_b'), whoAmI)).resolves.toBe('pool_b')
  busy = false
  await Promise.all(hogs)
})

test('a caller who cannot be served in time is told so, and its place in the queue is gone', async () => {
  connections = createConnections({ ...limits, total: 1, waitMs: 50 })
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  const holding = connections.use('pool_a', loginOf('pool_a'), () => held)
  await expect(connections.use('pool_b', loginOf('pool_b'), whoAmI)).rejects.toThrow(DatabaseBusyError)
  expect(connections.count().waiting).toBe(0)
  letGo()
  await holding
})

test('a connection with a transaction left open is not used again', async () => {
  connections = createConnections({ ...limits, total: 1 })
  await connections.use('pool_a', loginOf('pool_a'), client => client.query('begin'))
  const status = await connections.use('pool_a', loginOf('pool_a'), async client => client.getTransactionStatus())
  expect(status).toBe('I')
})

test('a connection that the server has cut is replaced', async () => {
  connections = createConnections({ ...limits, total: 1 })
  const cut = connections.use('pool_a', loginOf('pool_a'), client =>
    client.query('select pg_terminate_backend(pg_backend_pid())'),
  )
  await expect(cut).rejects.toThrow()
  await expect(connections.use('pool_a', loginOf('pool_a'), whoAmI)).resolves.toBe('pool_a')
})

test('a login whose password has moved to another key is tried with that key; one that no key opens is refused', async () => {
  connections = createConnections(limits)
  expect(await connections.use('pool_a', loginOf('pool_a', ['old', 'pool_a']), whoAmI)).toBe('pool_a')
  await expect(connections.use('pool_b', loginOf('pool_b', ['old', 'older']), whoAmI)).rejects.toMatchObject({
    code: '28P01',
  })
  expect(connections.count().total).toBe(1)
})

test('a pool finds out once which key its password comes from', async () => {
  connections = createConnections(limits)
  const pool = openPool(loginOf('pool_a', ['old', 'older', 'pool_a']), { max: 3 })
  try {
    const names = await Promise.all(
      Array.from({ length: 9 }, async () => (await pool.query('select current_user as name')).rows[0].name),
    )
    expect(new Set(names)).toEqual(new Set(['pool_a']))
    const client = await pool.connect()
    expect(await whoAmI(client as unknown as pg.Client)).toBe('pool_a')
    client.release()
  } finally {
    await pool.end()
  }
  const locked = openPool(loginOf('pool_b', ['old']), { max: 1 })
  await expect(locked.query('select 1')).rejects.toMatchObject({ code: '28P01' })
  await locked.end()
})
