import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Config } from '#server/config/config.ts'
import { hashToken, isApiToken } from '#server/crypto/token.ts'
import type { Credential, WorkspaceAddress } from '#server/database/workspaces.ts'
import type { Caller } from '#server/http/operation.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** The cookie of a session. `__Host-` binds it to this host over https, where the browser enforces it. */
export function cookieName({ publicUrl }: Config): string {
  return publicUrl?.protocol === 'https:' ? '__Host-kontor' : 'kontor'
}

/** The caller of an operation outside any workspace, or undefined. */
export async function findCaller(services: Services, request: FastifyRequest): Promise<Caller | undefined> {
  const token = request.cookies[cookieName(services.config)]
  if (!token) return undefined
  const row = await services.platform.db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select([
      'session.id as sessionId',
      'session.last_seen_at',
      'account.id as accountId',
      'account.email',
      'account.name',
      'account.language',
      'session.second_factor as secondFactor',
      'session.workspace_id as workspaceId',
      'session.proved_at as provedAt',
    ])
    .where('session.token_hash', '=', hashToken(token))
    .where(isAlive(services))
    .executeTakeFirst()
  if (!row) return undefined
  const { last_seen_at: lastSeenAt, ...caller } = row
  noteUse(services, caller.sessionId, lastSeenAt, request)
  return caller
}

/** A session ends 30 days after the sign-in, and earlier when it is not used for 14. */
export const sessionDays = { absolute: 30, idle: 14 } as const

/** The condition on `session` that it goes on. "Last seen" may be five minutes old, which does not matter here. */
export function isAlive({ clock }: Pick<Services, 'clock'>) {
  const now = clock.now()
  const idleSince = now.subtract({ hours: 24 * sessionDays.idle })
  return sql<boolean>`(session.expires_at > ${now.toString()} and session.last_seen_at > ${idleSince.toString()})`
}

const minutesOfProof = 10

/** Until when a proof of who they are need not be asked again. */
export function provedUntil({ provedAt }: Pick<Caller, 'provedAt'>): Temporal.Instant {
  return Temporal.Instant.from(provedAt).add({ minutes: minutesOfProof })
}

/** Whether the person proved who they are so lately that it need not be asked again. */
export function isProofRecent({ clock }: Pick<Services, 'clock'>, caller: Pick<Caller, 'provedAt'>): boolean {
  return Temporal.Instant.compare(clock.now(), provedUntil(caller)) < 0
}

/**
 * Where the request goes and as whom: one query on the directory.
 * @throws 401 without a credential that could be good; 404 for a workspace that the caller is no member of.
 */
export async function enterWorkspace(
  services: Services,
  request: FastifyRequest,
  slug: string,
): Promise<Omit<Entered, 'status'>> {
  const bearer = bearerToken(request)
  const cookie = request.cookies[cookieName(services.config)]
  if (bearer === undefined && !cookie) throw problem('not-signed-in')
  const found = bearer === undefined ? await byCookie(services, request, slug) : await byToken(services, bearer, slug)
  if (found.status === 'active') return found
  if ('tokenHash' in found.credential) await requireGoodToken(services, found)
  throw problem(found.status === 'deleting' ? 'not-found' : 'unavailable', undefined, { retryAfterSeconds: 5 })
}

// Somebody with a made-up token learns of a workspace that is set aside as little as of any other. Before it is made
// and while it is deleted no token is good, and one that cannot be asked about is not either.
async function requireGoodToken({ workspaces }: Services, { workspace, credential, status }: Entered): Promise<void> {
  const isGood = status === 'broken' && (await workspaces.findAccess(workspace, credential).catch(() => undefined))
  if (!isGood) throw problem('not-signed-in')
}

function bearerToken(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  if (header === undefined) return undefined
  const [, token] = header.match(/^Bearer ([A-Za-z0-9_-]{1,200})$/i) ?? []
  // A checksum in the token tells a mistyped one without asking the database.
  if (!token || !isApiToken(token)) throw problem('not-signed-in')
  return token
}

const addressColumns = [
  'workspace.id',
  'workspace.slug',
  'workspace.schema',
  'workspace.login_key as loginKey',
  'workspace.status',
  'workspace.delete_at as deleteAt',
] as const

type Entered = {
  workspace: WorkspaceAddress
  credential: Credential
  sessionId: string | null
  status: string
  /** When the workspace goes for good, once that was asked for. */
  deleteAt: string | null
}

async function byToken(services: Services, token: string, slug: string): Promise<Entered> {
  const row = await services.platform.lookUp(`workspace/${slug}`, db =>
    db.selectFrom('workspace').select(addressColumns).where('slug', '=', slug).executeTakeFirst(),
  )
  // The same answer as for a token of another workspace: neither says which workspaces there are.
  if (!row) throw problem('not-signed-in')
  const { status, deleteAt, ...workspace } = row
  return { workspace, credential: { tokenHash: hashToken(token) }, sessionId: null, status, deleteAt }
}

async function byCookie(services: Services, request: FastifyRequest, slug: string): Promise<Entered> {
  const tokenHash = hashToken(request.cookies[cookieName(services.config)] ?? '')
  const row = await services.platform.lookUp(`session/${slug}/${tokenHash.toString('base64url')}`, db =>
    db
      .selectFrom('session')
      .leftJoin('workspace', join => join.on('workspace.slug', '=', slug))
      .leftJoin('membership', join =>
        join
          .onRef('membership.workspace_id', '=', 'workspace.id')
          .onRef('membership.account_id', '=', 'session.account_id'),
      )
      .select([
        ...addressColumns,
        'workspace.requires_second_factor as requiresSecondFactor',
        'membership.member_id as memberId',
        'session.id as sessionId',
        'session.workspace_id as boundTo',
        'session.second_factor as secondFactor',
        'session.last_seen_at as lastSeenAt',
      ])
      .where('session.token_hash', '=', tokenHash)
      .where(isAlive(services))
      .executeTakeFirst(),
  )
  if (!row) throw problem('not-signed-in')
  noteUse(services, row.sessionId, row.lastSeenAt, request)
  const { id, schema, loginKey, status, memberId, sessionId, boundTo, deleteAt } = row
  if (!id || !schema || loginKey === null || !status || !memberId) throw problem('not-found')
  if (boundTo !== null && boundTo !== id) throw problem('not-found')
  // The identity provider of this very workspace asks for what the workspace wants.
  if (row.requiresSecondFactor && !row.secondFactor && boundTo === null) throw problem('second-factor-missing')
  return { workspace: { id, slug, schema, loginKey }, credential: { memberId }, sessionId, status, deleteAt }
}

const usesNotedEveryMs = 5 * 60_000

// One request is one use: a stream that stays open and enters again does not keep a session alive that nobody uses.
const counted = new WeakSet<FastifyRequest>()

// "Last seen" may be minutes old and must not cost each request a write.
function noteUse(
  { platform, clock, log }: Services,
  sessionId: string,
  lastSeenAt: string,
  request: FastifyRequest,
): void {
  if (counted.has(request)) return
  counted.add(request)
  const now = clock.now()
  if (now.epochMilliseconds - Date.parse(lastSeenAt) < usesNotedEveryMs) return
  platform.db
    .updateTable('session')
    .set({ last_seen_at: sql`${now.toString()}` })
    .where('id', '=', sessionId)
    .execute()
    .catch((error: unknown) => log.warn({ err: error }, 'the use of a session was not noted'))
}
