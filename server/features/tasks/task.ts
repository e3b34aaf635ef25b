import Type, { type Static } from 'typebox'
import { changes, Day, Id, Instant, nullable, object, oneOf, text, Version } from '#server/http/schemas.ts'

export const statuses = ['backlog', 'todo', 'doing', 'review', 'done', 'cancelled'] as const
export const priorities = ['none', 'low', 'medium', 'high', 'urgent'] as const

export const Status = oneOf(statuses)
export const Priority = oneOf(priorities)
export const longestTitle = 500
export const longestText = 100_000
const Title = text(longestTitle, 1)
const Description = text(longestText, 0, 'Markdown')
const Estimate = Type.Integer({ minimum: 0, maximum: 315_360_000, description: 'Seconds' })
const Position = Type.Number({ minimum: -1e15, maximum: 1e15, description: 'Order within the project, ascending' })
const TagIds = Type.Array(Id, { maxItems: 50, uniqueItems: true })
const ViewerIds = Type.Array(Id, { maxItems: 200, uniqueItems: true })

export const Task = Type.Object(
  {
    id: Id,
    number: Type.Integer({ description: 'Counts within the project' }),
    key: Type.String({ description: "The project's key and the number: `WEB-12`" }),
    projectId: Id,
    title: Title,
    description: Description,
    status: Status,
    priority: Priority,
    creatorId: nullable(Id),
    assigneeId: nullable(Id),
    dueOn: nullable(Day),
    startOn: nullable(Day),
    estimateSeconds: nullable(Estimate),
    position: Position,
    tagIds: Type.Array(Id),
    viewerIds: Type.Array(Id),
    parentId: nullable(Id),
    createdAt: Instant,
    updatedAt: Instant,
    closedAt: nullable(Instant),
    version: Version,
  },
  { $id: 'Task' },
)
export type Task = Static<typeof Task>

const optional = {
  description: Type.Optional(Description),
  status: Type.Optional(Status),
  priority: Type.Optional(Priority),
  assigneeId: Type.Optional(nullable(Id)),
  dueOn: Type.Optional(nullable(Day)),
  startOn: Type.Optional(nullable(Day)),
  estimateSeconds: Type.Optional(nullable(Estimate)),
  position: Type.Optional(Position),
  parentId: Type.Optional(nullable(Id)),
  tagIds: Type.Optional(TagIds),
  viewerIds: Type.Optional(ViewerIds),
}

export const NewTask = object({ projectId: Id, title: Title, ...optional }, { $id: 'NewTask' })
export type NewTask = Static<typeof NewTask>

/** `tagIds` and `viewerIds` replace what is there. */
export const TaskChanges = changes({ projectId: Id, title: Title, ...optional })
export type TaskChanges = Static<typeof TaskChanges>
