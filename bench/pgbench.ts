import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Script } from './statements.ts'

/** Where pgbench is: on the path, or among Debian's PostgreSQL programs; undefined when the machine has none. */
export function findPgbench(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = readdirSafely(debian).sort((a, b) => Number(b) - Number(a))
  return ['pgbench', ...versions.map(version => join(debian, version, 'bin/pgbench'))].find(runs)
}

type Run = { program: string; url: string; script: Script; clients: number; seconds: number; warmUp?: number }

/** Runs a script with `-M prepared`. Times are in milliseconds; transactions of the warm-up do not count. */
export async function runPgbench({ program, url, script, clients, seconds, warmUp = 1 }: Run) {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-pgbench-'))
  try {
    writeFileSync(join(folder, 'script.sql'), script.text)
    // New rows of each run have ids in a range of its own, ascending as those of Kontor do.
    const begun = String(Math.floor(Math.random() * 2 ** 47))
    const constants = { ...script.constants, n: '0', begun }
    const { hostname, port, username, password, pathname } = new URL(url)
    const args = [
      ...['-n', '-M', 'prepared', '-c', String(clients), '-j', '1', '-T', String(Math.ceil(seconds + warmUp))],
      ...['-f', 'script.sql', '-l', '--log-prefix=times'],
      ...Object.entries(constants).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
    ]
    const env = {
      ...process.env,
      ...{ PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: decodeURIComponent(password) },
      PGDATABASE: pathname.slice(1),
    }
    const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.on('data', chunk => {
      complaint += chunk
    })
    const code = await new Promise(resolve => child.once('exit', resolve))
    if (code !== 0) throw new Error(`pgbench: ${complaint.trim().split('\n').at(-1)}`)
    return timesIn(folder, warmUp)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// Each line of the log: client, transaction, microseconds, script, and when it ended in seconds and microseconds.
function timesIn(folder: string, warmUp: number) {
  const logs = readdirSync(folder).filter(name => name.startsWith('times'))
  const all = logs.flatMap(name =>
    readFileSync(join(folder, name), 'latin1')
      .trim()
      .split('\n')
      .map(line => line.split(' '))
      .map(([, , took, , second, micros]) => ({ ms: Number(took) / 1_000, at: Number(second) + Number(micros) / 1e6 })),
  )
  const began = Math.min(...all.map(({ at, ms }) => at - ms / 1_000).slice(0, 1_000))
  const counted = all.filter(({ at }) => at - began > warmUp)
  const times = counted.map(({ ms }) => ms).sort((a, b) => a - b)
  const elapsed = counted.reduce((last, { at }) => Math.max(last, at), began) - began - warmUp
  const share = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0
  return { perSecond: times.length / elapsed, p50: share(0.5), p95: share(0.95), p99: share(0.99), all: all.length }
}

function runs(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function readdirSafely(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
