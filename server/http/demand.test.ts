import { expect, test } from 'vitest'
import { createDemand } from '#server/http/demand.ts'

const minute = 60_000

function createCrowd(counts: Record<string, number>) {
  const demand = createDemand(minute)
  for (const [workspace, count] of Object.entries(counts)) for (let n = 0; n < count; n++) demand.asks(workspace)
  return demand
}

test.each([
  [100, 1, true],
  [100, 6, true],
  [16, 1, true],
  [16, 3, true],
  [12, 1, false],
  [16, 6, false],
  [60, 15, false],
  [1, 1, false],
])('who asks for %i at a time yields to who asks for %i: %s', (many, few, yields) => {
  const demand = createCrowd({ many, few })
  expect(demand.isAbove('many', 2)).toBe(yields)
  expect(demand.isAbove('few', 2)).toBe(false)
})

test('nobody yields to themselves, whatever they asked for before', () => {
  const demand = createCrowd({ alone: 100 })
  expect(demand.isAbove('alone', 2)).toBe(false)
  for (let n = 0; n < 98; n++) demand.isServed('alone')
  for (let n = 0; n < 98; n++) demand.asks('alone')
  expect(demand.isAbove('alone', 2)).toBe(false)
})

test('who was served a while ago is yielded to no more', async () => {
  const demand = createDemand(20)
  demand.asks('few')
  for (let n = 0; n < 100; n++) demand.asks('many')
  expect(demand.isAbove('many', 2)).toBe(true)
  demand.isServed('few')
  await expect.poll(() => demand.isAbove('many', 2)).toBe(false)
})
