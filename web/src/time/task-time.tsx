import { Button, Group, Text } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStopFilled, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Task } from '#client'
import { formatDuration } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { Section } from '#web/tasks/details/section.tsx'
import { LoadMore } from '#web/tasks/load-more.tsx'
import { EntryModal } from '#web/time/entry-modal.tsx'
import { EntryRow } from '#web/time/entry-row.tsx'
import { RunningTime } from '#web/time/running-time.tsx'
import { taskTimeQuery } from '#web/time/time-queries.ts'
import { useTimer } from '#web/time/use-timer.ts'
import classes from './task-time.module.css'

/** The time that was spent on a task, as far as the caller may see it. */
export function TaskTime({ task }: { task: Task }) {
  const { work } = useMessages()
  const [adding, setAdding] = useState(false)
  const mayWrite = useCan('time_entry', 'write')
  const time = useInfiniteQuery(taskTimeQuery(useWorkspace(), task.id))
  const entries = time.data?.pages.flatMap(page => page.items) ?? []
  const total = entries.reduce((sum, entry) => sum + entry.durationSeconds, 0)
  const add = mayWrite && (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconPlus size={15} />}
      onClick={() => setAdding(true)}
    >
      {work.time.addEntry}
    </Button>
  )
  return (
    <Section title={work.time.title} action={add}>
      {mayWrite && <TaskTimer task={task} />}
      {entries.length > 0 ? (
        <ul className={classes.entries}>
          {entries.map(entry => (
            <EntryRow key={entry.id} entry={entry} of="task" />
          ))}
        </ul>
      ) : (
        <Text size="sm" c="dimmed">
          {work.time.noneOnTask}
        </Text>
      )}
      <LoadMore hasMore={time.hasNextPage} loading={time.isFetchingNextPage} load={time.fetchNextPage} />
      {entries.length > 1 && !time.hasNextPage && (
        <Group justify="space-between">
          <Text size="sm">{work.time.total}</Text>
          <Text size="sm" fw={600}>
            {formatDuration(total)}
          </Text>
        </Group>
      )}
      {adding && <EntryModal place={{ projectId: task.projectId, taskId: task.id }} onClose={() => setAdding(false)} />}
    </Section>
  )
}

function TaskTimer({ task }: { task: Task }) {
  const { work } = useMessages()
  const { running, start, stop, pending } = useTimer()
  if (running?.taskId === task.id) {
    return (
      <Button
        color="red"
        variant="light"
        loading={pending}
        onClick={stop}
        leftSection={<IconPlayerStopFilled size={15} />}
      >
        {work.time.stop}&nbsp;
        <RunningTime since={running.startedAt} />
      </Button>
    )
  }
  return (
    <Button
      variant="default"
      loading={pending}
      onClick={() => start({ taskId: task.id })}
      leftSection={<IconPlayerPlay size={15} />}
    >
      {work.time.start}
    </Button>
  )
}
