import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { anyFree } from '#server/postgres/port.ts'

const root = '/usr/lib/postgresql'

/** The programs of PostgreSQL 15 as Debian installs them, or undefined on a machine without. */
export function findPostgres15(): string | undefined {
  const bin = join(root, '15', 'bin')
  return existsSync(root) && readdirSync(root).includes('15') && existsSync(join(bin, 'initdb')) ? bin : undefined
}

/** Starts a throwaway server with those programs, as a user of its own where we are root. */
export async function startOtherPostgres(bin: string): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-postgres-15-'))
  const user = process.geteuid?.() === 0 ? idOf('postgres') : undefined
  if (user) chownSync(folder, user.uid, user.gid)
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, 'other\n')
  if (user) chownSync(passwordFile, user.uid, user.gid)
  const data = join(folder, 'data')
  execFileSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...user, cwd: folder, stdio: 'ignore' },
  )
  const port = await anyFree()
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=100',
  ].flatMap(s => ['-c', s])
  const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const url = `postgres://postgres:other@127.0.0.1:${port}/postgres`
  await untilItAnswers(url)
  return {
    url,
    async stop() {
      child.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function idOf(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name]).toString())
  return { uid: id('-u'), gid: id('-g') }
}

async function untilItAnswers(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client(url)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (attempt === 100) throw error
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
}
