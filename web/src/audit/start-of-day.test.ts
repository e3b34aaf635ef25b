import { expect, test } from 'vitest'
import { startOfDay } from './start-of-day.ts'

test('a day begins at midnight in Brussels, in winter, in summer and on the days of the clock change', () => {
  expect(startOfDay('2026-01-15')).toBe('2026-01-14T23:00:00.000Z')
  expect(startOfDay('2026-07-15')).toBe('2026-07-14T22:00:00.000Z')
  expect(startOfDay('2026-10-25')).toBe('2026-10-24T22:00:00.000Z')
  expect(startOfDay('2026-10-26')).toBe('2026-10-25T23:00:00.000Z')
  expect(startOfDay('2027-03-28')).toBe('2027-03-27T23:00:00.000Z')
  expect(startOfDay('2027-03-29')).toBe('2027-03-28T22:00:00.000Z')
})
