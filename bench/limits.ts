import { setTimeout as wait } from 'node:timers/promises'
import { share } from './compare.ts'
import { copyOf, type Running, seeded, settle, start, workspacesIn } from './installation.ts'
import { load, type Measured } from './load.ts'
import { drawRequests, operations } from './operations.ts'
import type { Options } from './options.ts'
import type { Results } from './results.ts'
import { memoryMiB, peakMiB } from './usage.ts'

/** Medians of rounds; `kept` is a share of the maximum of the same round, because the machine is not always as fast. */
export type Limits = {
  maximum: number
  at70: { p50: number; p99: number; rounds: number[] }
  overload: { kept: number; p99: number; refused: number; withRetryAfter: number; broken: number; rounds: number[] }
}
export type Memory = { seconds: number; MiB: number[]; databaseMiB: number[]; peakMiB: number; perSecond: number }

/** How it behaves near its maximum and beyond, and what it needs after a while at full rate. */
export async function measureLimits(options: Options, results: Results): Promise<void> {
  const on = async <T>(processes: number, work: (running: Running) => Promise<T>) => {
    const dataDir = copyOf(await seeded(options.folder), 'run')
    const running = await start(dataDir, { KONTOR_PROCESSES: String(processes) })
    try {
      await settle(running)
      return await work(running)
    } finally {
      await running.stop()
    }
  }
  if (!results.has('limits'))
    results.put('limits', await on(options.processes, running => nearMaximum(running, options)))
  // What one process needs; each further one needs as much again.
  if (!results.has('memory')) results.put('memory', await on(1, running => memoryOf(running, options.long ? 600 : 60)))
}

// Over the three workspaces, as the requests of an installation are.
async function nearMaximum({ port, dataDir }: Running, { connections, rounds }: Options): Promise<Limits> {
  const requests = mixed(dataDir, ['a'])
  const found: { maximum: Measured; steady: Measured; flood: Measured }[] = []
  // What has just started compiles while it answers, and its maximum is not what the server can do.
  await load({ port, requests, connections, seconds: 6 })
  for (let round = 0; round < rounds; round++) {
    const maximum = await load({ port, requests, connections, seconds: 3, warmUp: 1_000 })
    const rate = maximum.perSecond
    const steady = await load({ port, requests, connections: 64, seconds: 5, rate: rate * 0.7 })
    await wait(500)
    // Somebody who gets no answer asks on a further connection: more of them than may wait in all workspaces together.
    const flood = await load({ port, requests, connections: 1_500, seconds: 6, rate: rate * 4, warmUp: 1_000 })
    found.push({ maximum, steady, flood })
    await wait(1_000)
  }
  const median = (of: (round: (typeof found)[number]) => number) => share(found.map(of), 0.5)
  const sum = (of: (flood: Measured) => number) => found.reduce((all, { flood }) => all + of(flood), 0)
  const kept = ({ maximum, flood }: (typeof found)[number]) => flood.perSecond / maximum.perSecond
  const refused = sum(flood => flood.statuses[503] ?? 0)
  return {
    maximum: median(({ maximum }) => maximum.perSecond),
    at70: {
      p50: median(({ steady }) => steady.p50),
      p99: median(({ steady }) => steady.p99),
      rounds: found.map(({ steady }) => steady.p99),
    },
    overload: {
      kept: median(kept),
      p99: median(({ flood }) => flood.p99),
      refused,
      withRetryAfter: sum(flood => flood.retryAfters),
      broken: sum(flood => flood.failed) - refused,
      rounds: found.map(kept),
    },
  }
}

/** Reads and writes in turns at full rate; the memory of the server every tenth of the time. */
async function memoryOf({ port, pid, dataDir, server, database }: Running, seconds: number): Promise<Memory> {
  const requests = mixed(dataDir, ['a', 'b', 'c', 'd', 'e'])
  const [all, databaseMiB]: [number[], number[]] = [[], []]
  let perSecond = 0
  for (let tenth = 0; tenth < 10; tenth++) {
    const measured = await load({ port, requests, connections: 16, seconds: seconds / 10, warmUp: 0 })
    perSecond += measured.perSecond / 10
    all.push(memoryMiB(server))
    databaseMiB.push(memoryMiB(database))
  }
  return { seconds, MiB: all, databaseMiB, peakMiB: peakMiB(pid), perSecond }
}

function mixed(dataDir: string, names: readonly string[]): Buffer[] {
  const wanted = operations.filter(({ name }) => names.includes(name))
  const each = workspacesIn(dataDir).flatMap(workspace => wanted.map(one => drawRequests(one, workspace, 500)))
  return Array.from({ length: 500 }, (_, n) => each.map(requests => requests[n]!)).flat()
}

/** From the start of the process on an existing data folder to ready, in milliseconds. */
export async function measureStart(options: Options, results: Results): Promise<void> {
  if (results.has('start')) return
  const folder = copyOf(await seeded(options.folder), 'run')
  const times: number[] = []
  for (let round = 0; round < options.rounds; round++) {
    const running = await start(folder)
    await running.stop()
    times.push(running.readyMs)
  }
  results.put('start', times.sort((a, b) => a - b)[Math.floor(times.length / 2)])
}
