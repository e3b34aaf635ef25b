import { Text } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import type { TimeEntry } from '#client'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { formatDuration, today, useFormats } from '#web/messages/formats.ts'
import { useLanguage, useMessages } from '#web/messages/language.ts'
import { dayOf } from '#web/time/brussels.ts'
import { EntryRow } from '#web/time/entry-row.tsx'
import { useNow } from '#web/time/use-now.ts'
import classes from './week-view.module.css'

/** The days of a week with their sums, then their entries, the latest day first. */
export function WeekView({ days, entries }: { days: string[]; entries: TimeEntry[] }) {
  const { work } = useMessages()
  const formats = useFormats()
  const weekday = useWeekday()
  const now = useNow(entries.some(entry => entry.endedAt === null))
  const byDay = Map.groupBy(entries, entry => dayOf(entry.startedAt))
  const secondsOn = (day: string) => (byDay.get(day) ?? []).reduce((sum, entry) => sum + secondsOf(entry, now), 0)
  const sums = days.map(secondsOn)
  const most = Math.max(8 * 3600, ...sums)
  return (
    <>
      <ol className={classes.week} aria-label={work.time.week}>
        {days.map((day, index) => (
          <li key={day} data-today={day === today() || undefined}>
            <span className={classes.weekday}>
              {weekday(day, 'short')} <span>{formats.shortDay(day)}</span>
            </span>
            <strong>{formatDuration(sums[index]!)}</strong>
            <span className={classes.bar} style={{ '--share': sums[index]! / most } as React.CSSProperties} />
          </li>
        ))}
        <li className={classes.total}>
          <span className={classes.weekday}>{work.time.total}</span>
          <strong>{formatDuration(sums.reduce((sum, seconds) => sum + seconds, 0))}</strong>
        </li>
      </ol>
      {entries.length === 0 && <EmptyState icon={IconClock} title={work.time.empty} hint={work.time.emptyHint} />}
      {days.toReversed().map(day =>
        byDay.has(day) ? (
          <section key={day} className={classes.day} aria-label={formats.day(day)}>
            <h2>
              {weekday(day, 'long')} {formats.shortDay(day)}
              <Text span size="sm" c="dimmed" fw={500}>
                {formatDuration(secondsOn(day))}
              </Text>
            </h2>
            <ul className={classes.entries}>
              {byDay.get(day)!.map(entry => (
                <EntryRow key={entry.id} entry={entry} />
              ))}
            </ul>
          </section>
        ) : null,
      )}
    </>
  )
}

function secondsOf({ endedAt, startedAt, durationSeconds }: TimeEntry, now: number): number {
  return endedAt ? durationSeconds : Math.max(0, Math.floor((now - Date.parse(startedAt)) / 1000))
}

function useWeekday() {
  const language = useLanguage()
  return (day: string, weekday: 'short' | 'long') =>
    new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}
