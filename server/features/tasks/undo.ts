import type { Change } from '#server/features/audit/audit-event.ts'
import type { TaskAsOf } from '#server/features/tasks/task-as-of.ts'
import type { LinkAfter, TaskPast } from '#server/features/tasks/task-past.ts'

type Fields = Pick<TaskAsOf, keyof typeof columns>
/** A task at a moment, without names. */
export type TaskThen = { fields: Fields; tagIds: string[]; viewerIds: string[]; erased: string[] }

/** What the task was before the changes after the moment, of which the first of each field says it. */
export function undo({ now, after, before, links, madeAt }: TaskPast): TaskThen {
  const erased: string[] = []
  const valueThen = (field: keyof typeof columns): unknown => {
    const { column, empty } = columns[field]
    const change = after[column]
    if (!change) return now ? now[field] : empty
    if (!change.erased) return change.from ?? empty
    const earlier = before[column]
    if (earlier && !earlier.erased) return earlier.to ?? empty
    // The event of its making leaves out what was empty.
    if (!earlier && madeAt !== null) return empty
    erased.push(field)
    return null
  }
  const names = Object.keys(columns) as (keyof typeof columns)[]
  const fields = Object.fromEntries(names.map(field => [field, valueThen(field)])) as Fields
  return {
    fields: { ...fields, closedAt: inUtc(fields.closedAt) },
    tagIds: undoLinks(now?.tagIds ?? [], links, 'tag'),
    viewerIds: undoLinks(now?.viewerIds ?? [], links, 'viewer'),
    erased,
  }
}

/** The fields of a task that changes name. `empty`: what it is where an event does not speak of it. */
const columns = {
  projectId: { column: 'project_id', empty: null },
  number: { column: 'number', empty: null },
  title: { column: 'title', empty: null },
  description: { column: 'description', empty: '' },
  status: { column: 'status', empty: null },
  priority: { column: 'priority', empty: null },
  creatorId: { column: 'creator_id', empty: null },
  assigneeId: { column: 'assignee_id', empty: null },
  parentId: { column: 'parent_id', empty: null },
  startOn: { column: 'start_on', empty: null },
  dueOn: { column: 'due_on', empty: null },
  estimateSeconds: { column: 'estimate_seconds', empty: null },
  position: { column: 'position', empty: null },
  closedAt: { column: 'closed_at', empty: null },
} as const

/** The change that the moment's value of a field was read from, with the name that an id had. */
export function nameInChange({ after, before }: TaskPast, field: keyof typeof columns): string | null {
  const { column } = columns[field]
  const [later, earlier]: (Change | undefined)[] = [after[column], before[column]]
  return later?.fromName ?? earlier?.toName ?? null
}

// One that went after the moment was there in it, and one that came was not.
function undoLinks(idsNow: readonly string[], links: readonly LinkAfter[], kind: 'tag' | 'viewer'): string[] {
  const ids = new Set(idsNow)
  for (const { id, action } of links) {
    if (action === `task.${kind}_removed`) ids.add(id)
    if (action === `task.${kind}_added`) ids.delete(id)
  }
  return [...ids].sort()
}

// Events write instants as PostgreSQL does.
function inUtc(instant: string | null): string | null {
  return instant && new Date(instant).toISOString()
}
