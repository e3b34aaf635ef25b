import { createWebhook } from '#server/features/webhooks/create-webhook.ts'
import { deleteWebhook } from '#server/features/webhooks/delete-webhook.ts'
import { getWebhook } from '#server/features/webhooks/get-webhook.ts'
import { getWebhookDelivery } from '#server/features/webhooks/get-webhook-delivery.ts'
import { listWebhookDeliveries } from '#server/features/webhooks/list-webhook-deliveries.ts'
import { listWebhooks } from '#server/features/webhooks/list-webhooks.ts'
import { pingWebhook } from '#server/features/webhooks/ping-webhook.ts'
import { replayWebhook } from '#server/features/webhooks/replay-webhook.ts'
import { replayWebhookDelivery } from '#server/features/webhooks/replay-webhook-delivery.ts'
import { rotateWebhookSecret } from '#server/features/webhooks/rotate-webhook-secret.ts'
import { updateWebhook } from '#server/features/webhooks/update-webhook.ts'
import type { Feature } from '#server/http/operation.ts'

export { replayDeliveries } from '#server/features/webhooks/replay-deliveries.ts'
export { sweepWebhooks } from '#server/features/webhooks/sweep-webhooks.ts'

export const webhooks: Feature = {
  name: 'webhooks',
  description: 'Other programs that are told of every change, signed, in order, at least once.',
  operations: [
    listWebhooks,
    createWebhook,
    getWebhook,
    updateWebhook,
    deleteWebhook,
    rotateWebhookSecret,
    pingWebhook,
    listWebhookDeliveries,
    getWebhookDelivery,
    replayWebhookDelivery,
    replayWebhook,
  ],
}
