import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Accepted } from '#client'
import { sessionQuery } from '#web/queries/session.ts'

/** Goes into the workspace that somebody has just joined. */
export function useEnterAccepted() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return async ({ workspace }: Accepted) => {
    await queryClient.resetQueries({ queryKey: sessionQuery.queryKey })
    await queryClient.fetchQuery(sessionQuery)
    await navigate({ to: '/w/$workspace', params: { workspace: workspace.slug } })
  }
}
