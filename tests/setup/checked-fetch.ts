import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { features } from '#server/features/index.ts'
import { describeApi } from '#server/http/openapi.ts'

type Described = { responses: Record<string, { content?: Record<string, { schema: object }> }> }
type Checked = { pattern: RegExp; responses: Map<number, () => ValidateFunction | undefined> }

const ajv = new Ajv2020({ allErrors: true, strict: false })
addFormats.default(ajv, ['uuid', 'date', 'date-time', 'email', 'uri'])
const operations = describedOperations()

/** `fetch` that also holds every answer against the API's description: its status, and its body for JSON. */
export const checkedFetch: typeof globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init)
  const { pathname } = new URL(String(input))
  const method = (init?.method ?? 'GET').toLowerCase()
  const operation = operations.get(method)?.find(({ pattern }) => pattern.test(pathname))
  if (!operation) throw new Error(`${method} ${pathname} is not described`)
  const where = `${method.toUpperCase()} ${pathname} → ${response.status}`
  if (!operation.responses.has(response.status)) throw new Error(`${where}: the status is not described`)
  const validate = operation.responses.get(response.status)?.()
  if (validate && !validate(await response.clone().json())) {
    throw new Error(`${where}: ${ajv.errorsText(validate.errors, { dataVar: 'body' })}`)
  }
  return response
}

function describedOperations(): Map<string, Checked[]> {
  const document = describeApi(features, 'test')
  ajv.addSchema({ $id: 'api', ...document })
  const found = new Map<string, Checked[]>()
  const paths = document.paths as Record<string, Record<string, Described>>
  for (const [path, methods] of Object.entries(paths)) {
    const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)
    for (const [method, { responses }] of Object.entries(methods)) {
      const entry = { pattern, responses: describedResponses(path, method, responses) }
      found.set(method, [...(found.get(method) ?? []), entry])
    }
  }
  // A fixed path such as /read-all stands before one with an id in its place.
  for (const list of found.values()) list.sort((a, b) => weight(a.pattern) - weight(b.pattern))
  return found
}

// Compiled when the first such answer comes: all of them take more time than most files of tests.
function describedResponses(path: string, method: string, responses: Described['responses']) {
  const described = new Map<number, () => ValidateFunction | undefined>()
  for (const [status, { content = {} }] of Object.entries(responses)) {
    const media = Object.keys(content).find(type => /json$/.test(type))
    const pointer =
      media && ['paths', path, method, 'responses', status, 'content', media, 'schema'].map(inPointer).join('/')
    described.set(
      Number(status),
      once(() => (pointer ? ajv.compile({ $ref: `api#/${pointer}` }) : undefined)),
    )
  }
  return described
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function inPointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function weight(pattern: RegExp): number {
  return pattern.source.split('[^/]+').length
}
