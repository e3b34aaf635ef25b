import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Client } from '#client'
import { api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { timerQuery } from '#web/time/time-queries.ts'

type Start = Parameters<Client['startTimer']>[0]['body']

/** The caller's timer: what runs, and how to start and stop. */
export function useTimer() {
  const workspace = useWorkspace()
  const client = useQueryClient()
  const { queryKey } = timerQuery(workspace)
  const { data: running } = useQuery(timerQuery(workspace))
  const refresh = () => client.invalidateQueries({ queryKey: keyIn(workspace, 'time_entry') })
  const start = useMutation({
    mutationFn: (body: Start) => api.startTimer({ path: { workspace }, body }),
    onSuccess: entry => void client.setQueryData(queryKey, entry),
    onSettled: refresh,
  })
  const stop = useMutation({
    mutationFn: () => api.stopTimer({ path: { workspace } }),
    onSuccess: () => void client.setQueryData(queryKey, null),
    onSettled: refresh,
  })
  return {
    running: running ?? undefined,
    start: start.mutate,
    stop: () => stop.mutate(),
    pending: start.isPending || stop.isPending,
  }
}
