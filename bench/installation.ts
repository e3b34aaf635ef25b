import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { type SeededWorkspace, seed } from './seed.ts'
import { databaseProcesses, type Processes, parentOf, serverProcesses } from './usage.ts'

const root = join(import.meta.dirname, '..')
export const slugs = ['ws1', 'ws2', 'ws3']

export type Running = {
  dataDir: string
  port: number
  pid: number
  /** From the start of the process to the line that says "ready", in milliseconds. */
  readyMs: number
  server: Processes
  database: Processes
  /** The superuser of its PostgreSQL. */
  superuser: string
  kontor(...args: string[]): string
  stop(): Promise<void>
}

/** A server of this copy of Kontor, or of the one in `code`, on a data folder; as in production. */
export async function start(dataDir: string, settings: Record<string, string> = {}, code = root): Promise<Running> {
  // As in production: with what V8 is told of memory.
  const program = join(code, 'bin/kontor')
  const env = {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' },
    ...{ KONTOR_DATA_DIR: dataDir, KONTOR_PORT: '0', KONTOR_LOG_LEVEL: 'fatal', KONTOR_DEMO: 'off' },
    ...settings,
  }
  const began = performance.now()
  const child = spawn(program, ['serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  // Whoever ends the measurement does not leave the server behind.
  const kill = () => void child.kill('SIGTERM')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.stdout.on('data', (chunk: Buffer) => {
    const port = String(chunk).match(/ready at http:\/\/[^:]+:(\d+)/)?.[1]
    if (port) resolve(Number(port))
  })
  child.once('exit', code => reject(new Error(`the server ended with ${code} before it was ready`)))
  const port = await promise
  const readyMs = performance.now() - began
  const { NODE_OPTIONS: _, ...plain } = env as Record<string, string | undefined>
  const kontor = (...args: string[]) => execFileSync(program, args, { env: plain }).toString()
  try {
    const superuser = kontor('database', 'url', '--as', 'superuser').trim()
    const database = databaseProcesses(await postmasterOf(superuser))
    return {
      dataDir,
      port,
      pid: child.pid!,
      readyMs,
      server: serverProcesses(child.pid!),
      database,
      superuser,
      kontor,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The installation with the data set, made once for each version of the schema and of the seeding. @returns its folder. */
export async function seeded(folder: string): Promise<string> {
  const made = join(folder, `seeded-${fingerprint()}`)
  if (existsSync(made)) return made
  for (const old of existsSync(folder) ? readdirSync(folder) : [])
    if (old.startsWith('seeded-')) rmSync(join(folder, old), { recursive: true })
  const unfinished = join(folder, 'seeding')
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const running = await start(unfinished)
  try {
    const workspaces: SeededWorkspace[] = []
    for (const [n, slug] of slugs.entries()) {
      const began = performance.now()
      const about = ['--name', slug, '--slug', slug, '--admin-email', `user1@${slug}.example`, '--plan', 'business']
      const { schema, adminId } = JSON.parse(running.kontor('workspace', 'create', ...about, '--json'))
      workspaces.push(await seed(running.superuser, { slug, schema, adminId }, n + 1))
      console.error(`${slug} seeded in ${((performance.now() - began) / 1_000).toFixed(1)} s`)
    }
    writeFileSync(join(unfinished, 'workspaces.json'), JSON.stringify(workspaces))
    // A first request makes the server look at each workspace's events, so that none of that is left for later.
    for (const { slug, tokens } of workspaces) {
      const headers = { authorization: `Bearer ${tokens.admin}` }
      await fetch(`http://127.0.0.1:${running.port}/api/workspaces/${slug}/me`, { headers })
    }
    await settle(running)
  } finally {
    await running.stop()
  }
  renameSync(unfinished, made)
  return made
}

export function workspacesIn(dataDir: string): SeededWorkspace[] {
  return JSON.parse(readFileSync(join(dataDir, 'workspaces.json'), 'utf8'))
}

/** A copy that may be written to: every run begins with the same data. */
export function copyOf(seededDir: string, name: string): string {
  const copy = join(seededDir, '..', name)
  rmSync(copy, { recursive: true, force: true })
  // Not cpSync: PostgreSQL's files belong to another user where the server runs as root.
  execFileSync('cp', ['-a', '--reflink=auto', seededDir, copy])
  return copy
}

/**
 * Waits until nothing is left to do beside requests (notifications, sealing), and cleans up as autovacuum would later.
 * @throws after ten minutes: what goes on beside a measurement would be measured with it.
 */
export async function settle({ superuser }: Pick<Running, 'superuser'>): Promise<void> {
  await asSuperuser(superuser, async client => {
    const until = performance.now() + 600_000
    for (let quiet = 0; quiet < 4; ) {
      const { rows } = await client.query(
        `select exists (select from graphile_worker._private_jobs where run_at <= now() or locked_at is not null) as busy`,
      )
      quiet = rows[0].busy ? 0 : quiet + 1
      if (performance.now() > until) throw new Error('the server still has jobs to do after ten minutes')
      await wait(250)
    }
    await client.query('vacuum analyze')
    await client.query('checkpoint')
  })
}

export async function asSuperuser<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function postmasterOf(url: string): Promise<number> {
  return asSuperuser(url, postmasterOfClient)
}

/** While the client is connected: a backend that is gone has no parent. */
export async function postmasterOfClient(client: pg.Client): Promise<number> {
  const { rows } = await client.query('select pg_backend_pid() as pid')
  return parentOf(rows[0].pid)
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const folder of ['sql/platform', 'sql/workspace', 'sql/cluster'])
    for (const file of readdirSync(join(root, folder)).sort()) hash.update(readFileSync(join(root, folder, file)))
  for (const file of ['seed.ts', 'ids.ts', 'random.ts']) hash.update(readFileSync(join(root, 'bench', file)))
  return hash.digest('hex').slice(0, 12)
}
