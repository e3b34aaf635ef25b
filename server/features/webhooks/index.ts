import { createWebhook } from '#server/features/webhooks/create-webhook.ts'
import { deleteWebhook } from '#server/features/webhooks/delete-webhook.ts'
import { getWebhook } from '#server/features/webhooks/get-webhook.ts'
import { listWebhooks } from '#server/features/webhooks/list-webhooks.ts'
import { rotateWebhookSecret } from '#server/features/webhooks/rotate-webhook-secret.ts'
import { updateWebhook } from '#server/features/webhooks/update-webhook.ts'
import type { Feature } from '#server/http/operation.ts'

export const webhooks: Feature = {
  name: 'webhooks',
  description: 'Other programs that are told of every change, signed, in order, at least once.',
  operations: [listWebhooks, createWebhook, getWebhook, updateWebhook, deleteWebhook, rotateWebhookSecret],
}
