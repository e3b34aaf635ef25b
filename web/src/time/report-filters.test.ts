import { expect, test } from 'vitest'
import { daysOf, readReportSearch } from './report-filters.ts'

test('a week begins on Monday and ends on Sunday', () => {
  expect(daysOf('thisWeek', '2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-22' })
  expect(daysOf('lastWeek', '2026-11-23')).toEqual({ from: '2026-11-16', to: '2026-11-22' })
})

test('a month ends on its own last day, over the turn of the year too', () => {
  expect(daysOf('thisMonth', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(daysOf('lastMonth', '2027-01-31')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
})

test('what is no filter is left out of the address', () => {
  expect(readReportSearch({ from: 'yesterday', by: 'moon', billable: true, x: 1 })).toEqual({ billable: true })
})
