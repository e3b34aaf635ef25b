import { expect, test } from 'vitest'
import { type DateOrder, homeZone, readDate, readDateRange } from './dates.ts'
import { readDuration } from './durations.ts'

const read = (text: string, order: DateOrder = 'dmy') => readDate(text, { order, zone: homeZone })

test.each([
  ['2024-02-29', '2024-02-29'],
  ['2024/3/5', '2024-03-05'],
  ['12/Apr/24 3:22 PM', '2024-04-12'],
  ['October 8, 2021', '2021-10-08'],
  ['8 Oct 2021', '2021-10-08'],
  ['8. Oktober 2021', '2021-10-08'],
  ['Fri, 8 Oct 2021', '2021-10-08'],
  ['1er août 2022', '2022-08-01'],
  ['5 mrt. 2024', '2024-03-05'],
  ['05.03.24', '2024-03-05'],
  ['2024-12-31T23:30:00Z', '2025-01-01'],
  ['2024-12-31T23:30:00-05:00', '2025-01-01'],
  ['9/23/2025, 12:51:40 PM GMT+5:30', undefined],
  ['2024-02-30', undefined],
  ['tomorrow', undefined],
  ['12', undefined],
])('%s is the local day %s', (text, day) => {
  expect(read(text)?.day).toBe(day)
})

test('a time without a zone is of Brussels, on both sides of the change of the clock', () => {
  expect(read('24/Oct/26 9:00 AM')?.instant).toBe('2026-10-24T07:00:00.000Z')
  expect(read('25/Oct/26 9:00 AM')?.instant).toBe('2026-10-25T08:00:00.000Z')
  expect(read('9/23/2025, 12:51:40 PM GMT+5:30', 'mdy')?.instant).toBe('2025-09-23T07:21:40.000Z')
})

test('a range has a start and an end, a single day only an end', () => {
  const range = (text: string) => readDateRange(text, { order: 'dmy', zone: homeZone })
  expect(range('October 8, 2021 → January 1, 2022')).toMatchObject({
    start: { day: '2021-10-08' },
    end: { day: '2022-01-01' },
  })
  expect(range('2024-01-02 - 2024-01-05')).toMatchObject({ start: { day: '2024-01-02' }, end: { day: '2024-01-05' } })
  expect(range('February 25, 2022')).toEqual({ end: { day: '2022-02-25', timed: false } })
  expect(range('Q3 → Q4')).toBeUndefined()
})

test.each([
  ['1d 2h 30m', undefined, 37_800],
  ['1:30', undefined, 5_400],
  ['2,5', 'hours', 9_000],
  ['2 uur', undefined, 7_200],
  ['3600', 'seconds', 3_600],
  ['5', undefined, undefined],
  ['XL', undefined, undefined],
] as const)('%s in %s is %s seconds', (text, unit, seconds) => {
  expect(readDuration(text, unit)).toBe(seconds)
})
