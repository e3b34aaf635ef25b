import type { Client, Task } from '#client'

export type Status = Task['status']
export type Priority = Task['priority']
export type TaskChanges = Parameters<Client['updateTask']>[0]['body']

export const statuses = ['backlog', 'todo', 'doing', 'review', 'done', 'cancelled'] as const satisfies Status[]
export const openStatuses = ['backlog', 'todo', 'doing', 'review'] as const satisfies Status[]
export const priorities = ['urgent', 'high', 'medium', 'low', 'none'] as const satisfies Priority[]

export function isOpen(status: Status): boolean {
  return status !== 'done' && status !== 'cancelled'
}

/** What stands in a list before the server has answered. */
export function isPending(task: Task): boolean {
  return task.version === 0
}
