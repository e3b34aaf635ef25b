import Type, { type Static } from 'typebox'
import { Day, Id, Instant, nullable, oneOf } from '#server/http/schemas.ts'

export const kinds = ['assigned', 'mentioned', 'commented', 'viewer_added', 'status_changed', 'due'] as const
export type Kind = (typeof kinds)[number]

export const Notification = Type.Object(
  {
    id: Id,
    kind: oneOf(kinds),
    taskId: nullable(Id),
    taskKey: nullable(Type.String()),
    taskTitle: nullable(Type.String()),
    actorId: nullable(Id),
    dueOn: nullable(Day),
    createdAt: Instant,
    readAt: nullable(Instant),
  },
  { $id: 'Notification', description: 'Once the task is no longer readable, nothing of it is shown' },
)
export type Notification = Static<typeof Notification>

export const notificationColumns = [
  'notification.id',
  'notification.kind',
  'notification.task_id',
  'notification.actor_id',
  'notification.due_on as dueOn',
  'notification.created_at as createdAt',
  'notification.read_at as readAt',
] as const
