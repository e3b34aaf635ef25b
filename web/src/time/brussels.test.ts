import { expect, test } from 'vitest'
import { addDays, clockOf, dayOf, instantOf, mondayOf } from './brussels.ts'

test('a day is a day in Brussels, wherever the browser is', () => {
  expect(dayOf('2026-07-13T22:30:00Z')).toBe('2026-07-14')
  expect(clockOf('2026-07-13T22:30:00Z')).toBe('00:30')
})

test('a local clock becomes its instant, in winter and in summer', () => {
  expect(instantOf('2026-01-15', '09:00')).toBe('2026-01-15T08:00:00.000Z')
  expect(instantOf('2026-07-15', '09:00')).toBe('2026-07-15T07:00:00.000Z')
})

test('00:30 to 04:30 on the day of 25 hours is 5 hours', () => {
  const hours = Date.parse(instantOf('2026-10-25', '04:30')) - Date.parse(instantOf('2026-10-25', '00:30'))
  expect(hours / 3_600_000).toBe(5)
})

test('a clock that spring skips is the one an hour later', () => {
  expect(clockOf(instantOf('2027-03-28', '02:30'))).toBe('03:30')
})

test('a week begins on Monday, over the change of the clocks too', () => {
  expect(mondayOf('2026-10-25')).toBe('2026-10-19')
  expect(mondayOf('2026-10-26')).toBe('2026-10-26')
  expect(addDays('2026-10-24', 2)).toBe('2026-10-26')
})
