import { createRouter } from '@tanstack/react-router'
import { createQueryClient } from '#web/api.ts'
import { ErrorPage } from '#web/feedback/error-page.tsx'
import { NotFoundPage } from '#web/feedback/not-found-page.tsx'
import { PageSkeleton } from '#web/feedback/skeletons.tsx'
import { sessionQuery } from '#web/queries/session.ts'
import { routeTree } from '#web/routes/route-tree.ts'
import { workspaceRoute } from '#web/routes/workspace-route.tsx'

export const queryClient = createQueryClient({ signedOut: leaveForSignIn, shutOut: leaveWorkspace })

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  // The query cache decides what is fresh.
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 300,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** The session has ended: to the sign-in page, and back here after it. */
function leaveForSignIn(): void {
  if (router.state.location.pathname === '/signin') return
  queryClient.setQueryData(sessionQuery.queryKey, null)
  void router.navigate({ to: '/signin', search: { next: router.state.location.href }, replace: true })
}

/** Nobody may enter the workspace any more, or not like this: asked anew, its route says why. */
function leaveWorkspace(): void {
  const match = router.state.matches.find(each => each.routeId === workspaceRoute.id)
  // While it is being asked, or has said so, there is nothing to leave.
  if (match?.status !== 'success' || match.isFetching) return
  queryClient.removeQueries({ queryKey: ['w', (match.params as { workspace: string }).workspace] })
  void router.invalidate()
}
