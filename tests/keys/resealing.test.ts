import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealedColumns } from '#server/crypto/sealed-columns.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { loginAs } from '#server/database/server.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

// A Fernet token's first twelve characters are its version and time of sealing.
const sealedAt = 'gAAAAABq7E-L'
const sealed = (prefix: string, time = sealedAt, length = 80) => `${prefix}:${time}${'A'.repeat(length)}==`

let world: World
let acme: pg.Client
beforeAll(async () => {
  world = await createWorld()
  acme = new pg.Client(loginAs(world.server, keys, world.acme.schema, 1))
  await acme.connect()
})
afterAll(async () => {
  await acme.end()
  await world.close()
})

/** What a change of one webhook's columns leaves, made by a session that says that it seals anew. */
async function changeOf(set: string, values: unknown[], from = sealed('k1'), resealing = 'on') {
  const id = uuid7()
  await acme.query('set kontor.resealing = off')
  await acme.query('insert into webhook (id, url, secret) values ($1, $2, $3)', [id, 'https://a.example', from])
  await acme.query(`set kontor.resealing = ${resealing}`)
  await acme.query(`update webhook set ${set} where id = '${id}'`, values)
  const { rows } = await acme.query(
    `select version, (select array_agg(action order by seq) from audit_event where entity_id = $1) as actions,
       (select changes from audit_event where entity_id = $1 order by seq desc limit 1) as changes
     from webhook where id = $1`,
    [id],
  )
  return rows[0] as { version: number; actions: string[]; changes: Record<string, unknown> }
}
const none = { version: 1, actions: ['webhook.created'] }
const one = { version: 2, actions: ['webhook.created', 'webhook.updated'] }

test.each([
  ['the next key', sealed('k1'), sealed('k2')],
  ['a key much newer', sealed('k9w'), sealed('k10w')],
  ['the workspace’s own key too', sealed('k1'), sealed('k1w')],
  ['both', sealed('k1'), sealed('k2w')],
])('the same content under %s is no change', async (_case, from, to) => {
  expect(await changeOf('secret = $1', [to], from)).toMatchObject(none)
})

test.each([
  ['the same key', sealed('k1'), `${sealed('k1').slice(0, -3)}B==`],
  ['an older key', sealed('k2'), sealed('k1')],
  ['a key of the installation alone', sealed('k1w'), sealed('k2')],
  ['another time', sealed('k1'), sealed('k2', 'gAAAAABq7E-M')],
  ['another length', sealed('k1'), sealed('k2', sealedAt, 84)],
])('a secret under %s has changed, and the history says so', async (_case, from, to) => {
  const change = await changeOf('secret = $1', [to], from)
  expect(change).toMatchObject({ ...one, changes: { secret: { from: '(secret)', to: '(secret)' } } })
})

test('whoever claims to seal anew hides no other change', async () => {
  const change = await changeOf('secret = $1, url = $2', [sealed('k2'), 'https://b.example'])
  expect(change).toMatchObject(one)
  expect(Object.keys(change.changes)).toEqual(['url'])
  expect(await changeOf('active = false', [])).toMatchObject(one)
})

test('who does not claim it leaves an event, whatever the secret looks like', async () => {
  expect(await changeOf('secret = $1', [sealed('k2')], sealed('k1'), 'off')).toMatchObject(one)
})

test('the declared columns are those that take sealed values, and their logins may seal them anew', async () => {
  const schemas = { platform: 'platform', [world.acme.schema]: 'workspace' }
  const rows = await world.superuser<{ schema: string; name: string; updatable: boolean }>(
    `select n.nspname as schema, c.relname || '.' || a.attname as name,
       has_column_privilege(case n.nspname when 'platform' then 'kontor_platform' else n.nspname end,
         c.oid, a.attnum, 'update') as updatable
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where a.atttypid = 'kontor.sealed'::regtype and c.relkind = 'r' and n.nspname = any ($1)`,
    [Object.keys(schemas)],
  )
  const found = rows.map(({ schema, name }) => `${schemas[schema as 'platform']} ${name}`)
  expect(found.sort()).toEqual(sealedColumns.map(({ scope, table, column }) => `${scope} ${table}.${column}`).sort())
  expect(rows.filter(row => !row.updatable)).toEqual([])
})
