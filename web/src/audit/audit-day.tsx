import { Title } from '@mantine/core'
import type { AuditEvent } from '#client'
import { AuditRow } from '#web/audit/audit-row.tsx'
import { useFormats } from '#web/messages/formats.ts'
import classes from './audit.module.css'

export function AuditDay({ day, events }: { day: string; events: AuditEvent[] }) {
  const formats = useFormats()
  return (
    <section className={classes.day}>
      <Title order={2} className={classes.date}>
        {formats.day(day)}
      </Title>
      <ol className={classes.events}>
        {events.map(event => (
          <AuditRow key={event.id} event={event} />
        ))}
      </ol>
    </section>
  )
}
