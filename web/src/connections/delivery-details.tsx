import { Button, Code, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AuditEvent, WebhookDelivery, WebhookDeliveryDetail } from '#client'
import { api, newIdempotencyKey } from '#web/api.ts'
import { useNames } from '#web/audit/use-names.ts'
import { useSentence } from '#web/audit/use-sentence.ts'
import { spellOutcome } from '#web/connections/spell-outcome.ts'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { describeProblem, notifyDone } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { deliveryQuery } from '#web/queries/settings.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './deliveries.module.css'

type Props = { delivery: WebhookDelivery; mayReplay: boolean }

/** The event as a sentence, each attempt, and what was posted. */
export function DeliveryDetails({ delivery, mayReplay }: Props) {
  const { deliveries } = useMessages()
  const { relative } = useFormats()
  const { data, error } = useQuery(deliveryQuery(useWorkspace(), delivery))
  if (error) return <Text c="red">{describeProblem(error)}</Text>
  if (!data) return <RowsSkeleton rows={2} />
  const { request, attempts, nextAttemptAt: next } = data
  const event = request && delivery.action !== 'webhook.ping' ? eventIn(request.body) : undefined
  return (
    <>
      {event && <Sentence event={event} />}
      {next && Date.parse(next) > Date.now() && <Text size="sm">{deliveries.nextAttempt(relative(next))}</Text>}
      {request && mayReplay && delivery.status !== 'pending' && <SendAgain delivery={delivery} />}
      <h3 className={classes.part}>{deliveries.attempts}</h3>
      <ol className={classes.attempts}>
        {attempts.toReversed().map(attempt => (
          <Attempt key={attempt.at} of={attempt} />
        ))}
      </ol>
      <h3 className={classes.part}>{deliveries.request}</h3>
      {request ? <Request of={request} /> : <Text size="sm">{deliveries.gone}</Text>}
    </>
  )
}

function Sentence({ event }: { event: AuditEvent }) {
  return <Text size="sm">{useSentence(event, useNames())}</Text>
}

function SendAgain({ delivery: { webhookId, id } }: Pick<Props, 'delivery'>) {
  const { deliveries } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const again = useMutation({
    mutationFn: () =>
      api.replayWebhookDelivery({
        path: { workspace, webhook: webhookId, delivery: id },
        idempotencyKey: newIdempotencyKey(),
      }),
    onSuccess: () => {
      notifyDone(deliveries.againAsked)
      return queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'webhook') })
    },
  })
  return (
    <Button
      variant="default"
      size="xs"
      className={classes.again}
      leftSection={<IconRefresh size={15} />}
      loading={again.isPending}
      onClick={() => again.mutate()}
    >
      {deliveries.again}
    </Button>
  )
}

function Attempt({ of }: { of: WebhookDeliveryDetail['attempts'][number] }) {
  const messages = useMessages()
  const { deliveries } = messages
  const { dateTime, number } = useFormats()
  const { at, responseStatus, error, durationMs, answer } = of
  return (
    <li>
      <Text size="sm">
        {dateTime(at)} · {responseStatus ?? spellOutcome(error ?? '', messages)} ·{' '}
        {deliveries.milliseconds(number(durationMs))}
      </Text>
      {answer !== null &&
        (answer === '' ? (
          <Text size="sm" c="dimmed">
            {deliveries.emptyAnswer}
          </Text>
        ) : (
          <Scrolled label={deliveries.answer} text={answer} />
        ))}
    </li>
  )
}

function Request({ of: { url, headers, body } }: { of: NonNullable<WebhookDeliveryDetail['request']> }) {
  const { deliveries } = useMessages()
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return (
    <>
      <Scrolled label={deliveries.headers} text={[`POST ${url}`, ...lines].join('\n')} />
      <Scrolled label={deliveries.body} text={JSON.stringify(JSON.parse(body), null, 2)} />
    </>
  )
}

function Scrolled({ label, text }: { label: string; text: string }) {
  return (
    <Code block className={classes.code} role="region" aria-label={label} tabIndex={0}>
      {text}
    </Code>
  )
}

function eventIn(body: string): AuditEvent {
  return (JSON.parse(body) as { data: AuditEvent }).data
}
