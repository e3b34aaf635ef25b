import { Title } from '@mantine/core'
import type { AuditEvent } from '#client'
import { AuditRow } from '#web/audit/audit-row.tsx'
import type { Names } from '#web/audit/use-names.ts'
import { useFormats } from '#web/messages/formats.ts'
import classes from './audit.module.css'

export function AuditDay({ day, events, names }: { day: string; events: AuditEvent[]; names: Names }) {
  const formats = useFormats()
  return (
    <section className={classes.day}>
      <Title order={2} className={classes.date}>
        {formats.day(day)}
      </Title>
      <ol className={classes.events}>
        {events.map(event => (
          <AuditRow key={event.id} event={event} names={names} />
        ))}
      </ol>
    </section>
  )
}
