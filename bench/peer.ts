import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asSuperuser, postmasterOfClient } from './installation.ts'
import type { Tokens } from './seed.ts'
import { databaseProcesses, type Processes, serverProcesses } from './usage.ts'

export type Peer = { port: number; tokens: Tokens; server: Processes; database: Processes; stop(): void }

const workers = '4'

/**
 * The reference stack: its folder has a `run.sh` that starts it, and `BENCH_PEER` names the folder where it is elsewhere.
 * @returns why it is not measured, in a sentence.
 */
export async function startPeer(): Promise<Peer | string> {
  const folder = process.env.BENCH_PEER ?? join(import.meta.dirname, '../../shared/peers/django')
  const script = join(folder, 'run.sh')
  if (!existsSync(script)) return 'The reference stack is not here: set BENCH_PEER to its folder.'
  if (!isInstalled()) return 'The reference stack is not installed: its `run.sh install` does that.'
  const run = (...args: string[]) => void execFileSync(script, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  // Its own data anew each time, as ours.
  run('stop')
  run('reset')
  run('start', workers)
  const state = process.env.PEER_STATE ?? '/var/tmp/kontor-peer'
  const gunicorn = Number(readFileSync(join(state, 'gunicorn.pid'), 'utf8'))
  const url = `postgres://postgres@127.0.0.1:${process.env.PEER_PG_PORT ?? 55432}/postgres`
  const postmaster = await asSuperuser(url, postmasterOfClient)
  return {
    port: Number(process.env.PEER_PORT ?? 8801),
    tokens: tokensIn(join(folder, 'bench.lua')),
    server: serverProcesses(gunicorn),
    database: databaseProcesses(postmaster),
    stop: () => run('stop'),
  }
}

function tokensIn(file: string): Tokens {
  const [, member, admin] = readFileSync(file, 'utf8').match(/local M, A = "(\w+)", "(\w+)"/) ?? []
  if (!member || !admin) throw new Error(`${file} names no tokens`)
  return { member, admin }
}

function isInstalled(): boolean {
  try {
    execFileSync(
      '/usr/bin/python3',
      ['-c', 'import django, rest_framework, django_pgschemas, simple_history, gunicorn'],
      {
        stdio: 'ignore',
      },
    )
    return true
  } catch {
    return false
  }
}
