import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { timeZone } from '#server/clock.ts'
import type { Reader, Writer } from '#server/database/door.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { cookieName, enterWorkspace, findCaller, isProofRecent } from '#server/http/authentication.ts'
import { begun } from '#server/http/begun.ts'
import { checkText } from '#server/http/body.ts'
import { refuseCrossSite } from '#server/http/cross-site.ts'
import { idempotencyKeyOf, once } from '#server/http/idempotency.ts'
import {
  methodOf,
  type Operation,
  pathOf,
  type Redirect,
  type RequestFacts,
  type StreamAnswer,
  statusOf,
} from '#server/http/operation.ts'
import { originOf } from '#server/http/origin.ts'
import { problem, problemsOf } from '#server/http/problems.ts'
import { noteTokenUse } from '#server/http/token-use.ts'
import { createReceiver } from '#server/http/upload.ts'
import { badRequest, compileCheck, forAnswers } from '#server/http/validation.ts'
import type { Services } from '#server/services.ts'

/** Makes the route of an operation: checks the request, lets the caller in, runs it, and shapes the answer. */
export function register(app: FastifyInstance, services: Services, operation: Operation): void {
  const checked = { operation, check: createChecks(operation), receive: createReceiver(operation) }
  const run = { workspace: runInWorkspace, account: runForAccount, public: runForAnyone }[operation.access]
  const status = statusOf(operation)
  app.route({
    method: methodOf(operation),
    url: pathOf(operation),
    config: { takesForm: operation.takesForm },
    // Under a flood most requests are refused: before their body is read, and anything is made for them.
    onRequest: (request, _reply, done) =>
      done(
        operation.access === 'workspace' ? services.admission.refusalAt(doorOf(request, slugOf(request))) : undefined,
      ),
    schema: { ...(operation.returns ? { response: { [status]: forAnswers(operation.returns) } } : {}) },
    handler: async (request, reply) => {
      if (operation.leavesTrace) refuseHead(request, reply)
      refuseCrossSite(services.config, request, operation.access === 'workspace')
      checkAddress(request)
      const result = await run(services, checked, request, reply)
      if (isStream(result)) await begun(result.stream)
      // Only the headers go out, and nobody would ever end a stream that follows events.
      if (request.method === 'HEAD' && isStream(result)) result.stream.destroy()
      return send(reply, operation.mayBeEmpty && result === undefined ? 204 : status, result)
    },
  })
}

function refuseHead(request: FastifyRequest, reply: FastifyReply): void {
  if (request.method !== 'HEAD') return
  reply.header('Allow', 'GET')
  throw problem('method-not-allowed')
}

type Key = ReturnType<typeof idempotencyKeyOf>

type Checked = {
  operation: Operation
  check: (request: FastifyRequest) => void
  receive: ReturnType<typeof createReceiver>
}

// Before anything is looked up: what cannot be text in PostgreSQL cannot name anything either.
function checkAddress({ query, params }: FastifyRequest): void {
  for (const [name, value] of Object.entries({ ...(query as object), ...(params as object) })) {
    for (const text of [value].flat()) checkText(String(text), `/${name}`)
  }
}

// After signing in: somebody who may not ask learns nothing of how to ask.
function createChecks({ params, query, body, upload, access }: Operation) {
  const ofParams = params && compileCheck(params, 'params')
  const ofQuery = query && compileCheck(query, 'querystring')
  const ofBody = body && compileCheck(body, 'body')
  return (request: FastifyRequest) => {
    // An id that is none is as unknown as any other: the same 404.
    if (ofParams?.(request.params).length) throw problem(access === 'public' ? 'bad-request' : 'not-found')
    const strayQuery = !ofQuery && Object.keys(request.query as object)[0]
    const errors = strayQuery
      ? [{ pointer: `/query/${strayQuery}`, message: 'is not a parameter that is known here' }]
      : (ofQuery?.(request.query) ?? [])
    if (ofBody) {
      if (request.body === undefined) throw badRequest([{ pointer: '', message: 'The body is missing: send JSON.' }])
      errors.push(...ofBody(request.body))
    } else if (!upload && request.body !== undefined && request.body !== null) {
      throw badRequest([{ pointer: '', message: 'This operation takes no body.' }])
    }
    if (errors.length > 0) throw badRequest(errors)
  }
}

