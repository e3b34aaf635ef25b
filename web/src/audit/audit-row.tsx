import { UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronRight } from '@tabler/icons-react'
import type { AuditEvent } from '#client'
import { AuditChanges } from '#web/audit/audit-changes.tsx'
import type { Names } from '#web/audit/use-names.ts'
import { useSentence } from '#web/audit/use-sentence.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import classes from './audit.module.css'

/** One event as a sentence, which opens to what changed, from → to. */
export function AuditRow({ event, names }: { event: AuditEvent; names: Names }) {
  const { audit } = useMessages()
  const { time } = useFormats()
  const sentence = useSentence(event, names)
  const [open, { toggle }] = useDisclosure()
  return (
    <li className={classes.event}>
      <UnstyledButton className={classes.line} onClick={toggle} aria-expanded={open}>
        <time dateTime={event.at} className={classes.time}>
          {time(event.at)}
        </time>
        <span className={classes.sentence}>
          {sentence}
          {event.tokenId && event.tokenId !== event.entityId && (
            <span className={classes.via}> {audit.viaToken(event.tokenName ?? names.byId(event.tokenId))}</span>
          )}
        </span>
        <IconChevronRight size={16} className={classes.chevron} data-open={open || undefined} aria-hidden />
      </UnstyledButton>
      {open && <AuditChanges event={event} names={names} />}
    </li>
  )
}
