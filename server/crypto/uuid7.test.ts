import { afterEach, expect, test, vi } from 'vitest'
import { uuid7 } from './uuid7.ts'

afterEach(() => void vi.useRealTimers())

test('an id has version 7, the variant of RFC 9562 and the current millisecond', () => {
  const id = uuid7()
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const milliseconds = Number.parseInt(id.replace('-', '').slice(0, 12), 16)
  expect(Math.abs(milliseconds - Date.now())).toBeLessThan(1000)
})
test('ids sort in the order of their making, also thousands in one millisecond', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const ids = Array.from({ length: 20_000 }, uuid7)
  expect(ids).toEqual([...ids].sort())
  expect(new Set(ids).size).toBe(ids.length)
})
test('a clock that goes back gives no earlier id', () => {
  const before = uuid7()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 60_000 })
  expect(uuid7() > before).toBe(true)
})
