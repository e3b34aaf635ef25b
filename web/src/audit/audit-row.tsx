import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import type { AuditEvent } from '#client'
import { AuditChanges } from '#web/audit/audit-changes.tsx'
import type { Names } from '#web/audit/use-names.ts'
import { useSentence } from '#web/audit/use-sentence.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import classes from './audit.module.css'

type Props = { event: AuditEvent; names: Names; open: boolean; onToggle: () => void }

/** One event as a sentence, which opens to what changed, from → to. */
export function AuditRow({ event, names, open, onToggle }: Props) {
  const { audit } = useMessages()
  const { time } = useFormats()
  const sentence = useSentence(event, names)
  const fields = changedFields(event, audit.fieldNames)
  return (
    <>
      <UnstyledButton className={classes.line} onClick={onToggle} aria-expanded={open} data-line>
        <time dateTime={event.at} className={classes.time}>
          {time(event.at)}
        </time>
        <span className={classes.sentence}>
          {sentence}
          {event.tokenId && event.tokenId !== event.entityId && (
            <span className={classes.via}> {audit.viaToken(event.tokenName ?? names.byId(event.tokenId))}</span>
          )}
          {fields && <span className={classes.via}> · {fields}</span>}
          {event.reason && <span className={classes.via}> · “{event.reason}”</span>}
        </span>
        <IconChevronRight size={16} className={classes.chevron} data-open={open || undefined} aria-hidden />
      </UnstyledButton>
      {open && <AuditChanges event={event} names={names} />}
    </>
  )
}

/** What a change was about, so that one need not open it: "Status, Due". */
function changedFields({ action, changes }: AuditEvent, names: Record<string, string>): string {
  if (!action.endsWith('.updated')) return ''
  const told = Object.keys(changes).filter(field => !follows.includes(field))
  return [...new Set(told.map(field => names[field] ?? field))].join(', ')
}

// What comes of itself with another change.
const follows = ['closedAt', 'editedAt', 'number']
