import { type Feature, methodOf, type Operation, pathOf, statusOf } from '#server/http/operation.ts'
import { reasonHeader } from '#server/http/origin.ts'
import { commonProblems, type ProblemTable } from '#server/http/problems.ts'
import { databaseProblems } from '#server/http/to-problem.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 description of the operations: derived from their declarations, and from nothing else. */
export function describeApi(features: readonly Feature[], version: string): Json {
  const schemas: Record<string, Json> = { Problem: problemSchema }
  const paths: Record<string, Json> = {}
  for (const feature of features) {
    for (const operation of feature.operations) {
      const path = pathOf(operation).replace(/:(\w+)/g, '{$1}')
      paths[path] ??= {}
      paths[path][methodOf(operation).toLowerCase()] = describe(operation, feature, schemas)
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kontor',
      version,
      description: introduction,
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: '/' }],
    tags: features.map(({ name, description }) => ({ name, description })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API token (`kontor_pat_…`) of one member of one workspace',
        },
        session: { type: 'apiKey', in: 'cookie', name: 'kontor', description: 'The cookie of `POST /api/session`' },
      },
    },
  }
}

const introduction = `Everything that the web client does, it does through these operations.

**Signing in.** Send \`Authorization: Bearer kontor_pat_…\` with an API token (Settings → API tokens), or sign in with
\`POST /api/session\` and keep the cookie; a write with the cookie also needs \`Sec-Fetch-Site\` or \`Origin\`, which browsers send.

**Errors** are \`application/problem+json\` (RFC 9457). What you may not see does not exist: 404. What you may see but not do: 403.

**Writing safely.** A POST takes an \`Idempotency-Key\`, kept for 24 hours. Single resources carry an \`ETag\`; PATCH and DELETE honour \`If-Match\`.`

const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', description: '/problems/<code>', examples: ['/problems/not-found'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: { pointer: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

function describe(operation: Operation, feature: Feature, schemas: Record<string, Json>): Json {
  const { id, summary, description, access, needs } = operation
  const inWorkspace = access === 'workspace'
  return {
    operationId: id,
    tags: [feature.name],
    summary,
    description: [description, permissionSentence(operation)].filter(Boolean).join('\n\n'),
    security: inWorkspace ? [{ token: [] }, { session: [] }] : access === 'account' ? [{ session: [] }] : [],
    ...(inWorkspace
      ? { 'x-permission': needs === 'membership' ? 'membership' : `${needs?.resource}.${needs?.action}` }
      : {}),
    parameters: parametersOf(operation, schemas),
    ...requestBody(operation, schemas),
    responses: responsesOf(operation, schemas),
  }
}

function permissionSentence({ access, needs, needsProof }: Operation): string {
  if (access === 'public') return 'Open to everyone.'
  if (needsProof) return 'For a signed-in account that proved itself in the last ten minutes: `createProof`.'
  if (access === 'account') return 'For a signed-in account.'
  return needs === 'membership'
    ? 'For every member of the workspace.'
    : `Needs the permission \`${needs?.resource}.${needs?.action}\`.`
}

function parametersOf(operation: Operation, schemas: Record<string, Json>): Json[] {
  const parameters: Json[] = []
  const add = (where: string, name: string, schema: unknown, required: boolean) => {
    const { description, ...rest } = named(schema, schemas) as Json
    parameters.push({ name, in: where, required, ...(description ? { description } : {}), schema: rest })
  }
  for (const [name, schema] of Object.entries(operation.params?.properties ?? {})) add('path', name, schema, true)
  const required: readonly string[] = operation.query?.required ?? []
  for (const [name, schema] of Object.entries(operation.query?.properties ?? {}))
    add('query', name, schema, required.includes(name))
  const method = methodOf(operation)
  if (method === 'POST' && operation.access !== 'public' && (!operation.upload || operation.takesKey)) {
    add(
      'header',
      'Idempotency-Key',
      { type: 'string', maxLength: 200, description: 'Repeats the first answer instead of the effect, for 24 hours' },
      false,
    )
  }
  if (operation.access === 'workspace' && method !== 'GET') {
    add(
      'header',
      reasonHeader,
      { type: 'string', description: 'Why, for the audit history: at most 500 characters, percent-encoded UTF-8' },
      false,
    )
  }
  if (operation.access === 'workspace' && (method === 'PATCH' || method === 'DELETE')) {
    add(
      'header',
      'If-Match',
      { type: 'string', description: 'The ETag that you read: refused with 412 when it has changed since' },
      false,
    )
  }
  return parameters
}

