import { fork } from 'node:child_process'
import { createServer } from 'node:http'
import { constants, setPriority } from 'node:os'
import { measure } from './load.ts'
import { startKontor } from './start-kontor.ts'

type Place = { port: number; token: string; path: string }
const port = 8797
const barePort = 8798
const windows = 15

/**
 * `node scripts/program.mjs bench/neighbours.ts [seconds]`: what a workspace notices when its neighbour asks for a hundred
 * times as much: its p95 beside the flood, divided by its p95 alone, in turns of a few seconds, because the machine is
 * not the same for long. In between, the same flood goes at a bare server in a process of its own that sends the same
 * bytes: what sharing the machine costs, whatever Kontor does. The flood comes from a process of low priority.
 */
async function compare(seconds: number): Promise<void> {
  const kontor = await startKontor(port)
  const places: Record<string, Place> = {}
  const bare = await startBare()
  try {
    const quiet = { port, ...(await open(kontor, 'quiet')) }
    places['a neighbour'] = { port, ...(await open(kontor, 'loud')) }
    places['a bare server'] = { ...quiet, port: barePort }
    bare.send(await bytesOf(quiet))
    const ratios: Record<string, number[]> = { 'a neighbour': [], 'a bare server': [] }
    const once = () => measure({ connections: 1, seconds, warmUp: 300, ...quiet })
    await once()
    for (let window = 0; window < windows; window++) {
      for (const [name, place] of Object.entries(places)) {
        const alone = await once()
        const flood = await startFlood(place)
        const beside = await once()
        const { perSecond, failed } = await flood.stop()
        ratios[name]!.push(beside.p95 / alone.p95)
        console.log(
          `p95 alone ${ms(alone.p95)}; beside 100 connections to ${name} (${perSecond.toFixed(0)}/s, ${failed} refused) ` +
            `${ms(beside.p95)}, ${beside.failed} refused; ratio ${ratios[name]!.at(-1)!.toFixed(2)}`,
        )
      }
    }
    for (const [name, all] of Object.entries(ratios)) {
      const sorted = all.toSorted((a, b) => a - b)
      const [low, middle, high] = [0.25, 0.5, 0.75].map(share => sorted[Math.floor(windows * share)]!.toFixed(2))
      console.log(`ratio beside ${name}: median ${middle} (quartiles ${low} and ${high})`)
    }
  } finally {
    bare.kill()
    await kontor.stop()
  }
}

const ms = (value: number) => `${value.toFixed(1)} ms`

async function startFlood(place: Place) {
  const flood = fork(import.meta.filename, ['flood', JSON.stringify(place)])
  await new Promise(resolve => flood.once('message', resolve))
  return {
    async stop() {
      const told = new Promise<{ perSecond: number; failed: number }>(resolve =>
        flood.once('message', resolve as never),
      )
      flood.send('stop')
      return told
    },
  }
}

/** Loads until it is told to stop, in pieces of half a second. */
async function flood(place: Place): Promise<void> {
  setPriority(constants.priority.PRIORITY_LOW)
  let isOver = false
  process.on('message', () => {
    isOver = true
  })
  let [requests, failures, seconds] = [0, 0, 0]
  process.send?.('started')
  while (!isOver) {
    const { perSecond, failed } = await measure({ connections: 100, seconds: 0.5, warmUp: 0, ...place })
    requests += perSecond * 0.5
    failures += failed
    seconds += 0.5
  }
  process.send?.({ perSecond: requests / seconds, failed: failures })
  process.disconnect?.()
}

async function startBare() {
  const child = fork(import.meta.filename, ['bare'])
  await new Promise(resolve => child.once('message', resolve))
  return child
}

/** Sends what it was given to whoever asks, as quickly as Node can. */
function bare(): void {
  let body = Buffer.from('')
  process.on('message', (text: string) => {
    body = Buffer.from(text)
  })
  process.on('disconnect', () => process.exit())
  createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body)
  }).listen(barePort, '127.0.0.1', () => process.send?.('listening'))
}

async function bytesOf({ token, path }: Place): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } })
  return response.text()
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

const [mode = '2', place = ''] = process.argv.slice(2)
if (mode === 'flood') await flood(JSON.parse(place))
else if (mode === 'bare') bare()
else await compare(Number(mode))
