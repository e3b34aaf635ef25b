import { idOf, idSql, ownProjects, ownTasks, sizes } from './ids.ts'
import { requestBytes } from './line.ts'
import { createRandom, type Random } from './random.ts'
import type { SeededWorkspace, Tokens } from './seed.ts'

/** What one request is about. Every request draws these anew; pgbench draws them from the same ranges. */
type Draw = { task: number; project: number; assignee: number; tag: number; status: number; word: number }
type Request = { method?: string; path: string; body?: unknown }

export type Operation = {
  name: string
  operationId: string
  title: string
  as: keyof Tokens
  request(draw: Draw, workspace: number): Request
  /** The same at the reference stack, where there is such a thing. */
  peer?(draw: Draw): Request
}

export const statuses = ['todo', 'doing', 'review', 'done'] as const
const ranges = {
  task: [0, ownTasks - 1],
  project: [0, ownProjects - 1],
  assignee: [1, sizes.members - 1],
  tag: [0, sizes.tags / 2 - 1],
  status: [0, statuses.length - 1],
  word: [1, sizes.tasksPerProject],
} as const satisfies Record<keyof Draw, readonly [number, number]>

// As long as those of the reference stack's own measurement.
const title = 'Feature update login feature index report'
const description =
  'search plan storage check call login button deploy meeting write column budget report network migrate report ' +
  'customer write design customer page export index search import table search fix invoice check plan button review ' +
  'login migrate button release sprint column call'
const auditActions = ['task.created', 'comment.created', 'time_entry.created', 'task.tag_added', 'task.viewer_added']

export const operations: readonly Operation[] = [
  {
    name: 'a',
    operationId: 'listTasks',
    title: 'a page of 50 tasks of a project',
    as: 'member',
    request: ({ project }, ws) => ({ path: `/tasks?project=${idOf('project', ws, project)}&limit=50` }),
    peer: ({ project }) => ({ path: `/api/tasks/?project=${project + 1}` }),
  },
  {
    name: 'b',
    operationId: 'getTask',
    title: 'one task in full',
    as: 'member',
    request: ({ task }, ws) => ({ path: `/tasks/${idOf('task', ws, task)}` }),
    peer: ({ task }) => ({ path: `/api/tasks/${task + 1}/` }),
  },
  {
    name: 'c',
    operationId: 'createTask',
    title: 'create a task with two tags',
    as: 'member',
    request: ({ project, assignee, tag }, ws) => ({
      method: 'POST',
      path: '/tasks',
      body: {
        ...{ projectId: idOf('project', ws, project), title, description, status: 'todo', priority: 'medium' },
        ...{ assigneeId: idOf('member', ws, assignee), dueOn: '2025-07-01' },
        tagIds: [idOf('tag', ws, tag), idOf('tag', ws, tag + sizes.tags / 2)],
      },
    }),
    peer: ({ project, assignee, tag }) => ({
      method: 'POST',
      path: '/api/tasks/',
      body: {
        ...{ project: project + 1, title, description, status: 'todo', priority: 2, assignee_id: assignee + 1 },
        ...{ due_date: '2025-07-01', tag_ids: [tag + 1, tag + 1 + sizes.tags / 2] },
      },
    }),
  },
  {
    name: 'd',
    operationId: 'updateTask',
    title: 'change its status',
    as: 'member',
    request: ({ task, status }, ws) => ({
      method: 'PATCH',
      path: `/tasks/${idOf('task', ws, task)}`,
      body: { status: statuses[status] },
    }),
    peer: ({ task, status }) => ({
      method: 'PATCH',
      path: `/api/tasks/${task + 1}/`,
      body: { status: statuses[status] },
    }),
  },
  {
    name: 'e',
    operationId: 'createTimeEntry',
    title: 'create a time entry',
    as: 'member',
    request: ({ task }, ws) => ({
      method: 'POST',
      path: '/time-entries',
      body: {
        ...{ taskId: idOf('task', ws, task), startedAt: '2025-06-12T08:00:00Z' },
        ...{ durationSeconds: 5400, note: 'bench note text' },
      },
    }),
    peer: ({ task }) => ({
      method: 'POST',
      path: '/api/time-entries/',
      body: { task: task + 1, date: '2025-06-12', minutes: 90, note: 'bench note text' },
    }),
  },
  {
    name: 'f',
    operationId: 'getTimeReport',
    title: 'time per project and week, over all entries',
    as: 'admin',
    request: () => ({ path: '/reports/time?from=2024-12-01&to=2025-07-31&groupBy=project,week' }),
    peer: () => ({ path: '/api/reports/weekly-minutes/' }),
  },
  {
    name: 'g',
    operationId: 'search',
    title: 'search for two words',
    as: 'member',
    request: ({ word }) => ({ path: `/search?q=deploy%20${word}` }),
  },
  {
    name: 'h',
    operationId: 'listAuditEvents',
    title: 'a page of the audit history, filtered',
    as: 'admin',
    request: ({ word }) => ({ path: `/audit-events?limit=50&action=${auditActions[word % auditActions.length]}` }),
  },
]

