import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { stringify } from 'yaml'
import { features } from '#server/features/index.ts'
import { describeApi } from '#server/http/openapi.ts'
import { commonProblems } from '#server/http/problems.ts'
import { version } from '#server/version.ts'

const require = createRequire(import.meta.url)
const swaggerUi = dirname(require.resolve('swagger-ui-dist/package.json'))
const redoc = join(dirname(require.resolve('redoc/package.json')), 'bundles/redoc.standalone.js')

// Made when somebody asks for them, and kept: a start need not wait for what is seldom read.
const description = once(() => describeApi(features, version))
const asJson = once(() => JSON.stringify(description(), null, 2))
const asYaml = once(() => stringify(description()))
// ReDoc shows its maker's logo from the maker's server; a reader of ours calls nobody but us.
const redocWithoutCalls = once(() =>
  readFileSync(redoc, 'utf8').replaceAll('https://cdn.redoc.ly/redoc/logo-mini.svg', '/favicon.svg'),
)

/** `/api/schema/`: the description as JSON or YAML, and two readers of it, all served from here. */
export function serveDocumentation(app: FastifyInstance): void {
  app.get('/api/schema/', async (request, reply) => {
    const wantsYaml = /\b(application|text)\/(x-)?yaml\b/.test(request.headers.accept ?? '')
    reply.header('Vary', 'Accept').type(wantsYaml ? 'application/yaml' : 'application/json')
    return reply.send(wantsYaml ? asYaml() : asJson())
  })
  app.get('/api/schema', async (_request, reply) => reply.redirect('/api/schema/', 308))

  app.register(fastifyStatic, {
    root: swaggerUi,
    prefix: '/api/schema/swagger-ui/assets/',
    index: false,
    decorateReply: false,
  })
  script(app, '/api/schema/redoc/redoc.js', redocWithoutCalls)
  page(app, '/api/schema/swagger-ui/', swaggerPage)
  page(app, '/api/schema/redoc/', redocPage)
  script(app, '/api/schema/swagger-ui/start.js', () => swaggerStart)
  script(app, '/api/schema/redoc/start.js', () => redocStart)
  app.get('/problems/:code', async (request, reply) => {
    const { code } = request.params as { code: string }
    const known = Object.entries(commonProblems).find(([name]) => name === code)?.[1]
    return reply
      .type('text/plain')
      .send(
        known
          ? `${known.status} ${known.title}.\n`
          : `The problem "${code}" is described with the operation that answers with it: /api/schema/swagger-ui/\n`,
      )
  })
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function page(app: FastifyInstance, path: string, html: string): void {
  app.get(path, async (_request, reply) => reply.type('text/html; charset=utf-8').send(html))
  app.get(path.slice(0, -1), async (_request, reply) => reply.redirect(path, 308))
}

function script(app: FastifyInstance, path: string, code: () => string): void {
  app.get(path, async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(code()))
}

const swaggerPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kontor API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/api/schema/swagger-ui/assets/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/api/schema/swagger-ui/assets/swagger-ui-bundle.js"></script><script src="/api/schema/swagger-ui/start.js"></script></body></html>`

// The cookie of the web client goes with each request; a token can be given under "Authorize".
const swaggerStart = `SwaggerUIBundle({ url: '/api/schema/', dom_id: '#swagger-ui', deepLinking: true, withCredentials: true,
  persistAuthorization: false, tryItOutEnabled: true, displayOperationId: true, validatorUrl: null, docExpansion: 'list', filter: true })`

const redocPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kontor API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>body { margin: 0 }</style></head>
<body><div id="redoc"></div>
<script src="/api/schema/redoc/redoc.js"></script><script src="/api/schema/redoc/start.js"></script></body></html>`

const redocStart = `Redoc.init('/api/schema/', { hideDownloadButton: false, disableSearch: false, theme: { typography: { fontFamily: 'system-ui, sans-serif', headings: { fontFamily: 'system-ui, sans-serif' } } } }, document.getElementById('redoc'))`
