import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconRefresh, IconSend } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Webhook, WebhookDeliveryDetail } from '#client'
import { api, newIdempotencyKey } from '#web/api.ts'
import { spellOutcome } from '#web/connections/spell-outcome.ts'
import { notifyDone } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

const daysKept = 30

/** A test event, and all that failed once more. */
export function DeliveryActions({ webhook }: { webhook: Webhook }) {
  const messages = useMessages()
  const { deliveries } = messages
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const path = { workspace, webhook: webhook.id }
  const refresh = () => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'webhook') })
  const tell = ({ status, responseStatus, error }: WebhookDeliveryDetail) => {
    const message =
      responseStatus === null ? spellOutcome(error ?? '', messages) : deliveries.testArrived(responseStatus)
    if (status === 'delivered') notifyDone(message)
    else notifications.show({ color: 'red', title: deliveries.testFailed, message, role: 'alert', autoClose: 8000 })
  }
  const ping = useMutation({
    mutationFn: () => api.pingWebhook({ path, idempotencyKey: newIdempotencyKey() }),
    onSuccess: made => {
      tell(made)
      return refresh()
    },
  })
  const again = useMutation({
    mutationFn: () => {
      const since = new Date(Date.now() - daysKept * 86_400_000).toISOString()
      return api.replayWebhook({ path, body: { since }, idempotencyKey: newIdempotencyKey() })
    },
    onSuccess: ({ count }) => {
      notifyDone(count === 0 ? deliveries.noneFailed : deliveries.allAgainAsked(count))
      return refresh()
    },
  })
  return (
    <Group gap="xs">
      {webhook.active && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={again.isPending}
          onClick={() => again.mutate()}
        >
          {deliveries.allAgain}
        </Button>
      )}
      <Button leftSection={<IconSend size={16} />} loading={ping.isPending} onClick={() => ping.mutate()}>
        {deliveries.test}
      </Button>
    </Group>
  )
}
