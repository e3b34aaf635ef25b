import { NativeSelect, Select, TextInput } from '@mantine/core'
import type { Task } from '#client'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { EstimateInput } from '#web/tasks/details/estimate-input.tsx'
import { PlaceInputs } from '#web/tasks/details/place-inputs.tsx'
import { TagsField } from '#web/tasks/details/tags-field.tsx'
import { ViewersField } from '#web/tasks/details/viewers-field.tsx'
import { PriorityMark } from '#web/tasks/priority-mark.tsx'
import { StatusMark } from '#web/tasks/status-mark.tsx'
import { priorities, statuses } from '#web/tasks/task.ts'
import type { ChangeTask } from '#web/tasks/use-change-task.ts'
import { usePeople } from '#web/tasks/use-people.ts'
import classes from './task-details.module.css'

/** What a task has besides words. Each is saved when it is chosen. */
export function TaskProperties({ task, change }: { task: Task; change: ChangeTask | undefined }) {
  const messages = useMessages()
  const formats = useFormats()
  const people = usePeople()
  const { fields, createdBy, unassigned } = messages.work.task
  const fixed = !change
  const set = (changes: Parameters<ChangeTask>[1]) => void change?.(task, changes)
  return (
    <div className={classes.properties}>
      <NativeSelect
        label={fields.status}
        leftSection={<StatusMark status={task.status} />}
        value={task.status}
        disabled={fixed}
        data={statuses.map(value => ({ value, label: messages.statuses[value] }))}
        onChange={event => set({ status: event.currentTarget.value as Task['status'] })}
      />
      <NativeSelect
        label={fields.priority}
        leftSection={<PriorityMark priority={task.priority} />}
        value={task.priority}
        disabled={fixed}
        data={priorities.map(value => ({ value, label: messages.priorities[value] }))}
        onChange={event => set({ priority: event.currentTarget.value as Task['priority'] })}
      />
      <Select
        label={fields.assigneeId}
        placeholder={unassigned}
        value={task.assigneeId}
        disabled={fixed}
        data={people.options(task.assigneeId)}
        searchable
        clearable
        onChange={assigneeId => set({ assigneeId })}
      />
      <DayInput label={fields.dueOn} value={task.dueOn} disabled={fixed} onChange={dueOn => set({ dueOn })} />
      <DayInput label={fields.startOn} value={task.startOn} disabled={fixed} onChange={startOn => set({ startOn })} />
      <EstimateInput task={task} change={change} />
      <TagsField task={task} change={change} />
      <PlaceInputs task={task} change={change} />
      <ViewersField task={task} change={change} />
      <p className={classes.facts}>{createdBy(people.nameOf(task.creatorId), formats.dateTime(task.createdAt))}</p>
    </div>
  )
}

type DayProps = { label: string; value: string | null; disabled: boolean; onChange: (day: string | null) => void }

function DayInput({ label, value, disabled, onChange }: DayProps) {
  // Saved on leaving: a year is typed digit by digit, and each of them is a date.
  return (
    <TextInput
      key={value}
      type="date"
      label={label}
      defaultValue={value ?? ''}
      disabled={disabled}
      onBlur={event => {
        const day = event.currentTarget.value || null
        if (day !== value && event.currentTarget.validity.valid) onChange(day)
      }}
    />
  )
}
