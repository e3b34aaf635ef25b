import type { Task } from '#client'
import { type Scope, useMe } from '#web/shell/use-permission.ts'

type About = Pick<Task, 'creatorId' | 'assigneeId'>

/** Whether the caller may change a task that they see. The server decides; this only hides what it would refuse. */
export function useMayChange(): (task: About) => boolean {
  const { member, permissions } = useMe()
  return task => reaches(permissions.task.update, task, member.id)
}

export function useMayDelete(): (task: About) => boolean {
  const { member, permissions } = useMe()
  return task => reaches(permissions.task.delete, task, member.id)
}

// Whoever sees a task by its project sees the project, so `project` asks nothing more here.
function reaches(scope: Scope, task: About, memberId: string): boolean {
  if (scope === 'own') return task.creatorId === memberId || task.assigneeId === memberId
  return scope !== 'none'
}
