/**
 * The one way to write a JSON value that everybody agrees on (JCS, RFC 8785): members sorted by UTF-16 code units, no
 * white space, numbers and strings as ECMAScript writes them. Throws `TypeError` on what JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return canonicalString(value)
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`
  if (typeof value === 'object' && isPlain(value)) return canonicalObject(value)
  throw new TypeError(`A ${typeof value} is nothing that JSON can hold.`)
}

/** Half of a surrogate pair has no UTF-8, so nobody could hash it (RFC 8785, section 3.2.2.2). */
export function canonicalString(value: string): string {
  if (value.length <= short && !special.test(value)) return `"${value}"`
  if (!value.isWellFormed()) throw new TypeError('A text with half a surrogate pair has no canonical form.')
  return JSON.stringify(value)
}

// Most texts are words and ids: looking whether anything in them needs a backslash takes half the time of writing them.
const short = 64
const special = /["\\\p{Cc}\p{Cs}]/u

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is nothing that JSON can hold.`)
  return JSON.stringify(value)
}

function canonicalObject(value: object): string {
  // Without a comparison function, `sort` goes by UTF-16 code units, as the RFC asks.
  const names = Object.keys(value).sort()
  const fields = value as Record<string, unknown>
  let members = ''
  for (const name of names) {
    members += `${members === '' ? '' : ','}${canonicalString(name)}:${canonicalJson(fields[name])}`
  }
  return `{${members}}`
}

/** A date or a map would be written as something else than what it is. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
