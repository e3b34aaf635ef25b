import { sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { Notification } from '#server/features/notifications/notification.ts'
import { taskColumns } from '#server/features/tasks/task-queries.ts'

type Stored = Pick<Notification, 'id' | 'kind' | 'dueOn' | 'createdAt' | 'readAt'> & {
  task_id: string | null
  actor_id: string | null
}

/** Notifications with what they are about, as far as the reader may read that now. */
export async function withTasks(db: Reader, rows: readonly Stored[]): Promise<Notification[]> {
  const ids = [...new Set(rows.flatMap(row => row.task_id ?? []))]
  const tasks = await db
    .rows('task')
    .where('task.id', '=', sql<string>`any(${ids}::uuid[])`)
    .select(taskColumns)
    .execute()
  const byId = new Map(tasks.map(task => [task.id, task]))
  return rows.map(({ id, kind, task_id, actor_id, dueOn, createdAt, readAt }) => {
    const task = byId.get(task_id ?? '')
    return {
      id,
      kind,
      createdAt,
      readAt,
      taskId: task?.id ?? null,
      taskKey: task?.key ?? null,
      taskTitle: task?.title ?? null,
      actorId: task ? actor_id : null,
      dueOn: task ? dueOn : null,
    }
  })
}

export async function countUnread(db: Reader): Promise<number> {
  const row = await db
    .rows('notification')
    .where('notification.read_at', 'is', null)
    .select(sql<number>`count(*)`.as('unread'))
    .executeTakeFirst()
  return row?.unread ?? 0
}
