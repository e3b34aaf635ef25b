import { createRouter } from '@tanstack/react-router'
import { createQueryClient } from '#web/api.ts'
import { ErrorPage } from '#web/feedback/error-page.tsx'
import { NotFoundPage } from '#web/feedback/not-found-page.tsx'
import { PageSkeleton } from '#web/feedback/skeletons.tsx'
import { sessionQuery } from '#web/queries/session.ts'
import { routeTree } from '#web/routes/route-tree.ts'

export const queryClient = createQueryClient(leaveForSignIn)

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
