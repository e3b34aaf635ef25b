import { expect, test } from 'vitest'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { handlers } from '#server/jobs/handlers.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { openRelay } from '#tests/setup/relay.ts'
import { createWorld } from '#tests/setup/world.ts'

test('with a worker and a relay, an invitation and a security event are in the mailbox in a moment, once each', async () => {
  const relay = await openRelay()
  const world = await createWorld({
    env: { KONTOR_SMTP_URL: relay.url, KONTOR_PUBLIC_URL: 'https://kontor.example.eu' },
  })
  await world.prepareQueue()
  const worker = await startWorker(world.services, handlers)
  try {
    const { ada, mia } = world.acme
    const path = { workspace: 'acme' }
    const roleId = (await ada.api.listRoles({ path })).items.find(role => role.builtin === 'member')!.id
    await ada.api.createInvitation({ path, body: { email: 'noor@acme.example', roleId } })
    const request = { address: '203.0.113.9', userAgent: '' }
    const event = { accountId: mia.accountId, kind: 'totp_removed' as const, request }
    await recordSecurityEvent(world.services, world.services.platform.db, event)
    await tellSecurityEventsLater(world.services)
    const wait = { timeout: 20_000, interval: 100 }
    await expect
      .poll(() => relay.deliveries.map(({ to }) => to[0]).toSorted(), wait)
      .toEqual(['mia@acme.example', 'noor@acme.example'])
    await expect.poll(() => world.superuser('select 1 from platform.mail'), wait).toEqual([])
    const invitation = relay.deliveries.find(({ to }) => to[0] === 'noor@acme.example')
    expect(invitation?.text).toMatch(/https:\/\/kontor\.example\.eu\/join\/acme\/[\w-]+/)
    expect(invitation?.html).toContain(invitation?.text.match(/https:\/\/\S+\/join\/\S+/)?.[0])
  } finally {
    await worker.stop()
    await world.close()
    await relay.close()
  }
  expect(relay.deliveries).toHaveLength(2)
})
