import { createHmac } from 'node:crypto'
import type { WebhookWithSecret } from '#client'
import { replayDeliveries } from '#server/features/webhooks/index.ts'
import { deliverSettled } from '#tests/events/read-settled.ts'
import type { Received } from '#tests/events/receiver.ts'
import { createWorld } from '#tests/setup/world.ts'

export const path = { workspace: 'acme' }
/** Where the clock stands. */
export const begin = '2026-11-02T10:00:00Z'
export type WebhookWorld = Awaited<ReturnType<typeof createWebhookWorld>>

/** A world in which webhooks of acme are told of new tasks; a test calls the jobs itself. */
export async function createWebhookWorld() {
  const world = await createWorld({ env: { KONTOR_TEST_CLOCK: begin } })
  await world.prepareQueue()
  const { api } = world.acme.ada
  const workspaceId = world.acme.id
  const { id: projectId } = await api.createProject({ path, body: { name: 'Website', key: 'WEB' } })
  const { signal } = new AbortController()
  const made = {
    world,
    api,
    newWebhook: (url: string) => api.createWebhook({ path, body: { url, actions: ['task.created'] } }),
    newTask: (title: string) => world.acme.mia.api.createTask({ path, body: { projectId, title } }),
    deliver: ({ id }: { id: string }) => deliverSettled(world, 'webhook', id),
    replay: ({ id }: { id: string }) => replayDeliveries(world.services, { workspaceId, webhookId: id }, signal),
    logOf: async (webhook: { id: string }) => (await api.listWebhookDeliveries({ path: of(webhook) })).items,
    gaveUp,
  }
  return made

  /** A webhook whose one event was given up, because its receiver is gone, and that is told of other things since. */
  async function gaveUp(url: string): Promise<WebhookWithSecret> {
    const webhook = await made.newWebhook(url)
    await made.newTask('Given up')
    await made.deliver(webhook)
    await api.updateWebhook({ path: of(webhook), body: { active: true, actions: ['role.deleted'] } })
    await made.deliver(webhook)
    return webhook
  }
}

export const of = ({ id }: { id: string }) => ({ ...path, webhook: id })

/** What a receiver that has the secret expects. */
export function signatureOf({ headers, body }: Received, { secret }: { secret: string }): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`
}
