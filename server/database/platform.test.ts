import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const backend = (db: PlatformDatabase) =>
  sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db).then(({ rows }) => rows[0]!.pid)
const lookUp: World['services']['platform']['lookUp'] = (question, ask) => world.services.platform.lookUp(question, ask)

test('what is looked up at once goes out together, and the same question once', async () => {
  let asked = 0
  const ask = (db: PlatformDatabase) => {
    asked++
    return backend(db)
  }
  const pids = await Promise.all(['a', 'b', 'a', 'c', 'a'].map(question => lookUp(question, ask)))
  expect(new Set(pids).size).toBe(1)
  expect(asked).toBe(3)
})

test('who asks while the answer to the same question is on its way gets one that is as new as their own question', async () => {
  const { promise: isAsked, resolve: tellAsked } = Promise.withResolvers<void>()
  const { promise: mayAnswer, resolve: letAnswer } = Promise.withResolvers<void>()
  const planOfAcme = (db: PlatformDatabase) =>
    db.selectFrom('workspace').select('plan').where('slug', '=', 'acme').executeTakeFirstOrThrow()
  const first = lookUp('plan', async db => {
    const found = await planOfAcme(db)
    tellAsked()
    await mayAnswer
    return found
  })
  await isAsked
  await world.superuser(`update platform.workspace set plan = 'pro' where slug = 'acme'`)
  const second = lookUp('plan', planOfAcme)
  letAnswer()
  expect([await first, await second]).toEqual([{ plan: 'business' }, { plan: 'pro' }])
})

test('a question that fails fails for whoever asked it, and for nobody else', async () => {
  const answers = await Promise.allSettled([
    lookUp('wrong', db => sql`select 1 / 0`.execute(db)),
    lookUp('right', backend),
    lookUp('wrong', backend),
  ])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected'])
  expect(await lookUp('wrong', backend)).toBeGreaterThan(0)
})

test('when the connection is cut off those who asked are told, and the next are answered', async () => {
  const cut = lookUp('cut', db => sql`select pg_terminate_backend(pg_backend_pid())`.execute(db))
  await expect(cut).rejects.toThrow()
  expect(await lookUp('after', backend)).toBeGreaterThan(0)
})
