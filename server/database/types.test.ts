import { types } from 'pg'
import { expect, test } from 'vitest'
import { parseTypes } from '#server/database/types.ts'

const instant = parseTypes.getTypeParser(1184, 'text') as (text: string) => string
const uuids = parseTypes.getTypeParser(2951, 'text') as (text: string) => unknown

test.each([
  ['2026-11-02 08:00:00+00', '2026-11-02T08:00:00.000Z'],
  ['2026-11-02 08:00:00.5+00', '2026-11-02T08:00:00.500Z'],
  ['2026-11-02 08:00:00.123+00', '2026-11-02T08:00:00.123Z'],
  ['2026-11-02 08:00:00.123456+00', '2026-11-02T08:00:00.123Z'],
  ['2026-11-02 08:00:00+05:30', '2026-11-02T02:30:00.000Z'],
  ['2026-11-02 08:00:00.25-03', '2026-11-02T11:00:00.250Z'],
  ['1900-01-01 00:00:00.001+00', '1900-01-01T00:00:00.001Z'],
])('the instant %s is %s, in whatever zone the session is', (text, expected) => {
  expect(instant(text)).toBe(expected)
})

test('an instant that cannot be written in RFC 3339 is refused rather than invented', () => {
  expect(() => instant('infinity')).toThrow(RangeError)
})

test.each([
  '{}',
  '{0190f0c4-7c1e-7000-8000-00000000000a}',
  '{0190f0c4-7c1e-7000-8000-00000000000a,0190f0c4-7c1e-7000-8000-00000000000b}',
  '{NULL}',
  '{0190f0c4-7c1e-7000-8000-00000000000a,NULL}',
  '{{0190f0c4-7c1e-7000-8000-00000000000a},{0190f0c4-7c1e-7000-8000-00000000000b}}',
  '[0:0]={0190f0c4-7c1e-7000-8000-00000000000a}',
])('the ids in %s are those that the general parser reads', text => {
  expect(uuids(text)).toEqual(types.getTypeParser(2951 as never, 'text')(text))
})
