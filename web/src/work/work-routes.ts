import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { readProjectSearch } from '#web/projects/project-search.ts'
import { workspaceRoute } from '#web/routes/workspace-route.tsx'
import { readReportSearch } from '#web/time/report-filters.ts'

/** The pages where people work all day. */
const index = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspace/my-work', params, replace: true })
  },
})

const readTask = ({ task }: Record<string, unknown>): { task?: string } => (typeof task === 'string' ? { task } : {})

const myWork = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'my-work',
  validateSearch: readTask,
  component: lazyRouteComponent(() => import('#web/my-work/my-work-page.tsx'), 'MyWorkPage'),
})

const projects = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'projects',
  validateSearch: ({ archived }: Record<string, unknown>): { archived?: boolean } =>
    archived === true ? { archived } : {},
  component: lazyRouteComponent(() => import('#web/projects/projects-page.tsx'), 'ProjectsPage'),
})

/** `project` is the key, as people say it: `/w/acme/projects/WEB`. */
const project = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'projects/$project',
  validateSearch: readProjectSearch,
  component: lazyRouteComponent(() => import('#web/projects/project-page.tsx'), 'ProjectPage'),
})

/** `task` is the id: keys change when a task moves. A key leads to the task that has it now. */
const task = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'tasks/$task',
  validateSearch: readTask,
  beforeLoad: async ({ params: { workspace, task } }) => {
    if (!/^[A-Z][A-Z0-9]{0,9}-\d+$/.test(task)) return
    const { items } = await api.search({ path: { workspace }, query: { q: task, limit: 1 } })
    const found = items.find(hit => hit.key === task)
    if (!found) throw notFound()
    throw redirect({ to: '/w/$workspace/tasks/$task', params: { workspace, task: found.id }, replace: true })
  },
  component: lazyRouteComponent(() => import('#web/tasks/task-page.tsx'), 'TaskPage'),
})

/** `at` is the moment; without it, that of the newest change. */
const taskAsOf = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'tasks/$task/as-of',
  validateSearch: ({ at }: Record<string, unknown>): { at?: string } =>
    typeof at === 'string' && /^\d{4}-\d\d-\d\dT/.test(at) && !Number.isNaN(Date.parse(at)) ? { at } : {},
  component: lazyRouteComponent(() => import('#web/tasks/history/as-of-page.tsx'), 'AsOfPage'),
})

const time = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'time',
  validateSearch: ({ week }: Record<string, unknown>): { week?: string } =>
    typeof week === 'string' && /^\d{4}-\d\d-\d\d$/.test(week) ? { week } : {},
  component: lazyRouteComponent(() => import('#web/time/time-page.tsx'), 'TimePage'),
})

const report = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'time/report',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(() => import('#web/time/report-page.tsx'), 'ReportPage'),
})

const imports = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'imports',
  component: lazyRouteComponent(() => import('#web/imports/imports-page.tsx'), 'ImportsPage'),
})

const newImport = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'imports/new',
  validateSearch: ({ project }: Record<string, unknown>): { project?: string } =>
    typeof project === 'string' ? { project } : {},
  component: lazyRouteComponent(() => import('#web/imports/new-import-page.tsx'), 'NewImportPage'),
})

const importResult = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'imports/$import',
  component: lazyRouteComponent(() => import('#web/imports/import-page.tsx'), 'ImportPage'),
})

export const workRoutes = [
  index,
  myWork,
  projects,
  project,
  task,
  taskAsOf,
  time,
  report,
  imports,
  newImport,
  importResult,
]
