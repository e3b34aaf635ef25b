import { expect, test } from 'vitest'
import { morningOf, nextMorning } from '#server/features/notifications/morning.ts'

const next = (rhythm: 'daily' | 'weekdays', after: string) =>
  nextMorning(rhythm, Temporal.Instant.from(after)).toString()

test('a morning is at eight in Brussels on both sides of each change of the clocks', () => {
  const of = (day: string) => morningOf(Temporal.PlainDate.from(day)).toString()
  expect(of('2027-03-27')).toBe('2027-03-27T07:00:00Z')
  expect(of('2027-03-28')).toBe('2027-03-28T06:00:00Z')
  expect(of('2027-10-30')).toBe('2027-10-30T06:00:00Z')
  expect(of('2027-10-31')).toBe('2027-10-31T07:00:00Z')
})

test('the next morning is strictly later, on a day in Brussels, and for working days never at a weekend', () => {
  expect(next('daily', '2027-03-27T06:59:59.999Z')).toBe('2027-03-27T07:00:00Z')
  expect(next('daily', '2027-03-27T07:00:00Z')).toBe('2027-03-28T06:00:00Z')
  expect(next('daily', '2027-03-26T23:30:00Z')).toBe('2027-03-27T07:00:00Z')
  expect(next('weekdays', '2027-03-26T07:00:00Z')).toBe('2027-03-29T06:00:00Z')
})
