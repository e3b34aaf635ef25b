import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Task } from '#client'
import { formatDuration } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import type { ChangeTask } from '#web/tasks/use-change-task.ts'
import { parseDuration } from '#web/time/duration.ts'

export function EstimateInput({ task, change }: { task: Task; change: ChangeTask | undefined }) {
  const { work } = useMessages()
  const [typed, setTyped] = useState<string>()
  const [wrong, setWrong] = useState(false)
  const save = () => {
    if (typed === undefined) return
    const estimateSeconds = typed.trim() === '' ? null : parseDuration(typed)
    setWrong(estimateSeconds === undefined)
    if (estimateSeconds === undefined) return
    setTyped(undefined)
    if (estimateSeconds !== task.estimateSeconds) void change?.(task, { estimateSeconds })
  }
  return (
    <TextInput
      label={work.task.fields.estimateSeconds}
      placeholder="1:30"
      value={typed ?? (task.estimateSeconds === null ? '' : formatDuration(task.estimateSeconds))}
      disabled={!change}
      error={wrong && work.time.notADuration}
      onChange={event => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={event => event.key === 'Enter' && save()}
    />
  )
}
