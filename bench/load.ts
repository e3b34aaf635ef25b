import { Agent, request } from 'node:http'

type Load = {
  port: number
  token: string
  connections: number
  seconds: number
  /** Milliseconds that do not count. */
  warmUp?: number
  path: string
  method?: string
  body?: (n: number) => unknown
}

/** Sends one kind of request over so many connections for so long. Times are in milliseconds. */
export async function measure({
  connections,
  seconds,
  warmUp = 1_000,
  ...load
}: Load): Promise<{ perSecond: number; p50: number; p95: number; p99: number; failed: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let failed = 0
  let count = 0
  const run = async (until: number, record: boolean) => {
    while (performance.now() < until) {
      const began = performance.now()
      const status = await send(agent, load, count++)
      if (record) times.push(performance.now() - began)
      if (record && status >= 400) failed++
    }
  }
  const all = (until: number, record: boolean) =>
    Promise.all(Array.from({ length: connections }, () => run(until, record)))
  await all(performance.now() + warmUp, false)
  const began = performance.now()
  await all(began + seconds * 1_000, true)
  const elapsed = (performance.now() - began) / 1_000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: times.length / elapsed, p50: at(0.5), p95: at(0.95), p99: at(0.99), failed }
}

function send(
  agent: Agent,
  { port, token, path, method = 'GET', body }: Omit<Load, 'connections' | 'seconds' | 'warmUp'>,
  n: number,
): Promise<number> {
  const text = body && JSON.stringify(body(n))
  const headers = {
    authorization: `Bearer ${token}`,
    ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
  }
  return new Promise((resolve, reject) => {
    const call = request({ agent, host: '127.0.0.1', port, path, method, headers }, response => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    call.once('error', reject)
    call.end(text)
  })
}
