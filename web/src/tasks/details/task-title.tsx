import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Task } from '#client'
import { useMessages } from '#web/messages/language.ts'
import type { ChangeTask } from '#web/tasks/use-change-task.ts'
import classes from './task-details.module.css'

/** The title, edited where it stands: Enter or leaving it saves, Escape takes it back. */
export function TaskTitle({ task, change }: { task: Task; change: ChangeTask | undefined }) {
  const { work } = useMessages()
  const [edited, setEdited] = useState<string>()
  const save = () => {
    const title = edited?.replace(/\s+/g, ' ').trim()
    setEdited(undefined)
    if (title && title !== task.title) void change?.(task, { title })
  }
  return (
    <Textarea
      className={classes.title}
      variant="unstyled"
      autosize
      minRows={1}
      maxLength={500}
      readOnly={!change}
      aria-label={work.task.fields.title}
      value={edited ?? task.title}
      onChange={event => setEdited(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={event => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
          event.preventDefault()
          event.currentTarget.blur()
        }
        if (event.key === 'Escape' && edited !== undefined) {
          event.stopPropagation()
          setEdited(undefined)
        }
      }}
    />
  )
}
