import type { Task } from '#client'
import { addDays, mondayOf } from '#web/time/brussels.ts'

export const dueGroups = ['overdue', 'today', 'week', 'later', 'none'] as const
export type DueGroup = (typeof dueGroups)[number]

/** Open tasks by when they are due; `week` ends on Sunday, as people mean it. */
export function groupByDue(tasks: readonly Task[], today: string): Map<DueGroup, Task[]> {
  const sunday = addDays(mondayOf(today), 6)
  const found = Map.groupBy(tasks, task => groupOf(task.dueOn, today, sunday))
  return new Map(dueGroups.flatMap(group => (found.has(group) ? [[group, found.get(group)!] as const] : [])))
}

function groupOf(dueOn: string | null, today: string, sunday: string): DueGroup {
  if (dueOn === null) return 'none'
  if (dueOn < today) return 'overdue'
  if (dueOn === today) return 'today'
  return dueOn <= sunday ? 'week' : 'later'
}
