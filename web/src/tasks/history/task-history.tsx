import { Button, Group, Text, Title } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Task } from '#client'
import { groupByDay } from '#web/audit/group-by-day.ts'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { CompareDescriptions } from '#web/tasks/history/compare-descriptions.tsx'
import { HistoryEvent } from '#web/tasks/history/history-event.tsx'
import { taskHistoryQuery } from '#web/tasks/history/history-queries.ts'
import { LoadMore } from '#web/tasks/load-more.tsx'
import classes from './task-history.module.css'

/** What happened to a task, day by day, newest first. */
export function TaskHistory({ task }: { task: Task }) {
  const { work } = useMessages()
  const formats = useFormats()
  const workspace = useWorkspace()
  const [compared, setCompared] = useState<string>()
  const history = useInfiniteQuery(taskHistoryQuery(workspace, task.id))
  if (history.isPending) return <RowsSkeleton rows={4} />
  const events = history.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <Group justify="flex-end">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconClockHour4 size={15} />}
          renderRoot={props => (
            <Link to="/w/$workspace/tasks/$task/as-of" params={{ workspace, task: task.id }} {...props} />
          )}
        >
          {work.history.asOf.open}
        </Button>
      </Group>
      {events.length === 0 && <Text c="dimmed">{work.history.none}</Text>}
      <section aria-label={work.history.title}>
        {groupByDay(events).map(([day, those]) => (
          <div key={day} className={classes.day}>
            <Title order={3} className={classes.date}>
              {formats.day(day)}
            </Title>
            <ol className={classes.events}>
              {those.map(event => (
                <HistoryEvent key={event.id} event={event} task={task} onCompare={() => setCompared(event.id)} />
              ))}
            </ol>
          </div>
        ))}
      </section>
      <LoadMore hasMore={history.hasNextPage} loading={history.isFetchingNextPage} load={history.fetchNextPage} />
      {compared && <CompareDescriptions task={task} first={compared} onClose={() => setCompared(undefined)} />}
    </>
  )
}
