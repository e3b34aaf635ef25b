import { pino } from 'pino'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { Mail } from '#server/mail/mail.ts'
import { writeMail } from '#server/mail/mail.ts'
import { sendMail, sendWaitingMail } from '#server/mail/send-mail.ts'
import { openMailTransport } from '#server/mail/transport.ts'
import type { Services } from '#server/services.ts'
import { openRelay } from '#tests/setup/relay.ts'
import { createWorld, testConfig, type World } from '#tests/setup/world.ts'

let world: World
const open: { close(): unknown }[] = []
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_MAIL_FROM: 'Kontor <kontor@kontor.example.eu>' } })
  await world.prepareQueue()
  return () => world.close()
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
  await world.superuser('delete from platform.mail')
})

const start = '2026-07-03T12:00:00Z'
const letter = {
  to: 'mia@acme.example',
  subject: 'Hello',
  text: 'Hello Mia, the code is 123456.\n',
  html: '<p>Hello</p>\n',
}

/** The services of the world, with mail that leaves through this relay, and what is logged. */
async function through(answers: Parameters<typeof openRelay>[0] = {}, query = '') {
  const relay = await openRelay(answers)
  const mail = openMailTransport(testConfig('/nonexistent', { KONTOR_SMTP_URL: `${relay.url}${query}` }))
  open.push(mail, relay)
  const lines: string[] = []
  const log = pino({}, { write: line => void lines.push(line) })
  world.setClock(start)
  return { relay, services: { ...world.services, mail, log } as Services, lines }
}

async function write(mail: Mail = letter): Promise<string> {
  return writeMail(world.services.platform.db, world.services, mail)
}

async function waiting(): Promise<{ attempts: number; seconds: number }[]> {
  return world.superuser(
    `select attempts, extract(epoch from retry_at - '${start}'::timestamptz)::int as seconds from platform.mail`,
  )
}

test('a mail arrives as plain text and HTML, from us, to one person, and asks nobody for an answer', async () => {
  const { relay, services } = await through()
  const id = await write({ ...letter, language: 'nl' })
  await sendMail(services, id)
  const [mail] = relay.deliveries
  expect(mail).toMatchObject({
    from: 'kontor@kontor.example.eu',
    to: ['mia@acme.example'],
    text: letter.text,
    html: letter.html,
  })
  expect(mail?.headers).toMatchObject({
    from: 'Kontor <kontor@kontor.example.eu>',
    to: 'mia@acme.example',
    subject: 'Hello',
    date: 'Fri, 03 Jul 2026 12:00:00 +0000',
    'message-id': `<${id}@kontor.example.eu>`,
    'auto-submitted': 'auto-generated',
    'content-language': 'nl',
  })
  expect(await waiting()).toEqual([])
})

test('a recipient who is refused for good is not tried again, and the log says neither who nor what', async () => {
  const { relay, services, lines } = await through({ onRecipient: address => `550 5.1.1 <${address}> is unknown` })
  await sendMail(services, await write())
  await sendWaitingMail(services)
  expect(relay.asked).toEqual(['mia@acme.example'])
  expect(await waiting()).toEqual([])
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0]!)).toMatchObject({ status: 550, enhanced: '5.1.1', command: 'RCPT TO', attempt: 1 })
  expect(lines.join()).not.toMatch(/mia|acme|Hello|123456/)
})

test('a message that is refused for good, as spam or too long, is given up', async () => {
  const { relay, services } = await through({ onMessage: () => '554 5.7.1 looks like spam' })
  await sendMail(services, await write())
  expect([relay.deliveries, await waiting()]).toEqual([[], []])
})

test('a mail that cannot be taken now is tried again later, and later still, and is the same mail', async () => {
  let refusals = 2
  const { relay, services, lines } = await through({
    onRecipient: () => (refusals-- > 0 ? '451 4.7.1 greylisted' : undefined),
  })
  const id = await write()
  await sendMail(services, id)
  expect(await waiting()).toEqual([{ attempts: 1, seconds: 60 }])
  // Not before its time, whoever asks.
  await sendMail(services, id)
  expect(relay.asked).toHaveLength(1)
  world.setClock('2026-07-03T12:01:00Z')
  await sendMail(services, id)
  expect(await waiting()).toEqual([{ attempts: 2, seconds: 180 }])
  world.setClock('2026-07-03T12:03:00Z')
  await sendMail(services, id)
  expect(relay.deliveries.map(mail => mail.headers['message-id'])).toEqual([`<${id}@kontor.example.eu>`])
  expect(await waiting()).toEqual([])
  expect(lines.join()).not.toMatch(/mia@|123456/)
})

