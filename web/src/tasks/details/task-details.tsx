import type { Task } from '#client'
import { Attachments } from '#web/attachments/attachments.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { Activity } from '#web/tasks/details/activity.tsx'
import { QuickPicks } from '#web/tasks/details/quick-picks.tsx'
import { Subtasks } from '#web/tasks/details/subtasks.tsx'
import { TaskDescription } from '#web/tasks/details/task-description.tsx'
import { TaskProperties } from '#web/tasks/details/task-properties.tsx'
import { TaskTitle } from '#web/tasks/details/task-title.tsx'
import { useChangeTask } from '#web/tasks/use-change-task.ts'
import { useMayChange } from '#web/tasks/use-may.ts'
import { TaskTime } from '#web/time/task-time.tsx'
import classes from './task-details.module.css'

/** All of a task: on its own page, and beside a list. Mount it with the task's id as its key. */
export function TaskDetails({ task }: { task: Task }) {
  const save = useChangeTask()
  const change = useMayChange()(task) ? save : undefined
  const seesTime = useCan('time_entry', 'read')
  return (
    <article className={classes.task}>
      <div className={classes.main}>
        <TaskTitle task={task} change={change} />
        <QuickPicks task={task} change={change} />
        <TaskDescription task={task} change={change} />
        <Subtasks task={task} />
        <Attachments task={task} />
        <Activity task={task} />
      </div>
      <aside className={classes.side}>
        <TaskProperties task={task} change={change} />
        {seesTime && <TaskTime task={task} />}
      </aside>
    </article>
  )
}
