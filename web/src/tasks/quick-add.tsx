import { Textarea } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import type { NewTask } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { draftsOf, useCreateTasks } from '#web/tasks/use-create-tasks.ts'
import classes from './quick-add.module.css'

type Props = {
  /** What every new task gets besides its title. */
  common: Omit<NewTask, 'title'>
  /** The position of the first task that is shown: new ones stand above it. */
  first?: number | undefined
  inputRef?: RefObject<HTMLTextAreaElement | null>
}

/** A line for a task, several lines for several: Enter creates, and the next one can be typed at once. */
export function QuickAdd({ common, first, inputRef }: Props) {
  const { work } = useMessages()
  const [text, setText] = useState('')
  const create = useCreateTasks(useWorkspace())
  const submit = () => {
    const drafts = draftsOf(text, common, first)
    if (drafts.length === 0) return
    setText('')
    // What could not be created comes back, unless something else is being typed.
    create.mutate(drafts, { onError: () => setText(now => now || text) })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      submit()
    }
    if (event.key === 'Escape') event.currentTarget.blur()
  }
  return (
    <div className={classes.add}>
      <span className={classes.mark}>
        <IconPlus size={18} aria-hidden />
      </span>
      <Textarea
        ref={inputRef}
        className={classes.field}
        variant="unstyled"
        autosize
        minRows={1}
        maxRows={12}
        value={text}
        aria-label={work.task.quickAdd}
        placeholder={work.task.quickAdd}
        onChange={event => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span className={classes.hint}>{work.task.quickAddHint}</span>
    </div>
  )
}
