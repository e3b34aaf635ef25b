import Type, { type Static, type TObject, type TSchema } from 'typebox'

// The shapes that all operations share. Types come from here; nothing declares them twice.

export const Id = Type.String({ format: 'uuid', description: 'UUIDv7' })
export const Instant = Type.String({ format: 'date-time', description: 'RFC 3339, in UTC' })
export const Day = Type.String({ format: 'date', description: 'A day in Europe/Brussels' })
export const Email = Type.String({ format: 'email', maxLength: 254 })
export const Version = Type.Integer({
  minimum: 1,
  description: 'Grows with each change; the ETag is this number in quotes',
})

/** The same, or null. Written as a type list, which serialises faster than `anyOf`. */
export function nullable<T extends TSchema>(schema: T) {
  const { type, enum: choices } = schema as unknown as { type: string; enum?: unknown[] }
  return Type.Unsafe<Static<T> | null>({
    ...schema,
    type: [type, 'null'],
    ...(choices ? { enum: [...choices, null] } : {}),
  })
}

/** One of a list of words. */
export function oneOf<const T extends readonly string[]>(
  values: T,
  options: { description?: string; default?: T[number] } = {},
) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...options })
}

/** Text of people: trimmed of nothing, but never empty where `minLength` says so. */
export function text(maxLength: number, minLength = 0, description?: string) {
  return Type.String({
    minLength,
    maxLength,
    ...(minLength > 0 ? { pattern: '\\S' } : {}),
    ...(description ? { description } : {}),
  })
}

/** An object that takes no other fields. */
export function object<T extends Record<string, TSchema>>(
  properties: T,
  options: { $id?: string; description?: string } = {},
): TObject<T> {
  return Type.Object(properties, { additionalProperties: false, ...options })
}

/** An object of a change: each field may be left out, but not all. */
export function changes<T extends Record<string, TSchema>>(properties: T) {
  return Type.Partial(object(properties), { additionalProperties: false, minProperties: 1 })
}

/** What every list takes. */
export const listQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'Items at most' })),
  // A cursor holds the key that a page ended with, and that may be a title of 500 characters.
  cursor: Type.Optional(Type.String({ maxLength: 5000, description: '`nextCursor` of the page before' })),
}

/** A comma-separated list in a query. */
export function commaList(pattern: string, description: string) {
  return Type.String({ pattern: `^(?:${pattern})(?:,(?:${pattern}))*$`, maxLength: 4000, description })
}
export const uuidPattern = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'

/** A page of a list. */
export function page<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), nextCursor: nullable(Type.String()) })
}

export const workspaceParams = { workspace: Type.String({ maxLength: 48, description: "The workspace's slug" }) }

/** The parameters of a route below a workspace; each further name is an id. */
export function inWorkspace<const N extends string>(...names: N[]) {
  const ids = Object.fromEntries(names.map(name => [name, Id])) as Record<N, typeof Id>
  return object({ ...workspaceParams, ...ids })
}
