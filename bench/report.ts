import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chart } from './chart.ts'
import type { Fleet, Migration, Sizes } from './fleet.ts'
import type { Limits, Memory } from './limits.ts'
import { operations } from './operations.ts'
import type { Results } from './results.ts'
import type { Sample } from './turns.ts'

const docs = join(import.meta.dirname, '../docs')
const [begin, end] = ['<!-- measured: begin -->', '<!-- measured: end -->']

/** Writes what was measured between the marks of docs/performance.md, and the chart beside it. The prose stays. */
export function writeReport(results: Results): void {
  const file = join(docs, 'performance.md')
  const text = readFileSync(file, 'utf8')
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`${file} lacks the marks ${begin} and ${end}`)
  const parts = [machine(results), sides(results), costs(results), limits(results), fleet(results), notes(results)]
  writeFileSync(file, `${before}${begin}\n${parts.filter(Boolean).join('\n\n')}\n${end}${after}`)
  writeFileSync(join(docs, 'performance.svg'), chart(bars(results)))
}

type Machine = {
  date: string
  processors: string
  memoryGiB: number
  node: string
  seconds: number
  rounds: number
  connections: number
  processes: number
}

function machine(results: Results): string {
  const it = results.get<Machine>('machine')!
  return (
    `Measured on ${it.date}: ${it.processors}, ${it.memoryGiB} GiB, Node ${it.node.slice(1)}, PostgreSQL 18, ` +
    `${it.connections} connections, ${it.processes} HTTP process${it.processes === 1 ? '' : 'es'}; medians of ` +
    `${it.rounds} times ${it.seconds} s. Load generator, server and database share the machine.`
  )
}

const key = ['perSecond', 'p50', 'p99', 'serverCpu', 'databaseCpu', 'loaderCpu', 'serverMiB', 'databaseMiB'] as const
type Medians = Record<(typeof key)[number], number | null> & { failed: number }

/** The median of each figure over the rounds; undefined when nothing was measured. */
export function medianOf(results: Results, operation: string, subject: string): Medians | undefined {
  const samples = results.under<Sample>(`${operation}/${subject}/`)
  if (samples.length === 0) return undefined
  const middle = (values: (number | null)[]) => {
    const known = values.filter(value => value !== null).sort((a, b) => a - b)
    return known.length === 0 ? null : known[Math.floor(known.length / 2)]!
  }
  const figures = Object.fromEntries(key.map(name => [name, middle(samples.map(sample => sample[name]))]))
  return { ...(figures as Omit<Medians, 'failed'>), failed: samples.reduce((sum, sample) => sum + sample.failed, 0) }
}

function sides(results: Results): string {
  const rows = operations.map(({ name, title }) => {
    const of = (subject: string) => medianOf(results, name, subject)
    const [own, limit, peer] = [of('kontor'), of('pgbench'), of('peer')]
    return [
      `${name} ${title}`,
      ...[own?.perSecond, own?.p50, own?.p99].map((value, n) => (n === 0 ? whole(value) : short(value))),
      ...[whole(limit?.perSecond), times(own, limit)],
      ...[whole(of('fastify-buffer')?.perSecond), whole(of('fastify-json')?.perSecond)],
      ...[whole(peer?.perSecond), times(own, peer)],
      own ? String(own.failed) : '–',
    ]
  })
  const head = [
    ...['operation', 'Kontor/s', 'p50 ms', 'p99 ms', 'own SQL in pgbench/s', 'of it'],
    ...['bare Fastify, ready bytes/s', 'serialising/s', 'reference/s', 'times it', 'failed'],
  ]
  return `### Side by side\n\n![Requests by the second](performance.svg)\n\n${table(head, rows)}`
}

function costs(results: Results): string {
  const rows = operations.flatMap(({ name }) =>
    ['kontor', 'pgbench', 'fastify-json', 'peer'].flatMap(subject => {
      const it = medianOf(results, name, subject)
      if (!it) return []
      const cells = [it.serverCpu, it.databaseCpu, it.loaderCpu, it.serverMiB, it.databaseMiB].map(whole)
      return [[name, titles[subject]!, ...cells, short(it.p50), short(it.p99)]]
    }),
  )
  const head = [
    '',
    'side',
    'server µs',
    'database µs',
    'generator µs',
    'server MiB',
    'database MiB',
    'p50 ms',
    'p99 ms',
  ]
  return `### What a request costs\n\nProcessor time of one request, and memory while it is asked for.\n\n${table(head, rows)}`
}

const titles: Record<string, string> = {
  kontor: 'Kontor',
  pgbench: 'own SQL in pgbench',
  'fastify-json': 'bare Fastify, serialising',
  peer: 'reference',
}

