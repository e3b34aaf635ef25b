import Type, { type Static } from 'typebox'
import { Priority, Status } from '#server/features/tasks/task.ts'
import { Day, Id, Instant, nullable } from '#server/http/schemas.ts'

const Named = Type.Object({ id: Id, name: nullable(Type.String()) })
const Name = nullable(Type.String({ description: 'What it was called then; null: erased, or no longer known' }))
const aboutId = { format: 'uuid' } as const

export const TaskAsOf = Type.Object(
  {
    id: Id,
    at: Instant,
    key: nullable(Type.String({ description: 'The key that its project had then, and its number' })),
    number: nullable(Type.Integer()),
    projectId: nullable(Id),
    projectName: nullable(Type.String({ description: 'Null as well where the caller may not read the project' })),
    title: nullable(Type.String({ description: 'Null only where it was erased' })),
    description: nullable(Type.String({ description: 'Markdown; null only where it was erased' })),
    status: nullable(Status),
    priority: nullable(Priority),
    creatorId: nullable(Type.String(aboutId)),
    creatorName: Name,
    assigneeId: nullable(Type.String(aboutId)),
    assigneeName: Name,
    dueOn: nullable(Day),
    startOn: nullable(Day),
    estimateSeconds: nullable(Type.Integer()),
    position: nullable(Type.Number()),
    parentId: nullable(Type.String(aboutId)),
    parentTitle: nullable(Type.String({ description: 'Null as well where the caller may not read that task' })),
    tags: Type.Array(Named),
    viewers: Type.Array(Named),
    closedAt: nullable(Instant),
    createdAt: nullable(Type.String({ format: 'date-time', description: 'Null where a deleted task’s is forgotten' })),
    changedAt: nullable(
      Type.String({ format: 'date-time', description: 'The last change until then that the history still has' }),
    ),
    deletedAt: nullable(Type.String({ format: 'date-time', description: 'When it was deleted since' })),
    knownFrom: nullable(
      Type.String({
        format: 'date-time',
        description: 'Before, the history is no longer kept; null: it is whole, from the creation on',
      }),
    ),
    erased: Type.Array(Type.String(), {
      description: 'The fields whose value then was erased from the history at a person’s request',
    }),
  },
  { $id: 'TaskAsOf' },
)
export type TaskAsOf = Static<typeof TaskAsOf>
