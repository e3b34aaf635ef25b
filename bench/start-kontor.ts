import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../server/cli/main.ts')
/** As it is started in production, with what V8 is told of memory. */
const program = join(import.meta.dirname, '../bin/kontor')

/** A fresh installation as in production, with one workspace `bench` whose admin signs in with these. */
export async function startKontor(port: number, settings: Record<string, string> = {}): Promise<Kontor> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kontor-bench-'))
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    KONTOR_DATA_DIR: dataDir,
    KONTOR_PORT: String(port),
    KONTOR_LOG_LEVEL: 'fatal',
    KONTOR_DEMO: 'off',
    NODE_ENV: 'production',
    SLOTS: process.env.SLOTS,
    NICE: process.env.NICE,
    ...settings,
  }
  const server = spawn(program, ['serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise(resolve => server.once('exit', resolve))
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk: Buffer) => String(chunk).includes('ready at') && resolve())
    server.once('exit', code => reject(new Error(`the server ended with ${code}`)))
  })
  const kontor = (...args: string[]) => execFileSync(process.execPath, [main, ...args], { env }).toString()
  const [email, password] = ['ada@bench.example', 'correct horse battery staple']
  const stop = async () => {
    server.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    kontor(
      ...['workspace', 'create', '--name', 'Bench', '--slug', 'bench', '--admin-email', email],
      ...['--admin-password', password, '--json'],
    )
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: server.pid!,
    email,
    password,
    kontor,
    begin: (...args) => spawn(program, args, { env, stdio: 'ignore' }),
    stop,
  }
}

export type Kontor = {
  url: string
  pid: number
  email: string
  password: string
  /** Begins a command whose process is to be looked at. */
  begin(...args: string[]): ChildProcess
  /** Runs the command line beside the server. */
  kontor(...args: string[]): string
  stop(): Promise<void>
}
