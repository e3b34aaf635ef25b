import { expect, test } from 'vitest'
import { endOfMinute, toLocalTime } from '#web/tasks/history/brussels-time.ts'

test.each([
  ['2026-01-15T10:12', '2026-01-15T09:12:59.999Z'],
  ['2026-07-15T10:12', '2026-07-15T08:12:59.999Z'],
  // 02:30 comes twice: the later one.
  ['2026-10-25T02:30', '2026-10-25T01:30:59.999Z'],
])('the minute %s in Brussels ends at %s', (local, instant) => {
  expect(endOfMinute(local)).toBe(instant)
  expect(toLocalTime(instant)).toBe(local)
})

test('a minute that does not exist is one an hour on, and what is no minute is none', () => {
  expect(toLocalTime(endOfMinute('2027-03-28T02:30')!)).toBe('2027-03-28T03:30')
  expect(endOfMinute('')).toBeUndefined()
})