async function runInWorkspace(
  services: Services,
  { operation, check, receive }: Checked,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const slug = slugOf(request)
  const { workspace, credential, sessionId, deleteAt, access } = await enter(services, request, slug)
  // A file that comes or goes slowly, or a stream, must not hold a place that others could work in.
  const isLong = operation.upload !== undefined || operation.streams !== undefined
  const note = () => noteTokenUse(services, workspace, access, request.ip)
  // At the same time it would take another connection, which a workspace that was idle would have to open as well.
  if (isLong) note()
  else reply.raw.once('close', note)
  if (!operation.whileClosing) refuseClosing(deleteAt)
  check(request)
  const after: (() => void)[] = []
  const facts = factsOf(services, request)
  const context = {
    params: request.params,
    query: request.query,
    body: request.body,
    request: facts,
    workspace,
    services,
    sessionId,
    problem: problemsOf(operation.problems ?? {}),
    upload: receiveOnce(request, receive),
    transact: (work: (db: unknown) => Promise<unknown>, asked?: string) =>
      services.workspaces.transact(workspace, credential, facts.origin, (db, database) =>
        keyed(db, database, asked === undefined ? undefined : idempotencyKeyOf(request, asked), () => work(db)),
      ),
    reenter: async (work: (db: Reader) => Promise<unknown>) => {
      const entered = await enterWorkspace(services, request, slug)
      if (!operation.whileClosing) refuseClosing(entered.deleteAt)
      return services.workspaces.read(entered.workspace, entered.credential, db => {
        noteTokenUse(services, entered.workspace, db.access, request.ip)
        return work(db)
      })
    },
    afterCommit: (work: () => void) => void after.push(work),
  }
  const isRead = methodOf(operation) === 'GET'
  return isLong ? run() : services.admission.admit(workspace.id, run, slug, doorOf(request, slug))

  async function run(): Promise<unknown> {
    if (isRead || operation.transaction === 'own') {
      const result = await services.workspaces.read(workspace, credential, db => {
        requirePermission(operation, db.access.permissions)
        return operation.run({ ...context, db })
      })
      finish(isRead)
      return result
    }
    const key = idempotencyKeyOf(request)
    const result = await services.workspaces.transact(workspace, credential, facts.origin, (db, database) => {
      after.length = 0
      requirePermission(operation, db.access.permissions)
      return keyed(db, database, key, () => operation.run({ ...context, db }))
    })
    finish(false)
    return result
  }

  function keyed(db: Writer, database: Kysely<WorkspaceTables>, key: Key, work: () => Promise<unknown>) {
    return key ? once(database, services, workspace, { table: 'member_id', id: db.access.memberId }, key, work) : work()
  }

  function finish(read: boolean) {
    for (const work of after) work()
    if (!read) services.events.wake(workspace.schema)
  }
}

// Who knocks is not known yet, so they wait with those who come from the same address, and not among the members.
function enter(services: Services, request: FastifyRequest, slug: string) {
  return services.admission.enter(
    doorOf(request, slug),
    async () => {
      const entered = await enterWorkspace(services, request, slug)
      return { ...entered, access: await services.workspaces.requireAccess(entered.workspace, entered.credential) }
    },
    slug,
  )
}

const slugOf = ({ params }: FastifyRequest) => (params as { workspace: string }).workspace
const doorOf = ({ ip }: FastifyRequest, slug: string) => `door/${slug}/${ip}`

function refuseClosing(deleteAt: string | null): void {
  if (deleteAt === null) return
  const day = Temporal.Instant.from(deleteAt).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  throw problem('workspace-closing', `It is going to be deleted on ${day}. Until then its admins can keep it.`)
}

