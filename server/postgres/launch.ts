import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, renameSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { EmbeddedError } from './embedded-error.ts'
import { choosePort } from './port.ts'
import { markOf, readPostmaster } from './postmaster.ts'
import { nameOfCluster, type SystemUser, serverEnvironment } from './run-as.ts'

export type LaunchOptions = {
  dataDir: string
  cluster: string
  user: SystemUser | undefined
  binaries: Binaries
  settings: Record<string, string>
  port: number | undefined
  onLog: (line: string) => void
  onExit: ((reason: string) => void) | undefined
}

export type RunningServer = { port: number; pid: number; stop(): Promise<void> }

/**
 * Starts the postmaster and waits until it accepts connections, crash recovery included.
 * Tries again where trying again helps: the port was taken meanwhile, or the last server's processes are still ending.
 */
export async function launch(options: LaunchOptions): Promise<RunningServer> {
  const logFile = join(options.dataDir, 'postgres.log')
  rotate(logFile)
  const giveUpAt = Date.now() + 15_000
  for (;;) {
    const port = options.port ?? (await choosePort(options.dataDir))
    const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
    const child = startPostmaster(options, port, logFile)
    const ended = new Promise<string>(resolve => {
      child.once('error', error => resolve(error.message))
      child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
    })
    if (await untilReady(child, options)) return running(child, port, ended, options.onExit)
    const log = await readFrom(logFile, logStart)
    const portTaken = /could not bind|could not create any TCP\/IP sockets/.test(log)
    const stillEnding = /pre-existing shared memory block/.test(log)
    if (portTaken && options.port) {
      throw new EmbeddedError(
        `Port ${port} is taken: stop the program that uses it, or choose another port for PostgreSQL.`,
      )
    }
    if (Date.now() > giveUpAt || !(portTaken || stillEnding)) {
      const reason = log.split('\n').find(line => /FATAL|PANIC|error while loading/.test(line)) ?? (await ended)
      throw new EmbeddedError(`PostgreSQL did not start (${reason.trim()}): ${logFile} says more.`)
    }
    await sleep(200)
  }
}

function startPostmaster(
  { cluster, user, binaries, settings }: LaunchOptions,
  port: number,
  logFile: string,
): ChildProcess {
  const log = openSync(logFile, 'a', 0o600)
  const all = { ...settings, port: String(port), cluster_name: markOf(cluster) }
  const child = spawn(
    binaries.postgres,
    ['-D', nameOfCluster(cluster, user), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A session of its own: Ctrl-C reaches the whole group of the terminal, and we stop it ourselves, last.
    { ...user, cwd: cluster, env: serverEnvironment, stdio: ['ignore', log, log], detached: true },
  )
  closeSync(log)
  return child
}

async function untilReady(child: ChildProcess, { cluster, onLog }: LaunchOptions): Promise<boolean> {
  const patientUntil = Date.now() + 5_000
  let told = false
  // No limit: recovery after a crash takes as long as it takes, and the process lives or ends.
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const file = readPostmaster(cluster)
    if (file?.pid === child.pid && file.ready) return true
    if (!told && Date.now() > patientUntil) {
      told = true
      onLog('PostgreSQL is still starting; after a crash it replays its log first.')
    }
    await sleep(10)
  }
  return false
}

function running(
  child: ChildProcess,
  port: number,
  ended: Promise<string>,
  onExit: LaunchOptions['onExit'],
): RunningServer {
  let stopping = false
  ended.then(reason => {
    if (!stopping) onExit?.(`PostgreSQL ended unexpectedly (${reason})`)
  })
  return {
    port,
    pid: child.pid!,
    async stop() {
      if (!stopping) child.kill('SIGINT')
      stopping = true
      // Fast shutdown writes a checkpoint. One that hangs is cut short: recovery at the next start loses nothing.
      const impatience = setTimeout(() => child.kill('SIGQUIT'), 30_000)
      await ended
      clearTimeout(impatience)
    },
  }
}

const rotateAtBytes = 10 * 1024 * 1024

function rotate(logFile: string): void {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > rotateAtBytes) renameSync(logFile, `${logFile}.1`)
}

/** What was logged since that byte; a start writes little. */
async function readFrom(path: string, position: number): Promise<string> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(65_536), position })
  return buffer.toString('utf8', 0, bytesRead)
}