test('after four days of trying a mail is given up', async () => {
  const { relay, services } = await through({ onRecipient: () => '451 4.3.0 come back later' })
  const id = await write()
  let tries = 0
  let now = Temporal.Instant.from(start)
  for (; tries < 30; tries++) {
    await sendMail(services, id)
    const [row] = await world.superuser<{ at: string }>('select retry_at as at from platform.mail')
    if (!row) break
    now = Temporal.Instant.from(new Date(row.at).toISOString())
    world.setClock(now.toString())
  }
  expect(relay.asked).toHaveLength(tries + 1)
  const days = now.since(Temporal.Instant.from(start)).total('hours') / 24
  expect(days).toBeGreaterThan(4)
  expect(days).toBeLessThan(5)
})

test('a sender whom the relay does not know costs no mail: that is for the operator to set right', async () => {
  const { services } = await through({ onSender: () => '550 5.7.1 who are you?' })
  await sendMail(services, await write())
  expect(await waiting()).toEqual([{ attempts: 1, seconds: 60 }])
})

test('sent by four at once, and again, a mail is sent once', async () => {
  const { relay, services } = await through()
  const id = await write()
  await Promise.all(Array.from({ length: 4 }, () => sendMail(services, id)))
  await sendMail(services, id)
  expect(relay.deliveries).toHaveLength(1)
})

test('a mail whose sender was killed waits for the claim to end, and is sent then', async () => {
  const { relay, services } = await through()
  const id = await write()
  // What a killed process leaves: the claim, and a mail of which nobody knows whether it went.
  const killed = { ...services, mail: { send: () => new Promise<void>(() => undefined), close: () => undefined } }
  void sendMail(killed, id)
  await expect.poll(waiting).toEqual([{ attempts: 1, seconds: 90 }])
  await sendMail(services, id)
  expect(relay.deliveries).toEqual([])
  world.setClock('2026-07-03T12:01:30Z')
  await sendMail(services, id)
  expect(relay.deliveries).toHaveLength(1)
  expect(await waiting()).toEqual([])
})

test('a relay that takes a mail and is cut off before it says so gets it again under the same Message-ID', async () => {
  let cuts = 1
  const { relay, services } = await through({ onMessage: () => (cuts-- > 0 ? 'cut' : undefined) })
  const id = await write()
  await sendMail(services, id)
  // Not at once: whatever cut it off would do so again.
  expect(relay.deliveries).toHaveLength(1)
  expect(await waiting()).toEqual([{ attempts: 1, seconds: 60 }])
  world.setClock('2026-07-03T12:01:00Z')
  await sendMail(services, id)
  expect(relay.deliveries.map(mail => mail.headers['message-id'])).toEqual(Array(2).fill(`<${id}@kontor.example.eu>`))
  expect(await waiting()).toEqual([])
})

test('nobody at the relay: the mail waits', async () => {
  const { relay, services, lines } = await through()
  await relay.close()
  await sendMail(services, await write())
  expect(await waiting()).toEqual([{ attempts: 1, seconds: 60 }])
  expect(lines[0]).toContain('ESOCKET')
})

test('many mails share a connection, and one that the relay closed meanwhile costs none of them', async () => {
  const { relay, services } = await through()
  for (let count = 0; count < 5; count++) await sendMail(services, await write())
  expect(relay.sessions()).toBe(1)
  relay.cut()
  await sendMail(services, await write())
  expect(relay.deliveries).toHaveLength(6)
  expect(relay.sessions()).toBe(2)
  const ids = await Promise.all(Array.from({ length: 40 }, () => write()))
  await Promise.all(ids.map(id => sendMail(services, id)))
  expect(relay.deliveries).toHaveLength(46)
  expect(relay.sessions()).toBeLessThanOrEqual(6)
})

test('a refused mail leaves the connection to the next one', async () => {
  const { relay, services } = await through({
    onRecipient: address => (address.startsWith('mia') ? '550 5.1.1 unknown' : undefined),
  })
  await sendMail(services, await write())
  await sendMail(services, await write({ ...letter, to: 'tom@acme.example' }))
  expect([relay.deliveries.length, relay.sessions()]).toEqual([1, 1])
})

test('the schedule finds what waits, and leaves alone what has to wait longer', async () => {
  const { services } = await through()
  const [due, later] = [await write(), await write()]
  await world.superuser("update platform.mail set retry_at = '2026-07-03T12:00:01Z' where id = $1", [later])
  await sendWaitingMail(services)
  const jobs = await world.superuser<{ key: string }>(
    "select key from graphile_worker.jobs where task_identifier = 'send-mail'",
  )
  expect(jobs.map(({ key }) => key)).toContain(`mail/${due}`)
  expect(jobs.map(({ key }) => key)).not.toContain(`mail/${later}`)
})
