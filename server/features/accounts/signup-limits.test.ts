import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '#server/http/app.ts'
import { startServices } from '#server/start-services.ts'
import { mailsTo } from '#tests/setup/browser.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

const env = {
  KONTOR_SIGNUPS_PER_HOUR_PER_IP: '3',
  KONTOR_SIGNUPS_PER_HOUR_PER_DOMAIN: '4',
  KONTOR_TRUSTED_PROXIES: '127.0.0.1',
}
let world: World
beforeEach(async () => {
  world = await createWorld({ env })
})
afterEach(() => world.close())

let count = 0
const freshAddress = () => `10.9.${Math.floor(count / 200)}.${count++ % 200}`

type Asked = { status: number; retryAfter: string | null; body: Record<string, unknown> }

async function signUp(email: string, from = freshAddress(), url = world.url): Promise<Asked> {
  const response = await fetch(`${url}/api/signups`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify({ email, password: 'quiet otters repaint lighthouses', name: 'Nora', workspaceName: 'Door' }),
  })
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Record<string, unknown>,
  }
}

const statuses = async (attempts: Promise<Asked>[]) =>
  (await Promise.all(attempts)).map(({ status }) => status).toSorted()

test('one network address signs up as often as is allowed in an hour, and then learns when to come back', async () => {
  world.setClock('2026-11-20T09:00:00Z')
  for (let n = 0; n < 3; n++) expect((await signUp(`a@domain-${n}.example`, '10.1.1.1')).status).toBe(202)
  world.setClock('2026-11-20T09:20:00Z')
  const refused = await signUp('a@domain-9.example', '10.1.1.1')
  expect(refused).toMatchObject({ status: 429, retryAfter: '2400', body: { type: '/problems/too-many-requests' } })
  expect((await signUp('a@domain-9.example', '10.1.1.2')).status).toBe(202)
  world.setClock('2026-11-20T10:00:00Z')
  expect((await signUp('b@domain-9.example', '10.1.1.1')).status).toBe(202)
})

test('all addresses of one /64 of IPv6 count as one, and IPv4 in the clothes of IPv6 as itself', async () => {
  for (let n = 0; n < 3; n++) expect((await signUp(`a@six-${n}.example`, `2001:db8:1:2::${n + 1}`)).status).toBe(202)
  expect((await signUp('a@six-8.example', '2001:db8:1:2:ffff:ffff:ffff:ffff')).status).toBe(429)
  expect((await signUp('a@six-8.example', '2001:db8:1:3::1')).status).toBe(202)
  for (let n = 0; n < 3; n++) await signUp(`a@mapped-${n}.example`, '::ffff:10.1.1.9')
  expect((await signUp('a@mapped-8.example', '10.1.1.9')).status).toBe(429)
})

test('a header that a caller makes up counts for nothing: the last address that no proxy of ours has counts', async () => {
  for (let n = 0; n < 3; n++) await signUp(`a@forged-${n}.example`, `198.51.100.${n}, 10.1.1.5`)
  expect((await signUp('a@forged-8.example', '203.0.113.77, 10.1.1.5')).status).toBe(429)
  const direct = await createWorld({ env: { ...env, KONTOR_TRUSTED_PROXIES: '' } })
  try {
    for (let n = 0; n < 3; n++) await signUp(`a@direct-${n}.example`, freshAddress(), direct.url)
    expect((await signUp('a@direct-8.example', freshAddress(), direct.url)).status).toBe(429)
  } finally {
    await direct.close()
  }
})

test('one domain signs up as often as is allowed, however its addresses are spelt', async () => {
  const spellings = [
    'a@xn--mnchen-3ya.example',
    'b@xn--mnchen-3ya.example',
    'c@XN--MNCHEN-3YA.Example',
    'd@mail.xn--mnchen-3ya.example',
  ]
  for (const email of spellings) expect((await signUp(email)).status, email).toBe(202)
  expect((await signUp('e@xn--mnchen-3ya.example')).status).toBe(429)
})

test('at a provider for the public each mailbox counts by itself, whatever its tags, dots and case', async () => {
  for (let n = 0; n < 6; n++) expect((await signUp(`person.${n}x@gmail.com`)).status).toBe(202)
  const same = ['nora@gmail.com', 'No.Ra@gmail.com', 'nora+kontor@gmail.com', 'n.o.r.a@googlemail.com']
  for (const email of same) expect((await signUp(email)).status, email).toBe(202)
  expect((await signUp('NORA+again@googlemail.com')).status).toBe(429)
})

test('one mailbox is mailed 5 times in an hour, however it is spelt, and whoever asks on is told nothing of it', async () => {
  const generous = await createWorld({ env: { KONTOR_TRUSTED_PROXIES: '127.0.0.1' } })
  try {
    const spellings = ['nora@door.example', 'NORA@door.example', 'no.ra@door.example', 'nora+1@door.example']
    for (let n = 0; n < 8; n++) {
      const { status, body } = await signUp(spellings[n % 4]!, freshAddress(), generous.url)
      expect([status, Object.keys(body)]).toEqual([202, ['id', 'expiresAt']])
    }
    const rows = await generous.superuser('select id from platform.mail')
    expect(rows).toHaveLength(5)
    expect((await signUp('other@door.example', freshAddress(), generous.url)).status).toBe(202)
    expect(await mailsTo(generous, 'other@door.example')).toHaveLength(1)
  } finally {
    await generous.close()
  }
})

test('of many at once exactly as many get through as are allowed, over two server processes too', async () => {
  const { config } = world.services
  const second = startServices({ config, log: pino({ level: 'silent' }), keys, server: world.server })
  const app = await createApp(second.services, { hasStarted: () => true, check: async () => ({ ready: true }) })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  try {
    const attempts = Array.from({ length: 16 }, (_, n) =>
      signUp(`a@crowd-${n}.example`, '10.1.1.3', n % 2 ? url : world.url),
    )
    expect(await statuses(attempts)).toEqual([202, 202, 202, ...Array(13).fill(429)])
  } finally {
    await app.close()
    await second.close()
  }
})

describe('what a refusal tells', () => {
  test('is the same for an address that has an account', async () => {
    const refused = async (email: string) => {
      for (let n = 0; n < 5; n++) await signUp(email)
      const { status, body } = await signUp(email)
      return { status, body: { ...body, requestId: '' } }
    }
    expect(await refused('nobody@acme-two.example')).toEqual(await refused('ada@acme.example'))
  })

  test('and nothing that is refused for its form counts', async () => {
    for (let n = 0; n < 5; n++) {
      const response = await fetch(`${world.url}/api/signups`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '10.1.1.4' },
        body: JSON.stringify({ email: 'x@form.example', password: 'short', name: 'N', workspaceName: 'W' }),
      })
      expect(response.status).toBe(422)
    }
    expect((await signUp('x@form.example', '10.1.1.4')).status).toBe(202)
  })
})

test('the code comes in the language that the browser asks for, and the account keeps it', async () => {
  const response = await fetch(`${world.url}/api/signups`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'fr-BE,fr;q=0.9,en;q=0.5' },
    body: JSON.stringify({
      email: 'nora@porte.example',
      password: 'quiet otters repaint lighthouses',
      name: 'Nora',
      workspaceName: 'Porte',
    }),
  })
  const { id } = (await response.json()) as { id: string }
  const [mail] = await mailsTo(world, 'nora@porte.example')
  expect(mail!.subject).toMatch(/^\d{6} est votre code Kontor$/)
  const { account } = await world.anyone.confirmSignup({
    path: { signup: id },
    body: { code: mail!.subject.slice(0, 6) },
  })
  expect(account.language).toBe('fr')
})
