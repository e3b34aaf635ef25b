import { types } from 'pg'

// Dates stay text (a day has no zone); 64-bit integers become numbers as long as they are exact.
const parsers = new Map<number, (text: string) => unknown>([
  [1082, text => text],
  [20, exactInteger],
  [1184, instant],
  [2951, uuids],
])
const parseArray = types.getTypeParser(2951 as never) as (text: string) => (string | null)[]

/** How values of PostgreSQL become values of JavaScript: instants are RFC 3339 in UTC with milliseconds. */
export const parseTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return (format !== 'binary' && parsers.get(oid)) || types.getTypeParser(oid, format as 'text')
  },
}

// Sessions are in UTC, so `2026-11-02 08:00:00.5+00` only needs rewriting; a Date takes eleven times as long.
function instant(text: string): string {
  const end = text.length - 3
  if (text.charCodeAt(10) !== 32 || !text.endsWith('+00') || end > 23) return new Date(text).toISOString()
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, end).padEnd(3, '0')}Z`
}

// Nothing in an id needs quotes: splitting takes a twelfth of the time of the parser for arrays of any text.
function uuids(text: string): (string | null)[] {
  if (text === '{}') return []
  return text.includes('N') || text.includes('[') || text.startsWith('{{')
    ? parseArray(text)
    : text.slice(1, -1).split(',')
}

function exactInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is larger than a number holds exactly`)
  return value
}
