import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { anyFree } from '#server/postgres/port.ts'

const main = join(import.meta.dirname, '../../server/cli/main.ts')

export type Running = { url: string; child: ChildProcess; output: () => string; ended: Promise<number | null> }
type Result = { code: number; stdout: string; stderr: string }

/** The arguments that make a workspace `acme` with the admin `ada@acme.example`. */
export const createAcme = [
  'workspace',
  'create',
  '--name',
  'Acme',
  '--slug',
  'acme',
  '--admin-email',
  'ada@acme.example',
  '--admin-password',
  'correct horse battery staple',
]

/** An installation of its own in a temporary folder: started, stopped, killed and scripted as an operator would. */
export async function createInstallation(env: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'kontor-installation-'))
  const port = await anyFree()
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    TZ: process.env.TZ,
    // As bin/kontor gives it.
    NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.compiled'),
    KONTOR_DATA_DIR: dataDir,
    KONTOR_PORT: String(port),
    KONTOR_DEMO: 'off',
    ...env,
  }
  const running = new Set<Running>()

  return { dataDir, port, start, run, spawn: spawnCommand, remove }

  /** Starts the server and waits until it says that it is ready. */
  async function start(): Promise<Running> {
    const child = spawn(process.execPath, [main, 'serve'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
    const ready = new Promise<string>((resolve, reject) => {
      const take = (chunk: Buffer) => {
        output += chunk
        const url = output.match(/ready at (http\S+)/)?.[1]
        if (url) resolve(url)
      }
      child.stdout.on('data', take)
      child.stderr.on('data', take)
      child.once('exit', code => reject(new Error(`the server ended with ${code} before it was ready:\n${output}`)))
    })
    const server = { url: await ready, child, output: () => output, ended }
    running.add(server)
    return server
  }

  /** Begins a command that may be killed. */
  function spawnCommand(...args: string[]): Pick<Running, 'child' | 'ended'> {
    const child = spawn(process.execPath, [main, ...args], { env: environment, stdio: 'ignore' })
    return { child, ended: new Promise(resolve => child.once('exit', resolve)) }
  }

  /** Runs one command of the command line. */
  function run(...args: string[]): Promise<Result> {
    return new Promise(resolve => {
      execFile(process.execPath, [main, ...args], { env: environment }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
      })
    })
  }

  async function remove(): Promise<void> {
    for (const { child, ended } of running) {
      child.kill('SIGTERM')
      await ended
    }
    rmSync(dataDir, { recursive: true, force: true })
  }
}