function limits(results: Results): string {
  const it = results.get<Limits>('limits')
  const memory = results.get<Memory>('memory')
  const start = results.get<number>('start')
  const lines: string[] = []
  if (it) {
    const { overload: over, at70 } = it
    lines.push(
      `- (a) over three workspaces, medians of rounds: ${whole(it.maximum)}/s at most. At 70 % of it: p50 ${short(at70.p50)} ms, ` +
        `p99 ${short(at70.p99)} ms (${at70.rounds.map(short).join(', ')}).`,
      `- Offered four times as much: ${percent(over.kept)} of the maximum are answered (${over.rounds.map(percent).join(', ')}), ` +
        `p99 ${whole(over.p99)} ms; ${over.refused} answers 503, ${over.withRetryAfter} of them with Retry-After; ` +
        `${over.broken} broken.`,
    )
  }
  if (memory) {
    const { MiB } = memory
    lines.push(
      `- Memory of a server with one process in ${memory.seconds} s of a to e at full rate (${whole(memory.perSecond)}/s), a figure for ` +
        `each tenth: ${MiB.map(whole).join(', ')} MiB; at its peak ${whole(memory.peakMiB)} MiB.`,
    )
  }
  if (start) lines.push(`- From start to ready on an existing data folder: ${(start / 1_000).toFixed(1)} s.`)
  return lines.length === 0 ? '' : `### At the limit\n\n${lines.join('\n')}`
}

function fleet(results: Results): string {
  const fleets = results.under<Fleet>('fleet/').sort((a, b) => a.size - b.size)
  if (fleets.length === 0) return ''
  const rows = fleets.map((it, n) => {
    const before = fleets[n - 1]
    const added = (of: (fleet: Fleet) => number, digits: number) =>
      before ? ((of(it) - of(before)) / (it.size - before.size)).toFixed(digits) : '–'
    return [
      ...[whole(it.size), whole(it.perSecond), short(it.p99)],
      ...[it.firstRequest, it.firstInBurst].map(times => (times ? `${short(times.p50)} / ${short(times.p95)}` : '–')),
      ...[whole(it.create), (it.readyMs / 1_000).toFixed(1)],
      ...[added(of => of.catalogueRows, 0), added(of => of.diskMiB, 2), whole(it.serverMiB), whole(it.databaseMiB)],
    ]
  })
  const head = [
    ...[
      'workspaces',
      '(a)/s over 100',
      'p99 ms',
      'first request p50 / p95 ms',
      'one after another',
      'create ms',
      'ready s',
    ],
    ...['catalogue rows each', 'disk MiB each', 'server MiB', 'database MiB'],
  ]
  const it = results.get<Migration>('migration')
  const migration = it
    ? `\n\nA migration that adds a column to two tables of all ${it.size} took ${it.seconds.toFixed(0)} s while ` +
      `${it.writes} tasks were written: ${it.lost} requests lost, at worst ${whole(it.slowest)} ms (p99 of a second). ` +
      `The command with nothing to migrate: ${whole(it.nothingMs)} ms.`
    : ''
  const sizes = results.get<Sizes>('sizes')
  const ratio = sizes
    ? `\n\nMinutes lie between the rows. In turns, with both installations there: (a) ${whole(sizes.smallPerSecond)}/s among ` +
      `${sizes.small} and ${whole(sizes.largePerSecond)}/s among ${whole(sizes.large)}, ${sizes.ratio.toFixed(2)} of it.`
    : ''
  return `### Many workspaces\n\n${table(head, rows)}${ratio}${migration}`
}

function notes(results: Results): string {
  const failed = [...results.failures].map(([what, why]) => `${what} failed: ${why}`)
  return [...results.under<string>('note/'), ...failed].map(line => `- ${line}`).join('\n')
}

function bars(results: Results) {
  return operations.map(({ name, title }) => ({
    label: `${name}  ${title}`,
    kontor: medianOf(results, name, 'kontor')?.perSecond ?? undefined,
    pgbench: medianOf(results, name, 'pgbench')?.perSecond ?? undefined,
    peer: medianOf(results, name, 'peer')?.perSecond ?? undefined,
  }))
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, n) => (n === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

function times(own: Medians | undefined, other: Medians | undefined): string {
  if (!own?.perSecond || !other?.perSecond) return '–'
  const ratio = own.perSecond / other.perSecond
  return ratio >= 3 ? `${ratio.toFixed(1)}×` : ratio.toFixed(2)
}

function whole(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : Math.round(value).toLocaleString('en')
}

function short(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(value < 10 ? 1 : 0)
}

function percent(value: number): string {
  return `${(value * 100).toFixed(0)} %`
}
