type Json = Record<string, unknown>
type Schema = Json & {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
}
type Parameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: Schema
}
type Described = {
  operationId: string
  summary: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

/** The TypeScript client of an OpenAPI document: a type for each schema, and a method for each operation. */
export function generateClient(document: Json): string {
  const { schemas } = document.components as { schemas: Record<string, Schema> }
  const paths = document.paths as Record<string, Record<string, Described>>
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  // What only sends a browser on is opened, not called.
  const calls = operations.filter(({ operation }) =>
    Object.keys(operation.responses).some(code => code.startsWith('2')),
  )
  return [
    '// Made by `npm run generate` from openapi.json; do not edit.',
    "import { type Call, type ClientOptions, createSender, type Download } from './send.ts'",
    "export { ApiProblem, type ClientOptions, type Download } from './send.ts'",
    ...Object.entries(schemas).map(([name, schema]) => `export type ${name} = ${typeOf(schema)}`),
    `/** Every operation of the API. A refusal is thrown as an \`ApiProblem\`. */\nexport function createClient(options: ClientOptions = {}) {\n  const send = createSender(options)\n  return {\n${calls.map(methodOf).join('\n')}\n  }\n}`,
    'export type Client = ReturnType<typeof createClient>',
    '',
  ].join('\n\n')
}

function methodOf({ path, method, operation }: { path: string; method: string; operation: Described }): string {
  const { operationId, summary, parameters, requestBody, responses } = operation
  const [status, success] = Object.entries(responses).find(([code]) => code.startsWith('2'))!
  const media = Object.entries(success.content ?? {})[0]
  const isJson = media?.[0] === 'application/json'
  const mayBeEmpty = media && '204' in responses ? ' | undefined' : ''
  const result = !media ? 'void' : isJson ? typeOf(media[1].schema) + mayBeEmpty : 'Download'
  const call = callType(parameters, requestBody)
  const kind = !media ? 'nothing' : isJson ? 'json' : 'download'
  const argument = call.optional ? `call: ${call.type} = {}` : `call: ${call.type}`
  return [
    `    /** ${summary} — \`${method} ${path}\` → ${status} */`,
    `    ${operationId}: (${argument}): Promise<${result}> => send('${method}', '${path}', '${kind}', call),`,
  ].join('\n')
}

function callType(parameters: Parameter[], requestBody: Described['requestBody']): { type: string; optional: boolean } {
  const fields: string[] = []
  const group = (where: string) => parameters.filter(parameter => parameter.in === where)
  const members = (list: Parameter[]) =>
    list
      .map(p => `${key(p.name)}${p.required ? '' : '?'}: ${typeOf(p.schema)}${p.required ? '' : ' | undefined'}`)
      .join('; ')
  if (group('path').length > 0) fields.push(`path: { ${members(group('path'))} }`)
  const query = group('query')
  if (query.length > 0) fields.push(`query${query.some(p => p.required) ? '' : '?'}: { ${members(query)} }`)
  const [media, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
  if (media === 'multipart/form-data') fields.push('form: FormData')
  else if (content) fields.push(`body: ${typeOf(content.schema)}`)
  const optional = fields.every(field => field.startsWith('query?'))
  const type = fields.length > 0 ? `{ ${fields.join('; ')} } & Call` : 'Call'
  return { type, optional }
}

function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1)!
  if ('const' in schema) return JSON.stringify(schema.const)
  const union = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (union) return union.map(typeOf).join(' | ')
  if (schema.allOf) return (schema.allOf as Schema[]).map(typeOf).join(' & ')
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
  const types = [schema.type].flat()
  return types.map(type => ofType(type, schema)).join(' | ')
}

function ofType(type: string | undefined, schema: Schema): string {
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'array') {
    const item = typeOf(schema.items ?? {})
    return /[|&]/.test(item) ? `(${item})[]` : `${item}[]`
  }
  if (type === 'object') return objectType(schema)
  return type ?? 'unknown'
}

function objectType({ properties, required = [], additionalProperties, patternProperties }: Schema): string {
  if (!properties) {
    const values = Object.values((patternProperties ?? {}) as Record<string, Schema>)[0] ?? additionalProperties
    return `Record<string, ${values && values !== true ? typeOf(values as Schema) : 'unknown'}>`
  }
  const fields = Object.entries(properties).map(([name, schema]) => {
    const optional = !required.includes(name)
    return `${key(name)}${optional ? '?' : ''}: ${typeOf(schema)}${optional ? ' | undefined' : ''}`
  })
  return `{ ${fields.join('; ')} }`
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}
