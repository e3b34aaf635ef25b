import { Badge, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { WebhookDelivery } from '#client'
import { describeAction } from '#web/audit/actions.ts'
import { DeliveryDetails } from '#web/connections/delivery-details.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import classes from './deliveries.module.css'

/** One event that was sent, which opens to the request and the answers. */
export function DeliveryRow({ delivery, mayReplay }: { delivery: WebhookDelivery; mayReplay: boolean }) {
  const messages = useMessages()
  const { deliveries } = messages
  const { dateTime, number } = useFormats()
  const [open, setOpen] = useState(false)
  const details = useId()
  const { action, status, responseStatus, durationMs, lastAttemptAt, attemptCount } = delivery
  const facts = [
    responseStatus === null ? deliveries.noAnswer : String(responseStatus),
    deliveries.milliseconds(number(durationMs)),
    attemptCount > 1 && deliveries.attemptCount(attemptCount),
  ]
  return (
    <li className={classes.delivery}>
      <UnstyledButton
        className={classes.line}
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        aria-controls={open ? details : undefined}
      >
        <span className={classes.what}>
          {action === 'webhook.ping' ? deliveries.ping : describeAction(action, messages)}
        </span>
        <Badge variant="light" color={colors[status]} className={classes.status}>
          {deliveries.statuses[status]}
        </Badge>
        <span className={classes.facts}>{facts.filter(Boolean).join(' · ')}</span>
        <time dateTime={lastAttemptAt} className={classes.time}>
          {dateTime(lastAttemptAt)}
        </time>
        <IconChevronRight size={16} className={classes.chevron} data-open={open || undefined} aria-hidden />
      </UnstyledButton>
      {open && (
        <div id={details} className={classes.details}>
          <DeliveryDetails delivery={delivery} mayReplay={mayReplay} />
        </div>
      )}
    </li>
  )
}

const colors = { pending: 'blue', delivered: 'green', failed: 'orange', given_up: 'red' } as const
