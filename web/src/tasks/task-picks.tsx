import type { Task } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { PersonMark } from '#web/tasks/person-mark.tsx'
import { Pick } from '#web/tasks/pick.tsx'
import { PriorityMark } from '#web/tasks/priority-mark.tsx'
import { StatusMark } from '#web/tasks/status-mark.tsx'
import { priorities, statuses, type TaskChanges } from '#web/tasks/task.ts'
import { usePeople } from '#web/tasks/use-people.ts'

type Props = {
  task: Task /** Left out where the caller may not change it: then it is only shown. */
  change?: ((changes: TaskChanges) => void) | undefined
}

export function PickStatus({ task, change }: Props) {
  const words = useMessages()
  const label = `${words.work.task.fields.status}: ${words.statuses[task.status]}`
  const mark = <StatusMark status={task.status} />
  if (!change) return <Shown label={label}>{mark}</Shown>
  const options = statuses.map(value => ({ value, label: words.statuses[value] }))
  return (
    <Pick label={label} value={task.status} options={options} onPick={status => change({ status })}>
      {mark}
    </Pick>
  )
}

export function PickPriority({ task, change }: Props) {
  const words = useMessages()
  const label = `${words.work.task.fields.priority}: ${words.priorities[task.priority]}`
  const mark = <PriorityMark priority={task.priority} />
  if (!change) return <Shown label={label}>{mark}</Shown>
  const options = priorities.map(value => ({ value, label: words.priorities[value] }))
  return (
    <Pick label={label} value={task.priority} options={options} onPick={priority => change({ priority })}>
      {mark}
    </Pick>
  )
}

export function PickAssignee({ task, change }: Props) {
  const { work } = useMessages()
  const people = usePeople()
  const member = people.find(task.assigneeId)
  const label = `${work.task.fields.assigneeId}: ${task.assigneeId ? people.nameOf(task.assigneeId) : work.task.unassigned}`
  const mark = <PersonMark member={member} id={task.assigneeId} />
  if (!change) return <Shown label={label}>{mark}</Shown>
  const options = [{ value: '', label: work.task.unassigned }, ...people.options(task.assigneeId)]
  return (
    <Pick
      label={label}
      value={task.assigneeId ?? ''}
      options={options}
      onPick={id => change({ assigneeId: id || null })}
    >
      {mark}
    </Pick>
  )
}

function Shown({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span role="img" aria-label={label} title={label}>
      {children}
    </span>
  )
}