function requestBody({ body, example, upload }: Operation, schemas: Record<string, Json>): Json {
  if (upload) {
    const fields = (named(upload, schemas) as Json).properties as Json
    const schema = {
      type: 'object',
      required: ['file', ...(upload.required ?? [])],
      properties: { ...fields, file: { type: 'string', format: 'binary' } },
    }
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } }
  }
  if (!body) return {}
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: named(body, schemas), ...(example === undefined ? {} : { example }) } },
    },
  }
}

const redirection: Json = {
  description: 'The browser goes on to `Location`',
  headers: { Location: { required: true, schema: { type: 'string' } } },
}

function responsesOf(operation: Operation, schemas: Record<string, Json>): Json {
  const { returns, streams } = operation
  const status = statusOf(operation)
  const content = streams
    ? {
        content: {
          [streams]: { schema: { type: 'string', ...(streams.startsWith('text/') ? {} : { format: 'binary' }) } },
        },
      }
    : returns
      ? { content: { 'application/json': { schema: named(returns, schemas) } } }
      : {}
  const responses: Json = { [status]: operation.redirects ? redirection : { description: 'Done', ...content } }
  if (operation.mayBeEmpty) responses[204] = { description: 'There is none' }
  if (operation.takesRange) {
    responses[206] = { description: 'The range that was asked for', ...content }
    responses[304] = { description: 'It is what `If-None-Match` names' }
  }
  for (const [problemStatus, titles] of Object.entries(problemsByStatus(operation))) {
    responses[problemStatus] = {
      description: titles.join('; '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
  }
  return responses
}

function problemsByStatus({
  access,
  body,
  query,
  params,
  upload,
  problems = {},
  route,
  anySession,
  needsProof,
}: Operation): Record<number, string[]> {
  const codes: (keyof typeof commonProblems)[] = ['too-many-requests', 'busy']
  if (body || query || upload || params) codes.push('bad-request')
  if (body || upload) codes.push('too-large', 'unsupported-media-type')
  if (access !== 'public') codes.push('not-signed-in')
  if (access === 'workspace') codes.push('forbidden', 'second-factor-missing', 'workspace-closing', 'not-found')
  if (access === 'account' && !anySession) codes.push('workspace-session')
  if (needsProof) codes.push('proof-required')
  if (!route.startsWith('GET')) codes.push('cross-site', 'conflict', 'rule-broken')
  if (/^(PATCH|DELETE)/.test(route) && access === 'workspace') codes.push('stale')
  if (params) codes.push('not-found')
  const table: ProblemTable = {
    ...Object.fromEntries(codes.map(code => [code, commonProblems[code]])),
    ...relevant(route),
    ...problems,
  }
  const byStatus: Record<number, string[]> = {}
  for (const [code, { status, title }] of Object.entries(table)) {
    byStatus[status] = [...(byStatus[status] ?? []), `\`${code}\`: ${title}`]
  }
  return byStatus
}

function relevant(route: string): ProblemTable {
  return /^(PATCH|DELETE) .*\/members/.test(route) ? { 'last-admin': databaseProblems['last-admin']! } : {}
}

/** A schema for the document: what has a name becomes a reference to it. */
function named(schema: unknown, schemas: Record<string, Json>): unknown {
  if (Array.isArray(schema)) return schema.map(item => named(item, schemas))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $id, ...rest } = schema as Json
  const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, named(value, schemas)]))
  if (typeof $id !== 'string') return plain
  schemas[$id] = plain
  return { $ref: `#/components/schemas/${$id}` }
}
