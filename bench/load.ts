import { type Line, openLine, type Reply, requestBytes } from './line.ts'

type Load = {
  port: number
  /** Sent one after the other, again from the first when all are through. */
  requests: readonly Buffer[]
  connections: number
  seconds: number
  /** Milliseconds that do not count. */
  warmUp?: number
  /** Requests a second, whether or not earlier ones were answered; without it, each connection sends when it may. */
  rate?: number
}

/** Times are in milliseconds, `loaderCpu` in microseconds for each request. */
export type Measured = {
  perSecond: number
  p50: number
  p95: number
  p99: number
  failed: number
  statuses: Record<number, number>
  retryAfters: number
  loaderCpu: number
}

/** Sends requests over raw connections that are kept alive, for so long. */
export async function load({ warmUp = 500, seconds, ...how }: Load): Promise<Measured> {
  const tally = createTally()
  const run = how.rate === undefined ? asFastAsItGoes : atRate
  await run(how, warmUp / 1_000, createTally())
  const cpu = process.cpuUsage()
  const began = performance.now()
  await run(how, seconds, tally)
  const elapsed = (performance.now() - began) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  return tally.result(elapsed, user + system)
}

type How = Omit<Load, 'seconds' | 'warmUp'>
type Tally = ReturnType<typeof createTally>

function createTally() {
  const times: number[] = []
  const statuses: Record<number, number> = {}
  let failed = 0
  let retryAfters = 0
  return {
    add({ status, retryAfter }: Reply, ms: number) {
      statuses[status] = (statuses[status] ?? 0) + 1
      if (retryAfter) retryAfters++
      if (status >= 200 && status < 300) times.push(ms)
      else failed++
    },
    result(seconds: number, cpuMicroseconds: number): Measured {
      const sorted = Float64Array.from(times).sort()
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
      return {
        perSecond: times.length / seconds,
        ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99) },
        ...{ failed, statuses, retryAfters },
        loaderCpu: cpuMicroseconds / Math.max(1, times.length + failed),
      }
    },
  }
}

function asFastAsItGoes({ port, requests, connections }: How, seconds: number, tally: Tally): Promise<void> {
  const until = performance.now() + seconds * 1_000
  let count = 0
  let open = connections
  const { promise, resolve } = Promise.withResolvers<void>()
  for (let n = 0; n < connections; n++) {
    const line = openLine(port)
    let began = 0
    const next = () => {
      began = performance.now()
      if (began < until) return line.send(requests[count++ % requests.length]!, answered)
      line.close()
      if (--open === 0) resolve()
    }
    const answered = (reply: Reply) => {
      tally.add(reply, performance.now() - began)
      // A server that refuses connections is not asked again in the same turn of the loop.
      if (reply.status === 0) setTimeout(next, 1)
      else next()
    }
    next()
  }
  return promise
}

// The time of a request runs from when it was due: one that waits for a connection is late, too.
async function atRate({ port, requests, connections, rate = 1 }: How, seconds: number, tally: Tally): Promise<void> {
  const free: Line[] = []
  const due: number[] = []
  let open = 0
  let sent = 0
  const began = performance.now()
  const until = began + seconds * 1_000
  const { promise: allAnswered, resolve } = Promise.withResolvers<void>()
  const take = () => free.shift() ?? (open < connections ? openNext() : undefined)
  const openNext = () => {
    open++
    return openLine(port)
  }
  const send = (line: Line, from: number) => {
    line.send(requests[sent++ % requests.length]!, reply => {
      tally.add(reply, performance.now() - from)
      const next = due.shift()
      if (next !== undefined) return send(line, next)
      free.push(line)
      if (performance.now() >= until && free.length === open) resolve()
    })
  }
  let asked = 0
  while (performance.now() < until) {
    const wanted = Math.floor(((performance.now() - began) * rate) / 1_000)
    for (; asked < wanted; asked++) {
      const from = began + (asked * 1_000) / rate
      const line = take()
      if (line) send(line, from)
      else due.push(from)
    }
    await new Promise(next => setTimeout(next, 1))
  }
  // What never got a connection was never asked.
  due.length = 0
  if (free.length < open) await allAnswered
  for (const line of free) line.close()
}

type OneKind = {
  port: number
  token: string
  connections: number
  seconds: number
  warmUp?: number
  path: string
  method?: string
  body?: (n: number) => unknown
}

/** Sends one kind of request over so many connections for so long. */
export function measure({ port, token, connections, seconds, warmUp = 1_000, path, method, body }: OneKind) {
  const requests = Array.from({ length: body ? 1_000 : 1 }, (_, n) =>
    requestBytes({
      path,
      authorization: `Bearer ${token}`,
      ...(method ? { method } : {}),
      ...(body ? { body: body(n) } : {}),
    }),
  )
  return load({ port, requests, connections, seconds, warmUp })
}
