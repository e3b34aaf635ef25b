import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { startKontor } from './start-kontor.ts'

const signIns = 200
const requestsPerSecond = 50

/**
 * `node scripts/program.mjs bench/sign-in-burst.ts`: how much slower a page of 50 tasks comes while 200 people sign in
 * at the same moment. Requests come at a fixed rate, as people send them, whether or not earlier ones were answered.
 */
const kontor = await startKontor(8791)
try {
  const { cookie } = await signIn(kontor.email)
  await fill(cookie)
  await pace(cookie, until(2))
  const quiet = await pace(cookie, until(10))
  const began = performance.now()
  let running = signIns
  const answers = Array.from({ length: signIns }, async (_, n) => {
    // Every fourth is right, the others are of people who have no account.
    const { status } = await signIn(n % 4 ? `person${n}@bench.example` : kontor.email)
    running -= 1
    return status
  })
  const during = await pace(cookie, () => running > 0)
  const seconds = (performance.now() - began) / 1000
  const statuses = Object.entries(Object.groupBy(await Promise.all(answers), String))
  console.log(`quiet   p50 ${at(quiet, 0.5)}, p95 ${at(quiet, 0.95)} ms (${quiet.length} requests)`)
  console.log(`during  p50 ${at(during, 0.5)}, p95 ${at(during, 0.95)} ms (${during.length} requests)`)
  console.log(`p95 during / quiet: ${(Number(at(during, 0.95)) / Number(at(quiet, 0.95))).toFixed(2)}`)
  console.log(
    `${signIns} sign-ins in ${seconds.toFixed(1)} s:`,
    ...statuses.map(([status, all]) => `${all?.length} × ${status}`),
  )
  console.log(`most memory of the server's process: ${peakMiB()} MiB`)
} finally {
  await kontor.stop()
}

async function signIn(email: string): Promise<{ status: number; cookie: string }> {
  const response = await send('/api/session', { body: { email, password: kontor.password } })
  await response.text()
  const cookie = response.headers.getSetCookie().map(line => line.split(';')[0])
  return { status: response.status, cookie: cookie.join('; ') }
}

async function fill(cookie: string): Promise<void> {
  const base = '/api/workspaces/bench'
  const project = (await (await send(`${base}/projects`, { cookie, body: { name: 'Bench' } })).json()) as { id: string }
  for (let n = 0; n < 60; n++) {
    const body = { projectId: project.id, title: `Task ${n}`, description: 'Some words of a description. '.repeat(10) }
    await send(`${base}/tasks`, { cookie, body }).then(response => response.text())
  }
}

async function pace(cookie: string, goesOn: () => boolean): Promise<number[]> {
  const all: Promise<number>[] = []
  const began = performance.now()
  while (goesOn()) {
    all.push(timed(cookie))
    await wait(Math.max(0, began + (all.length * 1000) / requestsPerSecond - performance.now()))
  }
  return (await Promise.all(all)).sort((a, b) => a - b)
}

async function timed(cookie: string): Promise<number> {
  const began = performance.now()
  const response = await send('/api/workspaces/bench/tasks?limit=50', { cookie })
  await response.text()
  if (response.status !== 200) throw new Error(`a page of tasks was answered with ${response.status}`)
  return performance.now() - began
}

function send(path: string, { cookie, body }: { cookie?: string; body?: unknown }): Promise<Response> {
  return fetch(kontor.url + path, {
    headers: {
      'Sec-Fetch-Site': 'same-origin',
      ...(cookie ? { cookie } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
}

function until(seconds: number): () => boolean {
  const end = performance.now() + seconds * 1000
  return () => performance.now() < end
}

function at(sorted: number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
}

function peakMiB(): string {
  const kib = readFileSync(`/proc/${kontor.pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)?.[1]
  return (Number(kib) / 1024).toFixed(0)
}
