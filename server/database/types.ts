import { types } from 'pg'

// Dates stay text (a day has no zone); 64-bit integers become numbers as long as they are exact.
const parsers = new Map<number, (text: string) => unknown>([
  [1082, text => text],
  [20, exactInteger],
  [1184, text => new Date(text).toISOString()],
])

/** How values of PostgreSQL become values of JavaScript: instants are RFC 3339 in UTC with milliseconds. */
export const parseTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return (format !== 'binary' && parsers.get(oid)) || types.getTypeParser(oid, format as 'text')
  },
}

function exactInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is larger than a number holds exactly`)
  return value
}
