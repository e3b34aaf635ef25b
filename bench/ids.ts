/** What each workspace of the data set holds, as in the reference stack's own seeding. */
export const sizes = {
  members: 20,
  projects: 50,
  tasksPerProject: 200,
  comments: 20_000,
  timeEntries: 20_000,
  tags: 50,
}
export const taskCount = sizes.projects * sizes.tasksPerProject

// The member who asks is in the first 30 projects.
export const ownProjects = 30
export const ownTasks = ownProjects * sizes.tasksPerProject

const kinds = ['member', 'project', 'tag', 'task', 'comment', 'time_entry', 'made'] as const
export type Kind = (typeof kinds)[number]

// A UUIDv7 is a time in milliseconds and random bits. The nth row of a kind was made n milliseconds after this one.
const begun = Date.UTC(2025, 5, 1)

/** The id of the nth row of a kind. That it can be computed lets pgbench draw rows as the load generator does. */
export function idOf(kind: Kind, workspace: number, n: number): string {
  const text = hex(begun + n, 12) + tail(kind, workspace)
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}

/** The same in SQL; `n` is an expression, such as a variable of pgbench. */
export function idSql(kind: Kind, workspace: number, n: string): string {
  return `(lpad(to_hex((${n})::bigint + ${begun}), 12, '0') || '${tail(kind, workspace)}')::uuid`
}

function tail(kind: Kind, workspace: number): string {
  return `70008000${hex(kinds.indexOf(kind) + 1, 4)}${hex(workspace, 8)}`
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
