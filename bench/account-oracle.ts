import pg from 'pg'
import { guess, share } from './compare.ts'
import { startKontor } from './start-kontor.ts'

const samples = Number(process.argv[2] ?? 1000)
const only = process.argv[3]

/**
 * `node scripts/program.mjs bench/account-oracle.ts [samples] [probe]`: whether the answers to a signup, to a request for
 * a new password, to its code, or to what somebody sends right after it, tell whose address has an account, by what they
 * say or by how long they take. `guess` is how often somebody is right who takes the slower of two for the account's:
 * 50 % is chance.
 */
const kontor = await startKontor(8793, {
  KONTOR_SIGNUPS_PER_HOUR_PER_IP: '1000000',
  KONTOR_SIGNUPS_PER_HOUR_PER_DOMAIN: '1000000',
})
const client = new pg.Client(kontor.kontor('database', 'url', '--as', 'superuser').trim())
await client.connect()
const { password } = kontor
let sentAt = 0
try {
  const probes: Record<string, (email: string) => Promise<Response>> = {
    signup: email => post('/api/signups', { email, password: 'quiet otters repaint', name: 'N', workspaceName: 'New' }),
    'request for a password': email => post('/api/password-resets', { email }),
    'a sign-in right after it': async email => {
      void (await post('/api/password-resets', { email })).arrayBuffer()
      return post('/api/session', { email: 'somebody@bench.example', password })
    },
    'code of a request': async email => {
      await post('/api/password-resets', { email })
      await workerIsDone()
      return post('/api/password-resets/confirmation', { email, code: '000000', password: 'quiet otters repaint' })
    },
  }
  console.log(`${samples} samples each, median in ms\n`)
  console.log(
    'probe'.padEnd(26),
    ...['known', 'unknown', 'guess', 'different answers (1 is right)'].map(word => word.padStart(9)),
  )
  for (const [name, probe] of Object.entries(probes).filter(([name]) => !only || name === only)) {
    const times: Record<string, number[]> = { known: [], unknown: [] }
    const answers = new Set<string>()
    for (let n = -20; n < samples; n++) {
      // One each: what is left of earlier requests must weigh as much for both.
      const addresses = { known: kontor.email, unknown: 'nobody@bench.example' }
      const order = Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
      for (const kind of order) {
        const { seen, milliseconds } = await timed(() => probe(addresses[kind]))
        answers.add(seen)
        if (n >= 0) times[kind]!.push(milliseconds)
        await workerIsDone()
      }
      // Every address asks as if for the first time.
      await client.query('delete from platform.rate_limit')
      await client.query('delete from platform.sign_in_guard')
    }
    const { known = [], unknown = [] } = times
    const medians = [known, unknown].map(all => share(all, 0.5).toFixed(2).padStart(9))
    const right = `${(guess(known, unknown) * 100).toFixed(1)} %`.padStart(9)
    console.log(name.padEnd(26), ...medians, right, String(answers.size).padStart(9))
  }
} finally {
  await client.end()
  await kontor.stop()
}

async function timed(probe: () => Promise<Response>): Promise<{ seen: string; milliseconds: number }> {
  const response = await probe()
  const body = (await response.text()).replace(/[\da-f]{8}-[\da-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')
  const milliseconds = performance.now() - sentAt
  const headers = [...response.headers].filter(([header]) => header !== 'date' && header !== 'x-request-id')
  return { seen: JSON.stringify([response.status, headers, body.replace(/"requestId":"[^"]*"/, '')]), milliseconds }
}

// Only the last request of a probe is what is measured.
function post(path: string, body: unknown): Promise<Response> {
  sentAt = performance.now()
  return fetch(kontor.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
    body: JSON.stringify(body),
  })
}

async function workerIsDone(): Promise<void> {
  for (;;) {
    const { rows } = await client.query(
      `select exists (select from platform.password_reset where payload is not null) or exists (select from platform.mail)
        or exists (select from graphile_worker._private_jobs where locked_at is not null) as busy`,
    )
    if (!rows[0].busy) return
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
