import type { Readable } from 'node:stream'
import { mostExports } from '#server/features/audit-exports/audit-export.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

type Place = {
  /** Aborted when the stream is over, or the server stops. */
  signal: AbortSignal
  /** The place is taken for as long as this stream lasts. */
  hold(stream: Readable): void
  leave(): void
}

const taken = new WeakMap<Services, Map<string, number>>()

/** One of the places that a workspace has for exports that are sent as they are read; else the problem. */
export function takePlace(services: Services, workspaceId: string): Place {
  const counts = taken.get(services) ?? new Map<string, number>()
  taken.set(services, counts)
  const count = counts.get(workspaceId) ?? 0
  if (count >= mostExports.atOnce)
    throw problem(
      'too-many-requests',
      `${mostExports.atOnce} exports are being sent already: wait until one is done.`,
      {
        retryAfterSeconds: 30,
      },
    )
  counts.set(workspaceId, count + 1)
  const end = new AbortController()
  const { stopping } = services.events
  let stream: Readable | undefined
  const stop = () => {
    leave()
    stream?.destroy()
  }
  stopping.addEventListener('abort', stop)
  return {
    signal: end.signal,
    hold(held) {
      stream = held
      held.once('close', leave)
    },
    leave,
  }

  function leave() {
    if (end.signal.aborted) return
    end.abort()
    stopping.removeEventListener('abort', stop)
    const left = (counts.get(workspaceId) ?? 1) - 1
    if (left > 0) counts.set(workspaceId, left)
    else counts.delete(workspaceId)
  }
}
