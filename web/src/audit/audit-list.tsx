import { Title } from '@mantine/core'
import { useRef, useState } from 'react'
import type { AuditEvent } from '#client'
import { AuditRow } from '#web/audit/audit-row.tsx'
import { groupByDay } from '#web/audit/group-by-day.ts'
import { useLineKeys } from '#web/audit/use-line-keys.ts'
import type { Names } from '#web/audit/use-names.ts'
import { useVirtualRows } from '#web/audit/use-virtual-rows.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import classes from './audit.module.css'

export type Row = { key: string; day: string } | { key: string; event: AuditEvent }

/** Events under their days. Only those near the window are in the page, however many have been loaded. */
export function AuditList({ events, names }: { events: readonly AuditEvent[]; names: Names }) {
  const { audit } = useMessages()
  const formats = useFormats()
  const list = useRef<HTMLOListElement>(null)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setOpened(before => (before.has(id) ? new Set([...before].filter(each => each !== id)) : new Set([...before, id])))
  const rows = rowsOf(events)
  const { above, shown, below, measure } = useVirtualRows(rows, list)
  useLineKeys(list)
  const render = (index: number) => {
    const row = rows[index]!
    return 'day' in row ? (
      <li key={row.key} ref={measure} data-index={index} className={classes.date}>
        <Title order={2}>{formats.day(row.day)}</Title>
      </li>
    ) : (
      <li key={row.key} ref={measure} data-index={index} className={classes.event}>
        <AuditRow event={row.event} names={names} open={opened.has(row.key)} onToggle={() => toggle(row.key)} />
      </li>
    )
  }
  const [heading, ...rest] = shown
  const isApart = heading !== undefined && rest[0] !== undefined && rest[0] !== heading + 1
  return (
    <ol ref={list} className={classes.events} aria-label={audit.log}>
      {isApart && render(heading)}
      <li aria-hidden className={classes.space} style={{ height: above }} />
      {(isApart ? rest : shown).map(render)}
      <li aria-hidden className={classes.space} style={{ height: below }} />
    </ol>
  )
}

function rowsOf(events: readonly AuditEvent[]): Row[] {
  return groupByDay(events).flatMap(([day, those]) => [
    { key: day, day },
    ...those.map(event => ({ key: event.id, event })),
  ])
}
