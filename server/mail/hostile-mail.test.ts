import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClock } from '#server/clock.ts'
import type { Config } from '#server/config/config.ts'
import { writeLetter } from '#server/mail/letter.ts'
import { nameInMail } from '#server/mail/link.ts'
import type { Mail } from '#server/mail/mail.ts'
import { messageOf } from '#server/mail/message.ts'
import { type MailTransport, openMailTransport } from '#server/mail/transport.ts'
import { type Delivery, openRelay, type Relay } from '#tests/setup/relay.ts'
import { testConfig } from '#tests/setup/world.ts'

let relay: Relay
let transport: MailTransport
let config: Config
beforeAll(async () => {
  relay = await openRelay()
  config = testConfig('/nonexistent', {
    KONTOR_SMTP_URL: relay.url,
    KONTOR_MAIL_FROM: '"Kontor, the server" <kontor@kontor.example.eu>',
    KONTOR_PUBLIC_URL: 'https://kontor.example.eu',
  })
  transport = openMailTransport(config)
})
afterAll(async () => {
  transport.close()
  await relay.close()
})

const clock = createClock('2026-07-03T12:00:00Z')
const id = '019f0000-0000-7000-8000-000000000001'

async function deliver(mail: Mail): Promise<Delivery> {
  await transport.send(messageOf({ config, clock }, id, mail), AbortSignal.timeout(10_000))
  return relay.deliveries.at(-1)!
}

// Names that people, workspaces and browsers could give themselves.
const hostile = [
  'Mia\r\nBcc: all@evil.example',
  'Mia\nContent-Type: text/html\n\n<h1>You won</h1>',
  'Mia\r\n\r\nA body of its own',
  'Mia\u2028Bcc: all@evil.example\u2029X: y\u0085Z: w',
  'Mia\0\u0007\u001b[31m\u007f',
  '\u202egnp.exe\u2066\u2069\u200f Mia',
  'Mia "the boss" <boss@evil.example>',
  "Robert'); drop table mail; --",
  'a@evil.example, b@evil.example; c@evil.example',
  '=?utf-8?Q?Bcc=3A_all=40evil.example=0D=0A?=',
  '=?utf-8?B?',
  '👩‍👩‍👧‍👦 🏳️‍🌈 Ünïcødé 漢字 😀'.repeat(30),
  '\ud83d lone \udc00',
  'x'.repeat(5_000),
  `e${'\u0301'.repeat(5_000)}`,
  '<script>alert(1)</script><img src=https://evil.example/x.png>',
  '&lt;b&gt; &amp; "quotes" \'single\'',
  '\\r\\nBcc: x \\" \\',
]
const expected = [
  'from',
  'to',
  'subject',
  'message-id',
  'content-language',
  'date',
  'mime-version',
  'auto-submitted',
  'x-auto-response-suppress',
  'content-type',
]

test('no name or subject adds a header, a recipient, a part or a line to the head of a mail', async () => {
  for (const name of hostile) {
    const pieces = [`${nameInMail(name)} invites you.`, { facts: [['Name', nameInMail(name)]] }] as const
    for (const subject of [name, `Join "${nameInMail(name)}" on Kontor`]) {
      const mail = await deliver(writeLetter(config, 'mia@acme.example', 'en', { subject, pieces }))
      const said = JSON.stringify(name.slice(0, 60))
      expect(mail.names.toSorted(), said).toEqual(expected.toSorted())
      expect(mail.to, said).toEqual(['mia@acme.example'])
      expect(mail.headers.to, said).toBe('mia@acme.example')
      expect(mail.headers.from, said).toBe('"Kontor, the server" <kontor@kontor.example.eu>')
      expect(mail.headers['content-type'], said).toMatch(/^multipart\/alternative;/)
      expect(mail.headers.subject!.length, said).toBeLessThanOrEqual(200)
      expect(mail.headers.subject, said).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)
      expect(`${mail.text}${mail.html}`, said).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028]/u)
      expect(mail.html, said).not.toMatch(/<(script|img|b|h1)\b/)
      for (const line of mail.raw.split('\r\n')) expect(line.length, said).toBeLessThanOrEqual(998)
    }
  }
})

test('a subject of any script arrives as it was written', async () => {
  for (const subject of [
    'Grüße aus Köln: 50 % früher',
    'Réunion à l’église, « déjà »',
    '漢字かな交じり文',
    '😀'.repeat(40),
    'שלום',
  ]) {
    const mail = await deliver({ to: 'mia@acme.example', subject, text: 'x' })
    expect(mail.headers.subject).toBe(subject)
  }
})

test('an address is one address or none: nothing in it makes a second recipient', async () => {
  const addresses = [
    'mia@acme.example, eve@evil.example',
    'mia@acme.example>\r\nRCPT TO:<eve@evil.example',
    'mia@acme.example\r\nBcc: eve@evil.example',
    'Mia <eve@evil.example>',
    '"mia@acme.example, " eve@evil.example',
    'group: eve@evil.example, mia@acme.example;',
    'mia@acme.example> SIZE=1',
    'mia@acme.example\u2028eve@evil.example',
    'mia\0@acme.example',
    '',
  ]
  for (const to of addresses) {
    const before = relay.asked.length
    const mail = await deliver({ to, subject: 'x', text: 'x' }).catch(() => undefined)
    const asked = relay.asked.slice(before)
    expect(asked.length, to).toBeLessThanOrEqual(1)
    if (!mail || asked.length === 0) continue
    expect(mail.names, to).not.toContain('bcc')
    expect(asked[0], to).not.toMatch(/[\s<>,]/)
  }
})

test('addresses that people really have arrive as they are', async () => {
  const addresses = [
    "o'neil+kontor@acme.example",
    'x_y.z-1@sub.acme.example',
    `${'l'.repeat(64)}@${'d'.repeat(60)}.example`,
  ]
  for (const to of addresses) expect((await deliver({ to, subject: 'x', text: 'x' })).to).toEqual([to])
})

test('a mail asks for nothing from anywhere: no image, style sheet, font or script', async () => {
  const letter = { subject: 'x', pieces: ['x', { code: '123456' }, { button: 'Go', path: '/account' }] }
  const { html, text } = await deliver(writeLetter(config, 'mia@acme.example', 'de', letter))
  expect(html).not.toMatch(/<(img|link|script|iframe|object|video|base)\b|@import|@font-face|url\(|\bsrc=|\bon\w+=/i)
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link)).toEqual(['https://kontor.example.eu/account'])
  expect(html).toContain('<html lang="de"')
  expect(html).toContain('<meta name="color-scheme" content="light dark">')
  expect(text).toContain('123456')
  expect(text).toContain('Go: https://kontor.example.eu/account')
})
