import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { TSchema } from 'typebox'
import { type FieldError, problem } from '#server/http/problems.ts'

const strict = { allErrors: true, strict: false, validateFormats: true } as const
const forBodies = new Ajv2020({ ...strict, useDefaults: true })
// In an address everything is text, so numbers and booleans are read from it.
const forAddresses = new Ajv2020({ ...strict, useDefaults: true, coerceTypes: true })
for (const ajv of [forBodies, forAddresses]) {
  addFormats.default(ajv, ['email', 'uri'])
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  ajv.addFormat('date', isDay)
  ajv.addFormat('date-time', isInstant)
}

type Part = 'body' | 'params' | 'querystring' | 'headers'

/** A check of one part of a request, or of an answer. Returns the faults; none: it is good. */
export function compileCheck(schema: TSchema, part: Part): (value: unknown) => FieldError[] {
  return value => {
    const validate = validatorOf(schema, part)
    return validate(value) ? [] : toFieldErrors(validate.errors ?? [], part)
  }
}

// Compiled when first asked for, and once: all of them together take longer than the rest of a start.
function validatorOf(schema: TSchema, part: Part): ValidateFunction {
  const [ajv, known] = part === 'body' ? ([forBodies, ofBodies] as const) : ([forAddresses, ofAddresses] as const)
  const found = known.get(schema)
  if (found) return found
  const compiled = ajv.compile(withoutIds(schema) as object)
  known.set(schema, compiled)
  return compiled
}

const ofBodies = new WeakMap<TSchema, ValidateFunction>()
const ofAddresses = new WeakMap<TSchema, ValidateFunction>()

/** The problem of a request that does not fit its schema. */
export function badRequest(errors: FieldError[]) {
  const [first] = errors
  const detail = first ? `${first.pointer || 'The request'} ${first.message}` : undefined
  return problem('bad-request', detail, { errors: errors.slice(0, 20) })
}

/** The schema without the names that only the documentation uses. */
export function withoutIds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIds)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).filter(([key, value]) => !(key === '$id' && typeof value === 'string'))
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutIds(value)]))
}

/**
 * The schema that answers are written by. Ids and the words of a list need no look for what to escape: the database
 * holds nothing else in their columns.
 */
export function forAnswers(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(forAnswers)
  if (typeof schema !== 'object' || schema === null) return schema
  const { $id, ...rest } = schema as { $id?: unknown; format?: unknown; enum?: unknown }
  const known = typeof $id === 'string' ? rest : { ...schema }
  const written = Object.fromEntries(Object.entries(known).map(([key, value]) => [key, forAnswers(value)]))
  return rest.format === 'uuid' || isOfWords(rest.enum) ? { ...written, format: 'unsafe' } : written
}

function isOfWords(choices: unknown): boolean {
  return (
    Array.isArray(choices) &&
    choices.every(choice => choice === null || (typeof choice === 'string' && /^[\w.-]+$/.test(choice)))
  )
}

function toFieldErrors(errors: ErrorObject[], part: Part): FieldError[] {
  const prefix = part === 'body' ? '' : `/${part === 'querystring' ? 'query' : part}`
  return errors.map(({ instancePath, keyword, params, message = 'is not valid' }) => {
    if (keyword === 'additionalProperties') {
      return {
        pointer: `${prefix}${instancePath}/${inPointer(params.additionalProperty)}`,
        message: 'is not a field that is known here',
      }
    }
    if (keyword === 'required')
      return { pointer: `${prefix}${instancePath}/${inPointer(params.missingProperty)}`, message: 'is missing' }
    if (keyword === 'enum')
      return { pointer: prefix + instancePath, message: `must be one of ${params.allowedValues.join(', ')}` }
    if (keyword === 'format' && params.format === 'date')
      return { pointer: prefix + instancePath, message: 'must be a day such as 2026-10-25, from 1900 to 9999' }
    if (keyword === 'format' && params.format === 'date-time')
      return { pointer: prefix + instancePath, message: `must be an instant such as ${anInstant}, from 1900 to 9999` }
    if (keyword === 'pattern' && params.pattern === '\\S')
      return { pointer: prefix + instancePath, message: 'must not be blank' }
    return { pointer: prefix + instancePath, message }
  })
}

const anInstant = '2026-10-25T08:30:00Z'

// JavaScript, `Temporal` and PostgreSQL read these alike. Before 1900 zones had seconds, and before the year 100 the
// year is taken for one of our time; after 9999 it is written in another way. The usual format lets all of it pass.
const firstYear = 1900

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  return yearOf(() => Temporal.PlainDate.from(text)) >= firstYear
}

function isInstant(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i.test(text)) return false
  const year = yearOf(() => Temporal.Instant.from(text).toZonedDateTimeISO('UTC'))
  return year >= firstYear && year <= 9999
}

function yearOf(read: () => { year: number }): number {
  try {
    return read().year
  } catch {
    return Number.NaN
  }
}

function inPointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
