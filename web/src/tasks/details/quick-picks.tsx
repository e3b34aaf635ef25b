import { Group } from '@mantine/core'
import type { Task } from '#client'
import { DueLabel } from '#web/tasks/due-label.tsx'
import type { TaskChanges } from '#web/tasks/task.ts'
import { PickAssignee, PickPriority, PickStatus } from '#web/tasks/task-picks.tsx'
import type { ChangeTask } from '#web/tasks/use-change-task.ts'

/** What changes most, at the top, where the properties stand below all else. */
export function QuickPicks({ task, change }: { task: Task; change: ChangeTask | undefined }) {
  const set = change && ((changes: TaskChanges) => void change(task, changes))
  return (
    <Group hiddenFrom="md" gap="md">
      <PickStatus task={task} change={set} />
      <PickPriority task={task} change={set} />
      <PickAssignee task={task} change={set} />
      <DueLabel task={task} />
    </Group>
  )
}
