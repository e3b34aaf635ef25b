import { ActionIcon, Button, Group } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { today, useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { Page } from '#web/shell/page.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { addDays, mondayOf, weekFrom } from '#web/time/brussels.ts'
import { EntryModal } from '#web/time/entry-modal.tsx'
import { myTimeQuery } from '#web/time/time-queries.ts'
import { TimeTabs } from '#web/time/time-tabs.tsx'
import { WeekView } from '#web/time/week-view.tsx'

/** One's own time, a week at a time. */
export function TimePage() {
  const { work } = useMessages()
  const formats = useFormats()
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const { week } = useSearch({ from: '/signed-in/w/$workspace/time' })
  const [adding, setAdding] = useState(false)
  const mayWrite = useCan('time_entry', 'write')
  const monday = mondayOf(week ?? today())
  const days = weekFrom(monday)
  const entries = useQuery(myTimeQuery(workspace, monday, days[6]!))
  const go = (to: string) => void navigate({ to: '.', search: mondayOf(today()) === to ? {} : { week: to } })
  return (
    <Page
      title={work.time.title}
      actions={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {work.time.addEntry}
          </Button>
        )
      }
    >
      <TimeTabs />
      <Group gap="xs" mb="md">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={work.time.previousWeek}
          onClick={() => go(addDays(monday, -7))}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" aria-label={work.time.nextWeek} onClick={() => go(addDays(monday, 7))}>
          <IconChevronRight size={18} />
        </ActionIcon>
        <Button variant="default" onClick={() => go(mondayOf(today()))}>
          {work.time.thisWeek}
        </Button>
        <strong>
          {formats.shortDay(monday)} – {formats.day(days[6]!)}
        </strong>
      </Group>
      {entries.isPending ? <RowsSkeleton /> : <WeekView days={days} entries={entries.data ?? []} />}
      {adding && <EntryModal day={days.includes(today()) ? today() : monday} onClose={() => setAdding(false)} />}
    </Page>
  )
}
