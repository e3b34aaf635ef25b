import { Badge } from '@mantine/core'
import type { Webhook } from '#client'
import { spellOutcome } from '#web/connections/spell-outcome.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'

type Delivery = Pick<Webhook, 'active' | 'actions' | 'failures' | 'lastStatus' | 'retryAt'>

/** How sending goes, for a webhook or an integration. */
export function DeliveryFacts({ of }: { of: Delivery }) {
  const messages = useMessages()
  const { settings } = messages
  const { relative } = useFormats()
  const facts = [
    of.actions.length === 0 ? settings.allEvents : settings.someEvents(of.actions.length),
    of.lastStatus === null ? settings.nothingSent : settings.lastStatus(spellOutcome(of.lastStatus, messages)),
    of.failures > 0 && settings.failing(of.failures),
    of.active && of.retryAt && settings.nextAttempt(relative(of.retryAt)),
  ]
  return <>{facts.filter(Boolean).join(' · ')}</>
}

export function DeliveryBadge({ of }: { of: Delivery }) {
  const { settings } = useMessages()
  if (!of.active) {
    return (
      <Badge variant="light" color="gray">
        {settings.off}
      </Badge>
    )
  }
  if (of.failures === 0) return null
  return (
    <Badge variant="light" color="red">
      {settings.failing(of.failures)}
    </Badge>
  )
}
