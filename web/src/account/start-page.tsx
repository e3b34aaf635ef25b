import { useSuspenseQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { WorkspacesPage } from '#web/account/workspaces-page.tsx'
import { sessionQuery } from '#web/queries/session.ts'

/** `/`: into the only workspace, or the choice. */
export function StartPage() {
  const [first, second] = useSuspenseQuery(sessionQuery).data?.workspaces ?? []
  if (first && !second) return <Navigate to="/w/$workspace" params={{ workspace: first.slug }} replace />
  return <WorkspacesPage />
}