// The bytes come once: an operation that runs again, because the caller's role changed meanwhile, cannot have them.
function receiveOnce(request: FastifyRequest, receive: Checked['receive']) {
  let isTaken = false
  return async () => {
    if (isTaken)
      throw problem('busy', 'Your role changed during the upload: send the file again.', { retryAfterSeconds: 1 })
    isTaken = true
    // A malformed key is refused before the bytes, not after.
    idempotencyKeyOf(request)
    return receive(request)
  }
}

function requirePermission({ needs }: Operation, permissions: object): void {
  if (!needs || needs === 'membership') return
  const scope = (permissions as Record<string, Record<string, string>>)[needs.resource]?.[needs.action]
  if (scope === undefined || scope === 'none') throw problem('forbidden')
}

async function runForAccount(
  services: Services,
  { operation, check }: Checked,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const caller = await findCaller(services, request)
  if (!caller) throw problem('not-signed-in')
  if (caller.workspaceId !== null && !operation.anySession) throw problem('workspace-session')
  check(request)
  if (operation.needsProof && !isProofRecent(services, caller)) throw problem('proof-required')
  const after: (() => Promise<void>)[] = []
  const afterCommit = (work: () => Promise<void>) => void after.push(work)
  const key = idempotencyKeyOf(request)
  const owner = { table: 'account_id' as const, id: caller.accountId }
  const transact = <T>(work: (db: PlatformDatabase) => Promise<T>): Promise<T> =>
    services.platform.transact(db => (key ? once(db, services, 'platform', owner, key, () => work(db)) : work(db)))
  const context = { ...accountContext(services, operation, request, reply), caller, afterCommit, transact }
  const run = (db: PlatformDatabase) => operation.run({ ...context, db })
  const result = key && operation.transaction !== 'own' ? await transact(run) : await run(services.platform.db)
  for (const work of after) await work()
  return result
}

async function runForAnyone(
  services: Services,
  { operation, check }: Checked,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  check(request)
  return operation.run({
    ...accountContext(services, operation, request, reply),
    caller: await findCaller(services, request),
  })
}

function accountContext(services: Services, operation: Operation, request: FastifyRequest, reply: FastifyReply) {
  return {
    params: request.params,
    query: request.query,
    body: request.body,
    request: factsOf(services, request),
    services,
    problem: problemsOf(operation.problems ?? {}),
    answer: {
      setCookie: (name: string, value: string, maxAgeSeconds: number) =>
        void reply.setCookie(name, value, {
          path: '/',
          httpOnly: true,
          sameSite: 'lax',
          secure: cookieName(services.config).startsWith('__Host-'),
          maxAge: maxAgeSeconds,
        }),
      header: (name: string, value: string) => void reply.header(name, value),
    },
  }
}

function factsOf({ config }: Services, request: FastifyRequest): RequestFacts {
  let gone: AbortController | undefined
  return {
    id: request.id,
    ifMatch: request.headers['if-match'],
    address: request.ip,
    origin: originOf(config, request),
    userAgent: request.headers['user-agent'] ?? '',
    headers: request.headers,
    cookies: request.cookies,
    // Few operations ask for it, and to abort one makes an error with its stack.
    get signal() {
      gone ??= abortedWith(request.raw)
      return gone.signal
    },
  }
}

function abortedWith(stream: Readable): AbortController {
  const gone = new AbortController()
  if (stream.closed) gone.abort()
  else stream.once('close', () => gone.abort())
  return gone
}

function send(reply: FastifyReply, status: number, result: unknown): unknown {
  if (isStream(result)) {
    reply.code(result.status ?? status).headers(result.headers)
    return reply.send(result.stream)
  }
  reply.code(status)
  if (status === 303) return reply.header('Location', (result as Redirect).location).send()
  const version = (result as { version?: unknown } | undefined)?.version
  if (typeof version === 'number') reply.header('ETag', `"${version}"`)
  return status === 204 ? reply.send() : reply.send(result)
}

function isStream(result: unknown): result is StreamAnswer {
  return typeof result === 'object' && result !== null && 'stream' in result && 'headers' in result
}
