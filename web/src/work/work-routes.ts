import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { workspaceRoute } from '#web/routes/workspace-route.tsx'

const index = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspace/my-work', params, replace: true })
  },
})

const myWork = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'my-work',
  component: lazyRouteComponent(() => import('#web/work/my-work-page.tsx'), 'MyWorkPage'),
})

/** `project` is the key, as people say it: `/w/acme/projects/WEB`. */
const project = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'projects/$project',
  component: lazyRouteComponent(() => import('#web/work/project-page.tsx'), 'ProjectPage'),
})

/** `task` is the id: keys change when a task moves. */
const task = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'tasks/$task',
  component: lazyRouteComponent(() => import('#web/work/task-page.tsx'), 'TaskPage'),
})

export const workRoutes = [index, myWork, project, task]
