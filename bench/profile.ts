import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { asSuperuser, copyOf, seeded, settle, start, workspacesIn } from './installation.ts'
import { load } from './load.ts'
import { drawRequests, operations } from './operations.ts'
import { readOptions } from './options.ts'
import { cpuSeconds } from './usage.ts'

type CpuProfile = {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  samples: number[]
  timeDeltas: number[]
}

/**
 * `node bench/profile.ts [--operations a,b] [--seconds 10]`: where the time of each operation goes, in the server by
 * function and by package (V8's profiler), and in PostgreSQL by statement, those inside of triggers and functions too.
 */
const options = readOptions(process.argv.slice(2))
mkdirSync(options.folder, { recursive: true })
const file = join(options.folder, 'server.cpuprofile')
const preload = `--import=${join(import.meta.dirname, 'profile-server.ts')}`
const dataDir = copyOf(await seeded(options.folder), 'profiled')
for (const operation of operations.filter(({ name }) => options.operations.includes(name))) {
  rmSync(file, { force: true })
  const running = await start(dataDir, { NODE_OPTIONS: preload, BENCH_PROFILE: file })
  const superuser = (text: string) => asSuperuser(running.superuser, client => client.query(text))
  await superuser('create extension if not exists pg_stat_statements')
  await superuser(`alter database kontor set pg_stat_statements.track = 'all'`)
  await superuser('alter database kontor set pg_stat_statements.track_planning = on')
  await settle(running)
  const requests = drawRequests(operation, workspacesIn(dataDir)[0]!)
  await load({ port: running.port, requests, connections: 16, seconds: 1, warmUp: 2_000 })
  await superuser('select pg_stat_statements_reset()')
  process.kill(running.pid, 'SIGUSR2')
  const cpu = [cpuSeconds(running.server), cpuSeconds(running.database)]
  const { perSecond, statuses } = await load({
    ...{ port: running.port, requests, connections: 16, seconds: options.seconds, warmUp: 0 },
  })
  process.kill(running.pid, 'SIGUSR2')
  const count = Object.values(statuses).reduce((sum, n) => sum + n, 0)
  const [ofServer, ofDatabase] = [running.server, running.database].map((each, n) => cpuSeconds(each) - cpu[n]!)
  const each = (seconds: number) => `${((seconds * 1e6) / count).toFixed(0)} µs`
  console.log(
    `\n${operation.name} ${operation.title}: ${perSecond.toFixed(0)}/s, server ${each(ofServer!)}, database ${each(ofDatabase!)}`,
  )
  const { rows } = await superuser(
    `select toplevel, calls, total_exec_time as run, total_plan_time as plan, left(regexp_replace(query, '\\s+', ' ', 'g'), 150) as query
     from pg_stat_statements where queryid is not null order by total_exec_time + total_plan_time desc limit 22`,
  )
  for (const { toplevel, calls, run, plan, query } of rows) {
    const part = (ms: number) => ((ms * 1e3) / count).toFixed(1).padStart(8)
    console.log(
      `${part(run)} +${part(plan)} µs ${(calls / count).toFixed(2).padStart(6)}× ${toplevel ? '' : '… '}${query}`,
    )
  }
  while (!existsSync(file)) await wait(100)
  await running.stop()
  showProfile(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile)
}
rmSync(file, { force: true })
rmSync(dataDir, { recursive: true, force: true })

// Without the time in which it had nothing to do.
function showProfile(profile: CpuProfile): void {
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  const [functions, packages] = [new Map<string, number>(), new Map<string, number>()]
  let total = 0
  profile.samples.forEach((id, n) => {
    const { functionName, url, lineNumber } = names.get(id)!
    if (['(idle)', '(program)', '(root)'].includes(functionName)) return
    const file = url.replace(/^.*\/node_modules\//, '').replace(/^file:.*\/(server|bench)\//, '$1/')
    const time = profile.timeDeltas[n] ?? 0
    total += time
    add(functions, `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`, time)
    const place = file.startsWith('server/')
      ? file.split('/').slice(0, 2).join('/')
      : file.match(/^(@[^/]+\/)?[^/]+/)?.[0]
    add(packages, place || functionName, time)
  })
  for (const [title, map] of [
    ['by package', packages],
    ['by function', functions],
  ] as const) {
    console.log(`  ${title}`)
    for (const [name, time] of [...map].sort((a, b) => b[1] - a[1]).slice(0, 24))
      console.log(`  ${((time / total) * 100).toFixed(1).padStart(5)} % ${name}`)
  }
}

function add(map: Map<string, number>, key: string, time: number): void {
  map.set(key, (map.get(key) ?? 0) + time)
}
