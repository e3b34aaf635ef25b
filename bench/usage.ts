import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Processor time and memory of programs that run, from /proc (Linux only). */
export type Processes = () => number[]

/** A process and those of its children that run the same program: the processes of a server, without its database. */
export function serverProcesses(pid: number): Processes {
  const program = programOf(pid)
  return () => [pid, ...childrenOf(pid).filter(child => programOf(child) === program)]
}

/** Everything that PostgreSQL runs. */
export function databaseProcesses(postmaster: number): Processes {
  return () => [postmaster, ...childrenOf(postmaster)]
}

/** The postmaster of a backend, which is its parent. */
export function parentOf(pid: number): number {
  return Number(statOf(pid)?.[1])
}

/** Seconds of processor time so far; those of children that have ended count with the first process. */
export function cpuSeconds(processes: Processes): number {
  const [first, ...rest] = processes()
  const own = (pid: number, fields: readonly number[]) => {
    const stat = statOf(pid)
    return stat ? fields.reduce((sum, field) => sum + Number(stat[field]), 0) : 0
  }
  const ticks = own(first!, [11, 12, 13, 14]) + rest.reduce((sum, pid) => sum + own(pid, [11, 12]), 0)
  return ticks / ticksPerSecond
}

/** Memory in MiB. What processes share counts once: each has its part of it (proportional set size). */
export function memoryMiB(processes: Processes): number {
  const kib = processes().reduce((sum, pid) => {
    const found = read(`/proc/${pid}/smaps_rollup`).match(/^Pss:\s+(\d+)/m)?.[1]
    return sum + Number(found ?? 0)
  }, 0)
  return kib / 1024
}

/** The most that the process has had in memory since it started, in MiB. */
export function peakMiB(pid: number): number {
  return Number(read(`/proc/${pid}/status`).match(/VmHWM:\s+(\d+)/)?.[1] ?? 0) / 1024
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK']).toString())

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(other => parentOf(other) === pid)
}

// After the name in parentheses, which may hold anything: state, parent, …; undefined when the process is gone.
function statOf(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`)
  return text ? text.slice(text.lastIndexOf(')') + 2).split(' ') : undefined
}

function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return ''
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
