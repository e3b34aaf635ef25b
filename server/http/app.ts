import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { features } from '#server/features/index.ts'
import { readJson } from '#server/http/body.ts'
import { cutStalled } from '#server/http/cut-stalled.ts'
import { serveDocumentation } from '#server/http/documentation.ts'
import { addHeaders } from '#server/http/headers.ts'
import { type Readiness, serveHealth } from '#server/http/health.ts'
import type { Feature } from '#server/http/operation.ts'
import { problem } from '#server/http/problems.ts'
import { register } from '#server/http/register.ts'
import { toProblem } from '#server/http/to-problem.ts'
import { serveWeb } from '#server/http/web.ts'
import type { Services } from '#server/services.ts'

const bodyLimit = 1_048_576

/**
 * The HTTP server: every operation of every feature, the documentation, health, and the web client.
 * @param further features that are served and not documented: the tests' own, which attack the rest.
 */
export async function createApp(
  services: Services,
  readiness: Readiness,
  further: readonly Feature[] = [],
): Promise<FastifyInstance> {
  const { config } = services
  const app = fastify({
    loggerInstance: services.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => uuid7(),
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit,
    requestTimeout: 600_000,
    connectionTimeout: 120_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    ajv: { customOptions: { removeAdditional: false } },
    // What answers are written without a look at (forAnswers), where one of several schemas is chosen.
    serializerOpts: { ajv: { formats: { unsafe: true } } },
    http: { headersTimeout: 20_000 },
    // An address that cannot be decoded never reaches a route.
    frameworkErrors: answerProblem,
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, readJson(body as string))
    } catch (error) {
      done(error as Error)
    }
  })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, _body, done) => {
    const { takesForm } = request.routeOptions.config as { takesForm?: true }
    done(takesForm ? null : problem('unsupported-media-type'), undefined)
  })
  await app.register(cookie)
  await app.register(multipart, {
    limits: { files: 1, fields: 20, fieldSize: 200_000, fileSize: config.maxUploadBytes + 1, parts: 25 },
    throwFileSizeLimit: false,
  })
  addHeaders(app, config)
  logRequests(app)
  answerProblems(app)
  app.addHook('preClose', async () => services.events.stop())
  cutStalled(app)
  for (const feature of [...features, ...further])
    for (const operation of feature.operations) register(app, services, operation)
  serveDocumentation(app)
  serveHealth(app, readiness)
  await serveWeb(app, services)
  return app
}

// One line for each answer of the API, with the route instead of the path where the path holds somebody's token.
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (request.url.startsWith('/api/') && !request.url.startsWith('/api/health/')) {
      const ms = Math.round(reply.elapsedTime * 10) / 10
      const level = reply.statusCode >= 500 ? 'warn' : 'info'
      request.log[level](
        { method: request.method, route: request.routeOptions.url, status: reply.statusCode, ms },
        'answered',
      )
    }
    done()
  })
}

function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler(answerProblem)
  app.setNotFoundHandler(() => {
    throw problem('not-found', 'There is nothing at this address.')
  })
}

function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, title, status, message, extras } = toProblem(error)
  // Of a server that is busy, the line of the answer tells enough: there may be thousands a second.
  if (status >= 500 && code !== 'busy') request.log.error({ err: error }, 'a request failed')
  if (extras.retryAfterSeconds) reply.header('Retry-After', String(extras.retryAfterSeconds))
  if (status === 401) reply.header('WWW-Authenticate', 'Bearer realm="kontor"')
  const errors = extras.errors ? { errors: extras.errors } : {}
  const body = {
    type: `/problems/${code}`,
    title,
    status,
    detail: message,
    requestId: request.id,
    ...errors,
    ...extras.members,
  }
  const serializer = (value: unknown) => JSON.stringify(value)
  return reply.code(status).type('application/problem+json').serializer(serializer).send(body)
}
