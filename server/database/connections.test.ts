import pg from 'pg'
import { afterEach, beforeAll, expect, inject, test } from 'vitest'
import { type Connections, createConnections, DatabaseBusyError } from '#server/database/connections.ts'

const logins = ['pool_a', 'pool_b', 'pool_c']
const loginOf = (user: string) => ({ ...urlParts(inject('postgres')), user, password: user, database: 'postgres' })
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
