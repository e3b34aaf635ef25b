import { expect, test } from 'vitest'
import type { TimeEntry } from '#client'
import { valuesOf, whenOf } from './entry-values.ts'

const entry = { startedAt: '2026-07-15T07:00:42Z', durationSeconds: 3725, note: '', rateCents: null } as TimeEntry

test('what was not typed anew keeps its seconds', () => {
  expect(whenOf(valuesOf(entry), entry)).toEqual({ startedAt: '2026-07-15T07:00:42Z', durationSeconds: 3725 })
})

test('a new start keeps the length, and a new length the start', () => {
  const values = valuesOf(entry)
  expect(whenOf({ ...values, start: '10:00' }, entry)).toEqual({
    startedAt: '2026-07-15T08:00:00.000Z',
    durationSeconds: 3725,
  })
  expect(whenOf({ ...values, duration: '2h' }, entry)).toEqual({
    startedAt: '2026-07-15T07:00:42Z',
    durationSeconds: 7200,
  })
})
