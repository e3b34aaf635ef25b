import { createRoute, notFound } from '@tanstack/react-router'
import { ApiProblem } from '#client'
import { EntrancePage } from '#web/entrance/entrance-page.tsx'
import { ShellSkeleton } from '#web/feedback/skeletons.tsx'
import { meQuery, projectsQuery } from '#web/queries/workspace.ts'
import { signedInRoute } from '#web/routes/signed-in-route.ts'
import { Shell } from '#web/shell/shell.tsx'

/** The shell of a workspace. Its pages find `/me` and the projects already loaded. */
export const workspaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'w/$workspace',
  loader: async ({ context, params: { workspace } }) => {
    try {
      await Promise.all([
        context.queryClient.ensureQueryData(meQuery(workspace)),
        context.queryClient.ensureQueryData(projectsQuery(workspace)),
      ])
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) throw notFound()
      throw error
    }
  },
  component: Shell,
  errorComponent: EntrancePage,
  pendingComponent: ShellSkeleton,
})
