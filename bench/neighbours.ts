import { fork } from 'node:child_process'
import { measure } from './load.ts'
import { startKontor } from './start-kontor.ts'

type Place = { token: string; path: string }
const port = 8797

/**
 * `npm run bench:…`-less: `node bench/neighbours.ts [seconds]`. What a workspace notices when its neighbour asks for a
 * hundred times as much: its p95 beside the flood, divided by its p95 alone, in turns. The flood comes from a process of
 * its own, or its replies would delay the clock of the other one's.
 */
async function compare(seconds: number): Promise<void> {
  const kontor = await startKontor(port)
  try {
    const quiet = await open(kontor, 'quiet')
    const loud = await open(kontor, 'loud')
    const ratios: number[] = []
    for (let round = 0; round < 5; round++) {
      const alone = await measure({ port, connections: 1, seconds, ...quiet })
      const flood = fork(import.meta.filename, ['flood', JSON.stringify(loud)])
      await new Promise(resolve => flood.once('message', resolve))
      const beside = await measure({ port, connections: 1, seconds, ...quiet })
      const told = new Promise<{ perSecond: number; failed: number }>(resolve =>
        flood.once('message', resolve as never),
      )
      flood.send('stop')
      const { perSecond, failed } = await told
      ratios.push(beside.p95 / alone.p95)
      console.log(
        `alone p95 ${alone.p95.toFixed(1)} ms; beside 100 connections of a neighbour (${perSecond.toFixed(0)}/s, ` +
          `${failed} refused) p95 ${beside.p95.toFixed(1)} ms, ${beside.failed} refused; ratio ${ratios.at(-1)!.toFixed(2)}`,
      )
    }
    console.log(`median ratio ${ratios.toSorted((a, b) => a - b)[2]!.toFixed(2)}`)
  } finally {
    await kontor.stop()
  }
}

/** Loads until it is told to stop, in pieces of half a second. */
async function flood(loud: Place): Promise<void> {
  let isOver = false
  process.on('message', () => {
    isOver = true
  })
  let [requests, failures, seconds] = [0, 0, 0]
  process.send?.('started')
  while (!isOver) {
    const { perSecond, failed } = await measure({ port, connections: 100, seconds: 0.5, warmUp: 0, ...loud })
    requests += perSecond * 0.5
    failures += failed
    seconds += 0.5
  }
  process.send?.({ perSecond: requests / seconds, failed: failures })
  process.disconnect?.()
}

async function open({ kontor, email, password, url }: Awaited<ReturnType<typeof startKontor>>, slug: string) {
  kontor('workspace', 'create', '--name', slug, '--slug', slug, '--admin-email', email, '--json')
  const origin = { origin: url, 'content-type': 'application/json' }
  const body = JSON.stringify({ email, password })
  const signedIn = await fetch(`${url}/api/session`, { method: 'POST', headers: origin, body })
  const cookies = signedIn.headers.getSetCookie().map(line => line.split(';')[0])
  const base = `/api/workspaces/${slug}`
  const post = async (path: string, values: object) => {
    const headers = { ...origin, cookie: cookies.join('; ') }
    const response = await fetch(url + base + path, { method: 'POST', headers, body: JSON.stringify(values) })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as { id: string; token: string }
  }
  const { token } = await post('/api-tokens', { name: 'bench' })
  const { id: projectId } = await post('/projects', { name: 'Bench' })
  for (let n = 0; n < 60; n++) await post('/tasks', { projectId, title: `Task ${n}` })
  return { token, path: `${base}/tasks?project=${projectId}&limit=50` }
}

const [mode = '4', place = ''] = process.argv.slice(2)
if (mode === 'flood') await flood(JSON.parse(place))
else await compare(Number(mode))
