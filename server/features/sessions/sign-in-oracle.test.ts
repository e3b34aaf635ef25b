import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '#tests/setup/browser.ts'
import { hashAsInProduction } from '#tests/setup/hash-cost.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

hashAsInProduction()

const samples = 40
let world: World
beforeAll(async () => {
  world = await createWorld()
  for (let i = 0; i < 5; i++) await answerTo(world.acme.tom.email)
  await openBrowser(world).api.createSignup({
    body: { email: 'new@acme.example', password: 'zes natte konijnen', name: 'New', workspaceName: 'New' },
  })
  await world.superuser('update platform.account set password_hash = null where id = $1', [world.acme.gus.accountId])
})
afterAll(() => world.close())

const addresses = {
  'with an account': () => world.acme.mia.email,
  unknown: (n: number) => `nobody${n}@acme.example`,
  locked: () => world.acme.tom.email,
  'not confirmed': () => 'new@acme.example',
  'without a password': () => world.acme.gus.email,
}
type Kind = keyof typeof addresses
const kinds = Object.keys(addresses) as Kind[]

// Timing is of the machine too, and others use it: what is a difference once in three is none.
test('the answer to a wrong password is the same, in the same time, whosever address it is', {
  retry: 2,
  timeout: 120_000,
}, async () => {
  const answers: Record<string, Set<string>> = {}
  const times: Record<string, number[]> = {}
  for (let n = 0; n < samples; n++) {
    for (const kind of kinds.toSorted(() => Math.random() - 0.5)) {
      const { seen, milliseconds } = await answerTo(addresses[kind](n))
      answers[kind] = (answers[kind] ?? new Set()).add(seen)
      times[kind] = [...(times[kind] ?? []), milliseconds]
    }
    // Everybody but the one who is locked fails as if for the first time.
    await world.superuser('delete from platform.sign_in_guard where account_id is distinct from $1', [
      world.acme.tom.accountId,
    ])
  }
  const [same] = answers['with an account']!
  expect(answers).toEqual(Object.fromEntries(kinds.map(kind => [kind, new Set([same])])))
  const medians = kinds.map(kind => median(times[kind]!))
  expect(Math.max(...medians) / Math.min(...medians), JSON.stringify(medians)).toBeLessThan(1.25)
})

async function answerTo(email: string): Promise<{ seen: string; milliseconds: number }> {
  const began = performance.now()
  const response = await fetch(`${world.url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
    body: JSON.stringify({ email, password: 'wrong horse battery staple' }),
  })
  const { requestId, ...body } = (await response.json()) as { requestId: string }
  const milliseconds = performance.now() - began
  const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
  expect(requestId).toBe(response.headers.get('x-request-id'))
  return { seen: JSON.stringify([response.status, headers, body]), milliseconds }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
