import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Entity, keyIn, type LiveEvent } from '#web/queries/keys.ts'

/** Follows what happens in a workspace and refreshes what shows it. An effect: it holds a connection. */
export function useLiveUpdates(workspace: string): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const stream = new EventSource(`/api/workspaces/${encodeURIComponent(workspace)}/events`)
    const waiting = new Set<Entity>()
    let timer: number | undefined
    const flush = () => {
      timer = undefined
      for (const entity of waiting) void queryClient.invalidateQueries({ queryKey: keyIn(workspace, entity) })
      waiting.clear()
    }
    // Many changes at once, an import say, are one refresh.
    stream.onmessage = message => {
      for (const entity of touchedBy(JSON.parse(message.data) as LiveEvent)) waiting.add(entity)
      timer ??= window.setTimeout(flush, 150)
    }
    const forgetOnResume = refreshAfterBreak(stream, queryClient, workspace)
    return () => {
      window.clearTimeout(timer)
      forgetOnResume()
      stream.close()
    }
  }, [workspace, queryClient])
}

function touchedBy({ entity }: LiveEvent): Entity[] {
  const touched: Entity[] = [entity as Entity, 'audit_event']
  // What concerns somebody is told to them a moment later, in the same stream's order.
  if (entity === 'task' || entity === 'comment') touched.push('notification')
  if (entity === 'role') touched.push('member')
  return touched
}

// The browser resumes a stream where it broke off, unless the answer was an error: then only asking anew helps.
function refreshAfterBreak(stream: EventSource, queryClient: QueryClient, workspace: string): () => void {
  const refresh = () => {
    if (stream.readyState === EventSource.CLOSED) void queryClient.invalidateQueries({ queryKey: ['w', workspace] })
  }
  window.addEventListener('focus', refresh)
  return () => window.removeEventListener('focus', refresh)
}