/** So many requests of an operation, each about something else. */
export function drawRequests(operation: Operation, workspace: SeededWorkspace, count = 2_000): Buffer[] {
  const random = createRandom(7)
  return Array.from({ length: count }, () => requestBytes(kontorRequest(operation, workspace, draw(random))))
}

export function kontorRequest(operation: Operation, { slug, number, tokens }: SeededWorkspace, drawn: Draw) {
  const { path, ...rest } = operation.request(drawn, number)
  return { ...rest, path: `/api/workspaces/${slug}${path}`, authorization: `Bearer ${tokens[operation.as]}` }
}

export function peerRequests({ peer, as }: Operation, tokens: Tokens, count = 2_000): Buffer[] {
  const random = createRandom(7)
  const authorization = `Token ${tokens[as]}`
  return Array.from({ length: peer ? count : 0 }, () =>
    requestBytes({ ...peer!(draw(random)), host: 'ws1.localhost', authorization }),
  )
}

export function draw(random: Random): Draw {
  const entries = Object.entries(ranges).map(([name, [least, most]]) => [name, random.between(least, most)])
  return Object.fromEntries(entries) as Draw
}

/** How pgbench draws: a line of its script for each variable that the SQL uses. */
export const pgbenchDraws = Object.fromEntries(
  Object.entries(ranges).map(([name, [least, most]]) => [name, `\\set ${name} random(${least}, ${most})`]),
)

type Drawn = {
  value: string
  sql: string
  uses: keyof Draw
  /** It also counts as a part of a longer value, such as of an array. */
  inText: boolean
}

/** What in a recorded statement stands for something drawn, and the SQL that draws it. */
export function drawnValues(drawn: Draw, workspace: number): Drawn[] {
  const ofTask = Math.floor(drawn.task / sizes.tasksPerProject)
  const id = (kind: Parameters<typeof idOf>[0], n: number, uses: keyof Draw, expression: string) => ({
    value: idOf(kind, workspace, n),
    sql: idSql(kind, workspace, expression),
    uses,
    inText: true,
  })
  return [
    id('task', drawn.task, 'task', ':task::bigint'),
    id('project', drawn.project, 'project', ':project::bigint'),
    id('project', ofTask, 'task', `:task::bigint / ${sizes.tasksPerProject}`),
    id('member', drawn.assignee, 'assignee', ':assignee::bigint'),
    id('tag', drawn.tag, 'tag', ':tag::bigint'),
    id('tag', drawn.tag + sizes.tags / 2, 'tag', `:tag::bigint + ${sizes.tags / 2}`),
    {
      value: statuses[drawn.status]!,
      sql: `(array['${statuses.join("','")}'])[:status::int + 1]`,
      uses: 'status',
      inText: false,
    },
    { value: `'${drawn.word}'`, sql: `'''' || :word::bigint || ''''`, uses: 'word', inText: true },
  ]
}
