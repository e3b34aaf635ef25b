import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { Tag, Task } from '#client'
import { DueLabel } from '#web/tasks/due-label.tsx'
import { TagChip } from '#web/tasks/tag-chip.tsx'
import { isOpen, isPending, type TaskChanges } from '#web/tasks/task.ts'
import { PickAssignee, PickPriority, PickStatus } from '#web/tasks/task-picks.tsx'
import type { ChangeTask } from '#web/tasks/use-change-task.ts'
import classes from './task-row.module.css'

type Props = {
  task: Task
  tags: ReadonlyMap<string, Tag>
  onChange?: ChangeTask | undefined
}

/** A task in a list: all that tells it from the others on one line, and what changes most in place. */
export const TaskRow = memo(function TaskRow({ task, tags, onChange }: Props) {
  const pending = isPending(task)
  const change = onChange && !pending ? (changes: TaskChanges) => void onChange(task, changes) : undefined
  const own = task.tagIds.flatMap(id => tags.get(id) ?? [])
  return (
    <li className={classes.row} data-pending={pending || undefined}>
      <span className={classes.status}>
        <PickStatus task={task} change={change} />
      </span>
      <span className={classes.key}>{task.key}</span>
      <span className={classes.priority}>
        <PickPriority task={task} change={change} />
      </span>
      {pending ? (
        <span className={classes.title}>{task.title}</span>
      ) : (
        <Link
          to="."
          search={openBeside(task.id)}
          className={classes.title}
          data-closed={!isOpen(task.status) || undefined}
          data-task-link={task.id}
        >
          {task.title}
        </Link>
      )}
      <span className={classes.tags}>
        {own.map(tag => (
          <TagChip key={tag.id} tag={tag} />
        ))}
      </span>
      <span className={classes.due}>
        <DueLabel task={task} />
      </span>
      <span className={classes.who}>
        <PickAssignee task={task} change={change} />
      </span>
    </li>
  )
})

/** The task beside the list, with the list's own address kept. */
export const openBeside = (task: string) => (before: Record<string, unknown>) => ({ ...before, task })
