import { Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Task } from '#client'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { useHistorySentence } from '#web/tasks/details/use-history-sentence.ts'
import { taskHistoryQuery } from '#web/tasks/history-query.ts'
import { LoadMore } from '#web/tasks/load-more.tsx'
import { PersonMark } from '#web/tasks/person-mark.tsx'
import { usePeople } from '#web/tasks/use-people.ts'
import classes from './task-history.module.css'

export function TaskHistory({ task }: { task: Task }) {
  const { work } = useMessages()
  const formats = useFormats()
  const people = usePeople()
  const sentence = useHistorySentence()
  const history = useInfiniteQuery(taskHistoryQuery(useWorkspace(), task.id))
  if (history.isPending) return <RowsSkeleton rows={4} />
  const events = history.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <ol className={classes.events} aria-label={work.history.title}>
        {events.map(event => (
          <li key={event.id}>
            <PersonMark member={people.find(event.memberId)} id={event.memberId ?? '?'} size={22} />
            <span>{sentence(event)}</span>
            <Text component="time" size="xs" c="dimmed" dateTime={event.at} title={formats.dateTime(event.at)}>
              {formats.relative(event.at)}
            </Text>
          </li>
        ))}
      </ol>
      <LoadMore hasMore={history.hasNextPage} loading={history.isFetchingNextPage} load={history.fetchNextPage} />
    </>
  )
}
