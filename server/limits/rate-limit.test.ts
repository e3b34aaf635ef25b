import { afterAll, beforeAll, expect, test } from 'vitest'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('of any number at once, exactly the limit gets through, and the rest learns when to come back', async () => {
  world.setClock('2026-11-20T09:00:00Z')
  const limit = { bucket: bucketOf('test', 'at once'), limit: 7, seconds: 3600 }
  const waits = await Promise.all(Array.from({ length: 60 }, () => takeFromLimits(world.services, [limit])))
  expect(waits.filter(wait => wait === 0)).toHaveLength(7)
  expect(waits.filter(wait => wait === 3600)).toHaveLength(53)
})

test('the window slides: each place is free again when its own hour is over', async () => {
  const limit = { bucket: bucketOf('test', 'sliding'), limit: 2, seconds: 3600 }
  const takeAt = (instant: string) => {
    world.setClock(instant)
    return takeFromLimits(world.services, [limit])
  }
  expect(await takeAt('2026-11-20T09:00:00Z')).toBe(0)
  expect(await takeAt('2026-11-20T09:40:00Z')).toBe(0)
  expect(await takeAt('2026-11-20T09:59:59Z')).toBe(1)
  expect(await takeAt('2026-11-20T10:00:00Z')).toBe(0)
  expect(await takeAt('2026-11-20T10:10:00Z')).toBe(1800)
})

test('what one limit refuses does not count against the others', async () => {
  world.setClock('2026-11-20T09:00:00Z')
  const narrow = { bucket: bucketOf('test', 'narrow'), limit: 1, seconds: 60 }
  const wide = { bucket: bucketOf('test', 'wide'), limit: 2, seconds: 60 }
  expect(await takeFromLimits(world.services, [narrow, wide])).toBe(0)
  expect(await takeFromLimits(world.services, [narrow, wide])).toBeGreaterThan(0)
  expect(await takeFromLimits(world.services, [wide])).toBe(0)
})
