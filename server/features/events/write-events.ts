import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { type FollowedEvent, type Position, readEvents } from '#server/events/follow.ts'
import { eventCursor } from '#server/features/events/event-cursor.ts'
import { ProblemError } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

const atOnce = 200
const heartbeatMs = 15_000
const unsettledMs = [25, 50, 100, 200, 400, 800]

type Following = {
  services: Services
  workspace: WorkspaceAddress
  position: Position
  reenter: <T>(work: (db: Reader) => Promise<T>) => Promise<T>
  signal: AbortSignal
}

/**
 * The text of a stream. Whether the caller still has access, and which of the events they may know of, is asked of
 * the database for each batch and each heartbeat, in the snapshot of that moment.
 */
export async function* writeEvents({
  services,
  workspace,
  position,
  reenter,
  signal,
}: Following): AsyncGenerator<string> {
  const wakeUp = waker(services, workspace, signal)
  try {
    let at = position
    yield comment('following', services, workspace, at)
    let waits = 0
    while (!signal.aborted) {
      const { events, unsettled } = await services.workspaces.system(workspace, db => readEvents(db, at, atOnce))
      const last = events.at(-1)
      if (last) {
        const readable = await reenter(db => idsReadable(db, events))
        const text = events
          .filter(event => readable.has(event.id))
          .map(event => frame(services, workspace, event))
          .join('')
        if (text) yield text
        at = last.position
        waits = 0
      } else if (unsettled) {
        await wait(unsettledMs[Math.min(waits++, unsettledMs.length - 1)])
      } else if ((await wakeUp.next()) === 'heartbeat') {
        await reenter(db => idsReadable(db, []))
        yield comment('still here', services, workspace, at)
      }
    }
  } catch (error) {
    // Lost access ends the stream; what the client then asks for tells it why.
    if (!(error instanceof ProblemError))
      services.log.warn({ err: error }, 'a stream of events broke off; the client resumes it')
  } finally {
    wakeUp.stop()
  }
}

async function idsReadable(db: Reader, events: readonly FollowedEvent[]): Promise<Set<string>> {
  const ids = events.map(event => event.id)
  const rows = await db
    .rows('event')
    .where('audit_event.id', '=', sql<string>`any(${ids}::uuid[])`)
    .select('audit_event.id')
    .execute()
  return new Set(rows.map(row => row.id))
}

/** It has a place without an event: whoever loses the connection before the first one resumes where they began. */
function comment(text: string, services: Services, workspace: WorkspaceAddress, at: Position): string {
  return `: ${text}\nid: ${eventCursor(services, workspace, at)}\n\n`
}

function frame(services: Services, workspace: WorkspaceAddress, event: FollowedEvent): string {
  const { id, at, entity, entityId, taskId, projectId, action, memberId, position } = event
  const told = { id, at, entity, entityId, taskId, projectId, action, memberId }
  return `id: ${eventCursor(services, workspace, position)}\ndata: ${JSON.stringify(told)}\n\n`
}

/** A wake-up that comes between two waits is not missed. */
function waker({ events }: Services, { schema }: WorkspaceAddress, signal: AbortSignal) {
  let woken = false
  let resolve: ((why: 'woken' | 'heartbeat') => void) | undefined
  const wake = () => {
    woken = true
    resolve?.('woken')
  }
  const stop = events.onWake(schema, wake)
  signal.addEventListener('abort', wake)
  return {
    async next(): Promise<'woken' | 'heartbeat'> {
      if (woken) {
        woken = false
        return 'woken'
      }
      let timer: NodeJS.Timeout | undefined
      const why = await new Promise<'woken' | 'heartbeat'>(done => {
        resolve = done
        timer = setTimeout(() => done('heartbeat'), heartbeatMs)
      })
      clearTimeout(timer)
      resolve = undefined
      woken = false
      return why
    },
    stop() {
      stop()
      signal.removeEventListener('abort', wake)
    },
  }
}
