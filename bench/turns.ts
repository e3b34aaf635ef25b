import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Answer } from './bare-fastify.ts'
import { copyOf, type Running, seeded, settle, slugs, start, workspacesIn } from './installation.ts'
import { requestBytes } from './line.ts'
import { load, type Measured } from './load.ts'
import { drawRequests, type Operation, operations, peerRequests } from './operations.ts'
import type { Options } from './options.ts'
import { startPeer } from './peer.ts'
import { findPgbench, runPgbench } from './pgbench.ts'
import type { Results } from './results.ts'
import { recordScripts, type Script } from './statements.ts'
import { cpuSeconds, memoryMiB, type Processes, serverProcesses } from './usage.ts'

/** One measurement: rates by the second, times in ms, processor time of each request in µs, memory in MiB. */
export type Sample = {
  perSecond: number
  p50: number
  p99: number
  failed: number
  serverCpu: number | null
  databaseCpu: number | null
  loaderCpu: number | null
  serverMiB: number | null
  databaseMiB: number | null
}

type Subject = {
  name: string
  server: Processes | undefined
  database: Processes | undefined
  run(
    operation: Operation,
  ):
    | Promise<Omit<Measured, 'statuses' | 'retryAfters' | 'loaderCpu'> & { loaderCpu: number | null; count?: number }>
    | undefined
}

/** Every operation by every one in turns, so that what else the machine does meets all of them. */
export async function compare(options: Options, results: Results): Promise<void> {
  const wanted = operations.filter(({ name }) => options.operations.includes(name))
  const has = (part: string) => options.parts.includes(part)
  const stops: (() => unknown)[] = []
  try {
    const seededDir = await seeded(options.folder)
    const scripts = has('pgbench') || has('fastify') ? await recordScripts(seededDir, wanted) : {}
    const running = await start(copyOf(seededDir, 'run'), { KONTOR_PROCESSES: String(options.processes) })
    stops.push(running.stop)
    await settle(running)
    const subjects: Subject[] = []
    if (has('kontor')) subjects.push(kontor(running, options))
    if (has('pgbench')) subjects.push(...pgbench(running, scripts, options, results))
    if (has('fastify')) subjects.push(...(await bareFastify(scripts, options, stops)))
    if (has('peer')) subjects.push(...(await peer(options, results, stops)))
    await inTurns(subjects, wanted, options, results)
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

async function inTurns(subjects: Subject[], wanted: readonly Operation[], options: Options, results: Results) {
  // A server that has just started compiles while it answers: that is not what its days are like.
  if (!results.has(`${wanted[0]?.name}/${subjects[0]?.name}/0`))
    for (const operation of wanted) for (const { run } of subjects) await run(operation)?.catch(() => undefined)
  for (let round = 0; round < options.rounds; round++) {
    for (const operation of wanted) {
      for (const subject of subjects) {
        const key = `${operation.name}/${subject.name}/${round}`
        if (results.has(key)) continue
        try {
          const sample = await take(subject, operation)
          if (sample) results.put(key, sample)
        } catch (error) {
          results.fail(key, error)
        }
      }
    }
  }
}

async function take({ server, database, run }: Subject, operation: Operation): Promise<Sample | undefined> {
  const before = [server && cpuSeconds(server), database && cpuSeconds(database)]
  const began = performance.now()
  const measured = await run(operation)
  if (!measured) return undefined
  const seconds = (performance.now() - began) / 1_000
  // The warm-up is like the rest, so the share of its processor time is its share of the time.
  const count = measured.count ?? (measured.perSecond + measured.failed / seconds) * seconds
  const each = (processes: Processes | undefined, n: number) =>
    processes ? ((cpuSeconds(processes) - before[n]!) * 1e6) / count : null
  const { perSecond, p50, p99, failed, loaderCpu } = measured
  return {
    ...{ perSecond, p50, p99, failed, loaderCpu },
    serverCpu: each(server, 0),
    databaseCpu: each(database, 1),
    serverMiB: server ? memoryMiB(server) : null,
    databaseMiB: database ? memoryMiB(database) : null,
  }
}

function kontor({ port, server, database, dataDir }: Running, { seconds, connections }: Options): Subject {
  const [workspace] = workspacesIn(dataDir)
  const run = (operation: Operation) =>
    load({ port, requests: drawRequests(operation, workspace!), connections, seconds })
  return { name: 'kontor', server, database, run }
}

function pgbench(running: Running, scripts: Record<string, Script>, options: Options, results: Results): Subject[] {
  const program = findPgbench()
  if (!program) {
    results.note(
      'pgbench is not on this machine (on Debian it is in the package postgresql-contrib): no limit was measured.',
    )
    return []
  }
  const url = running.kontor('database', 'url', '--as', `workspace:${slugs[0]}`).trim()
  const { connections: clients, seconds } = options
  const run = async ({ name }: Operation) => {
    const { all, ...measured } = await runPgbench({ program, url, script: scripts[name]!, clients, seconds })
    return { ...measured, failed: 0, loaderCpu: null, count: all }
  }
  return [{ name: 'pgbench', server: undefined, database: running.database, run }]
}

async function bareFastify(scripts: Record<string, Script>, options: Options, stops: (() => unknown)[]) {
  const child = fork(join(import.meta.dirname, 'bare-fastify.ts'), { env: { ...process.env, NODE_ENV: 'production' } })
  stops.push(() => child.kill())
  const answers: Answer[] = Object.entries(scripts).map(([name, { body }]) => ({
    ...{ route: name, body },
    operationId: operations.find(each => each.name === name)!.operationId,
  }))
  child.send(answers)
  const port = await new Promise<number>(resolve => child.once('message', message => resolve(Number(message))))
  const server = serverProcesses(child.pid!)
  return (['buffer', 'json'] as const).map((way): Subject => {
    // A second says enough of what does the same thing twenty thousand times in it.
    const run = (operation: Operation) => {
      const { method, body } = operation.request({ task: 1, project: 1, assignee: 1, tag: 1, status: 1, word: 1 }, 1)
      const request = { ...(method ? { method } : {}), ...(body ? { body } : {}), authorization: 'none' }
      const requests = [requestBytes({ ...request, path: `/${way}/${operation.name}` })]
      return load({
        port,
        requests,
        connections: options.connections,
        seconds: Math.min(1, options.seconds),
        warmUp: 300,
      })
    }
    return { name: `fastify-${way}`, server, database: undefined, run }
  })
}

async function peer(options: Options, results: Results, stops: (() => unknown)[]): Promise<Subject[]> {
  const started = await startPeer()
  if (typeof started === 'string') {
    results.note(started)
    return []
  }
  stops.push(started.stop)
  const { port, tokens, server, database } = started
  const run = (operation: Operation) => {
    const requests = peerRequests(operation, tokens)
    return requests.length === 0
      ? undefined
      : load({ port, requests, connections: options.connections, seconds: options.seconds })
  }
  return [{ name: 'peer', server, database, run }]
}
