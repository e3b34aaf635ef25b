import { useInfiniteQuery } from '@tanstack/react-query'
import type { Task } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { tasksQuery } from '#web/queries/tasks.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { Section } from '#web/tasks/details/section.tsx'
import { QuickAdd } from '#web/tasks/quick-add.tsx'
import { isOpen } from '#web/tasks/task.ts'
import { TaskRow } from '#web/tasks/task-row.tsx'
import { useChangeTask } from '#web/tasks/use-change-task.ts'
import { useMayChange } from '#web/tasks/use-may.ts'
import { useTags } from '#web/tasks/use-tags.ts'
import classes from './task-details.module.css'

export function Subtasks({ task }: { task: Task }) {
  const { work } = useMessages()
  const change = useChangeTask()
  const mayChange = useMayChange()
  const mayCreate = useCan('task', 'create')
  const tags = useTags()
  const { data } = useInfiniteQuery(tasksQuery(useWorkspace(), { parent: task.id, limit: 200 }))
  const subtasks = data?.pages.flatMap(page => page.items) ?? []
  if (subtasks.length === 0 && !mayCreate) return null
  const closed = subtasks.filter(one => !isOpen(one.status)).length
  const title = subtasks.length > 0 ? `${work.task.subtasks} ${closed}/${subtasks.length}` : work.task.subtasks
  return (
    <Section title={title}>
      <div className={classes.box}>
        <ul className={classes.rows}>
          {subtasks.map(one => (
            <TaskRow key={one.id} task={one} tags={tags} onChange={mayChange(one) ? change : undefined} />
          ))}
        </ul>
        {mayCreate && <QuickAdd common={{ projectId: task.projectId, parentId: task.id }} />}
      </div>
    </Section>
  )
}
