import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { isAlive } from '#server/http/authentication.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

const mostForMember = 10
const checkEveryMs = 500

type Stream = { workspace: WorkspaceAddress; memberId: string; sessionId: string | null; end: AbortController }
const streamsOf = new WeakMap<Services, Set<Stream>>()

/**
 * Counts a stream in, and ends it within a second of its session's end, its membership's or the workspace's. One
 * statement twice a second asks for all streams of the process together, however many there are. What ends in the
 * workspace itself (a token, a role, a deactivated member) leaves an audit event, which makes the stream look.
 */
export function openStream(services: Services, about: Omit<Stream, 'end'>): { signal: AbortSignal; close(): void } {
  const streams = streamsOf.get(services) ?? new Set<Stream>()
  streamsOf.set(services, streams)
  const mine = [...streams].filter(
    ({ workspace, memberId }) => workspace.id === about.workspace.id && memberId === about.memberId,
  )
  if (mine.length >= mostForMember) {
    throw problem('too-many-requests', `You have ${mostForMember} streams open already.`, { retryAfterSeconds: 15 })
  }
  const stream = { ...about, end: new AbortController() }
  const stop = () => stream.end.abort()
  services.events.stopping.addEventListener('abort', stop)
  streams.add(stream)
  if (streams.size === 1) void watch(services, streams)
  return {
    signal: stream.end.signal,
    close() {
      services.events.stopping.removeEventListener('abort', stop)
      streams.delete(stream)
      stop()
    },
  }
}

async function watch(services: Services, streams: Set<Stream>): Promise<void> {
  while (streams.size > 0 && !services.events.stopping.aborted) {
    await new Promise(resolve => setTimeout(resolve, checkEveryMs).unref())
    if (streams.size === 0) return
    try {
      const ended = await findEnded(services, [...streams])
      for (const stream of ended) stream.end.abort()
    } catch (error) {
      services.log.warn({ err: error }, 'whether streams may go on could not be asked; it is asked again')
    }
  }
}

async function findEnded({ platform, clock }: Services, streams: readonly Stream[]): Promise<Stream[]> {
  const sessions = [...new Set(streams.flatMap(stream => stream.sessionId ?? []))]
  const rows = await platform.db
    .selectFrom('workspace')
    .innerJoin('membership', 'membership.workspace_id', 'workspace.id')
    .leftJoin('session', join =>
      join
        .onRef('session.account_id', '=', 'membership.account_id')
        .on(isAlive({ clock }))
        .on('session.id', 'in', sessions.length > 0 ? sessions : [noId])
        .on(
          sql<boolean>`(session.second_factor or session.workspace_id is not null or not workspace.requires_second_factor)`,
        ),
    )
    .select(['workspace.id as workspaceId', 'membership.member_id as memberId', 'session.id as sessionId'])
    .where('workspace.status', '=', 'active')
    .where('workspace.delete_at', 'is', null)
    .where('workspace.id', 'in', [...new Set(streams.map(stream => stream.workspace.id))])
    .where('membership.member_id', 'in', [...new Set(streams.map(stream => stream.memberId))])
    .execute()
  const alive = new Set(
    rows.flatMap(row => [key(row.workspaceId, row.memberId, row.sessionId), key(row.workspaceId, row.memberId, null)]),
  )
  return streams.filter(stream => !alive.has(key(stream.workspace.id, stream.memberId, stream.sessionId)))
}

const noId = '00000000-0000-0000-0000-000000000000'

function key(...parts: (string | null)[]): string {
  return parts.join('/')
}
