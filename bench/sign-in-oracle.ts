import pg from 'pg'
import { guess, share } from './compare.ts'
import { startKontor } from './start-kontor.ts'

const samples = Number(process.argv[2] ?? 1000)

/**
 * `node scripts/program.mjs bench/sign-in-oracle.ts [samples]`: whether the answer to a wrong password, or the time that
 * it takes, tells whose address has an account. `guess` is how often somebody is right who takes the slower of two
 * answers for the one of the account: 50 % is chance.
 */
const kontor = await startKontor(8792)
const client = new pg.Client(kontor.kontor('database', 'url', '--as', 'superuser').trim())
await client.connect()
try {
  for (const name of ['locked', 'sso'])
    kontor.kontor(
      ...['member', 'add', '--workspace', 'bench', '--email', `${name}@bench.example`, '--name', name],
      ...['--role', 'member', '--password', kontor.password],
    )
  await client.query("update platform.account set password_hash = null where email = 'sso@bench.example'")
  await post('/api/signups', {
    ...{ email: 'new@bench.example', password: kontor.password, name: 'New', workspaceName: 'New' },
  })
  for (let n = 0; n < 5; n++) await answerTo('locked@bench.example')
  await client.query(
    "update platform.sign_in_guard set locked_until = now() + interval '1 day' where locked_until > now()",
  )
  const addresses: Record<string, (n: number) => string> = {
    'with an account': () => kontor.email,
    unknown: n => `nobody${n}@bench.example`,
    locked: () => 'locked@bench.example',
    'not confirmed': () => 'new@bench.example',
    'without a password': () => 'sso@bench.example',
  }
  const times: Record<string, number[]> = {}
  const answers = new Set<string>()
  for (let n = -20; n < samples; n++) {
    for (const kind of Object.keys(addresses).toSorted(() => Math.random() - 0.5)) {
      const { seen, milliseconds } = await answerTo(addresses[kind]!(n))
      answers.add(seen)
      if (n >= 0) times[kind] = [...(times[kind] ?? []), milliseconds]
    }
    // Everybody but the one who is locked fails as if for the first time.
    await client.query(
      "delete from platform.sign_in_guard where account_id is distinct from (select id from platform.account where email = 'locked@bench.example')",
    )
  }
  console.log(`${samples} samples each; different answers: ${answers.size} (one is right)\n`)
  console.log(
    'address'.padEnd(22),
    'p25 ms'.padStart(8),
    'median'.padStart(8),
    'p75 ms'.padStart(8),
    'guess'.padStart(8),
  )
  const known = times['with an account']!
  for (const [kind, all] of Object.entries(times)) {
    const figures = [0.25, 0.5, 0.75].map(part => share(all, part).toFixed(1).padStart(8))
    console.log(kind.padEnd(22), ...figures, `${(guess(known, all) * 100).toFixed(1)} %`.padStart(8))
  }
} finally {
  await client.end()
  await kontor.stop()
}

async function answerTo(email: string): Promise<{ seen: string; milliseconds: number }> {
  const began = performance.now()
  const response = await post('/api/session', { email, password: 'wrong horse battery staple' })
  const { requestId, ...body } = (await response.json()) as { requestId: string }
  const milliseconds = performance.now() - began
  const headers = [...response.headers].filter(([name, value]) => name !== 'date' && value !== requestId)
  return { seen: JSON.stringify([response.status, headers, body]), milliseconds }
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(kontor.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
    body: JSON.stringify(body),
  })
}
