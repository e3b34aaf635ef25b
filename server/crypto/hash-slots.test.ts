import { expect, test } from 'vitest'
import { createSlots, OverloadedError } from './hash-slots.ts'

const limits = { atOnce: 2, waiting: 10, patienceMilliseconds: 60_000 }

test('no more than the allowed number run at once, and all get their turn in order', async () => {
  const inSlot = createSlots(limits)
  let running = 0
  let most = 0
  const order: number[] = []
  const work = (id: number) => async () => {
    most = Math.max(most, ++running)
    order.push(id)
    await new Promise(setImmediate)
    running -= 1
    return id
  }
  expect(await Promise.all([0, 1, 2, 3, 4, 5].map(id => inSlot(work(id))))).toEqual([0, 1, 2, 3, 4, 5])
  expect(most).toBe(2)
  expect(order).toEqual([0, 1, 2, 3, 4, 5])
})
test('work that fails gives its slot back', async () => {
  const inSlot = createSlots({ ...limits, atOnce: 1 })
  const fail = () => inSlot(() => Promise.reject(new Error('no')))
  await expect(Promise.all([fail(), fail()])).rejects.toThrow('no')
  expect(await inSlot(async () => 'next')).toBe('next')
})
test('who waits too long is told so, and the queue goes on', async () => {
  const inSlot = createSlots({ ...limits, atOnce: 1, patienceMilliseconds: 1 })
  const gate = Promise.withResolvers<void>()
  const first = inSlot(() => gate.promise)
  await expect(inSlot(async () => 'never')).rejects.toThrow(OverloadedError)
  gate.resolve()
  await first
  expect(await inSlot(async () => 'served')).toBe('served')
})
test('a full queue refuses at once', async () => {
  const inSlot = createSlots({ ...limits, atOnce: 1, waiting: 1 })
  const gate = Promise.withResolvers<void>()
  const served = [inSlot(() => gate.promise), inSlot(() => gate.promise)]
  await expect(inSlot(async () => 'never')).rejects.toThrow(OverloadedError)
  gate.resolve()
  await Promise.all(served)
})
test('work knows whether it is alone', async () => {
  const inSlot = createSlots({ ...limits, atOnce: 1 })
  expect(await inSlot(async isAlone => isAlone())).toBe(true)
  const gate = Promise.withResolvers<void>()
  const first = inSlot(async isAlone => {
    await gate.promise
    return isAlone()
  })
  const second = inSlot(async isAlone => isAlone())
  gate.resolve()
  expect(await Promise.all([first, second])).toEqual([false, true])
})
