import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { SecurityEvent } from '#client'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { securityEventsQuery } from '#web/queries/security.ts'
import { EventMark } from '#web/security/event-mark.tsx'
import { useEventSentence } from '#web/security/use-event-sentence.ts'
import { ListRow, Rows } from '#web/shell/rows.tsx'

/** What happened to the account, in sentences. */
export function SecurityEvents() {
  const { actions, security } = useMessages()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(securityEventsQuery)
  if (!data) return <RowsSkeleton rows={4} />
  const events = data.pages.flatMap(page => page.items)
  if (events.length === 0) return <Text c="dimmed">{security.events.none}</Text>
  return (
    <>
      <Rows>
        {events.map(event => (
          <EventRow key={event.id} event={event} />
        ))}
      </Rows>
      {hasNextPage && (
        <Button variant="subtle" fullWidth mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {actions.more}
        </Button>
      )}
    </>
  )
}

function EventRow({ event }: { event: SecurityEvent }) {
  const { dateTime } = useFormats()
  const sentence = useEventSentence(event)
  const facts = [event.device, event.address].filter(Boolean).join(' · ')
  return (
    <ListRow
      icon={<EventMark kind={event.kind} />}
      title={sentence}
      facts={
        <>
          <time dateTime={event.at}>{dateTime(event.at)}</time>
          {facts && ` · ${facts}`}
        </>
      }
    />
  )
}
