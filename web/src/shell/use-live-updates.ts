import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Entity, keyIn, type LiveEvent } from '#web/queries/keys.ts'

/** Follows what happens in a workspace and refreshes what shows it. An effect: it holds a connection. */
export function useLiveUpdates(workspace: string): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const refresher = refresherOf(workspace, queryClient)
    const following = follow(`/api/workspaces/${encodeURIComponent(workspace)}/events`, {
      onEvent: refresher.refreshSoon,
      onGap: () => void queryClient.invalidateQueries({ queryKey: ['w', workspace] }),
    })
    return () => {
      refresher.stop()
      following.stop()
    }
  }, [workspace, queryClient])
}

// Many changes at once, an import say, are one refresh.
const gatherMs = 150

function refresherOf(workspace: string, queryClient: QueryClient) {
  const waiting = new Set<Entity>()
  let timer: number | undefined
  const flush = () => {
    timer = undefined
    for (const entity of waiting) void queryClient.invalidateQueries({ queryKey: keyIn(workspace, entity) })
    waiting.clear()
  }
  return {
    refreshSoon(event: LiveEvent) {
      for (const entity of touchedBy(event)) waiting.add(entity)
      timer ??= window.setTimeout(flush, gatherMs)
    },
    stop: () => window.clearTimeout(timer),
  }
}

function touchedBy({ entity }: LiveEvent): Entity[] {
  const touched: Entity[] = [entity as Entity, 'audit_event']
  // What concerns somebody is told to them a moment later, in the same stream's order.
  if (entity === 'task' || entity === 'comment') touched.push('notification')
  if (entity === 'role') touched.push('member')
  return touched
}

const pausesMs = [1_000, 2_000, 5_000, 15_000, 60_000]

/**
 * The browser resumes a stream that broke off where that was. One that was refused, by a proxy whose server restarts say,
 * it gives up: that is asked for anew, and begins with a gap.
 */
function follow(url: string, { onEvent, onGap }: { onEvent(event: LiveEvent): void; onGap(): void }) {
  let refusals = 0
  let timer: number | undefined
  let stream = open()
  window.addEventListener('focus', askAnew)
  window.addEventListener('online', askAnew)
  return {
    stop() {
      window.removeEventListener('focus', askAnew)
      window.removeEventListener('online', askAnew)
      window.clearTimeout(timer)
      stream.close()
    },
  }

  function open(): EventSource {
    const opened = new EventSource(url)
    opened.onopen = () => {
      if (refusals > 0) onGap()
      refusals = 0
    }
    opened.onmessage = message => onEvent(JSON.parse(message.data) as LiveEvent)
    opened.onerror = () => {
      if (opened.readyState !== EventSource.CLOSED) return
      timer = window.setTimeout(askAnew, pausesMs[Math.min(refusals, pausesMs.length - 1)])
      refusals++
    }
    return opened
  }

  function askAnew(): void {
    if (stream.readyState !== EventSource.CLOSED) return
    window.clearTimeout(timer)
    stream = open()
  }
}
