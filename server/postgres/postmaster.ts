import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A PostgreSQL that serves this cluster now, whoever started it. For commands that run beside a server. */
export function findRunning(dataDir: string): { host: string; port: number } | undefined {
  const cluster = join(dataDir, 'postgres')
  const file = readPostmaster(cluster)
  return file?.ready && isPostmaster(file.pid, cluster) ? { host: '127.0.0.1', port: file.port } : undefined
}

/**
 * Ends a server that outlived the Kontor that started it, and removes a postmaster.pid whose process id now belongs to
 * another program: PostgreSQL would take that program for itself and refuse to start.
 */
export async function settleOrphan(cluster: string, onLog: (line: string) => void): Promise<void> {
  const file = readPostmaster(cluster)
  if (!file) return
  if (!isPostmaster(file.pid, cluster)) {
    // No file: PostgreSQL still refuses while processes of the last one are attached to its shared memory.
    for (const name of ['postmaster.pid', `.s.PGSQL.${file.port}.lock`]) rmSync(join(cluster, name), { force: true })
    return
  }
  onLog('Stopping the PostgreSQL that an earlier, killed Kontor left running.')
  signal(file.pid, 'SIGINT')
  const immediateAt = Date.now() + 30_000
  let asked = false
  while (isPostmaster(file.pid, cluster)) {
    await sleep(20)
    if (asked || Date.now() < immediateAt) continue
    asked = true
    signal(file.pid, 'SIGQUIT')
  }
}

/** What marks our server's command line, which any user may read (its folder is readable to its owner only). */
export function markOf(cluster: string): string {
  return `kontor-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`
}

export type PostmasterFile = { pid: number; port: number; ready: boolean }

/** postmaster.pid, as miscadmin.h lays it out; undefined while it is missing or not complete. */
export function readPostmaster(cluster: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    return pid > 1 ? { pid, port, ready: lines[7]?.trim() === 'ready' } : undefined
  } catch {
    return undefined
  }
}

/** Not only "alive": the id may have been reused, and a zombie has no command line any more. */
function isPostmaster(pid: number, cluster: string): boolean {
  return commandLine(pid).includes(markOf(cluster))
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return ''
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
