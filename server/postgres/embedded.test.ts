import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from '#server/postgres/embedded.ts'
import { findRunning } from '#server/postgres/postmaster.ts'

// As root these folders are root's alone (0700), so every test here also shows that PostgreSQL runs below such a folder.
let dataDir: string
const started: EmbeddedPostgres[] = []
const spawned: ChildProcess[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kontor-embedded-'))
})
afterEach(async () => {
  for (const child of spawned.splice(0)) child.kill('SIGKILL')
  await Promise.all(started.splice(0).map(postgres => postgres.stop()))
  rmSync(dataDir, { recursive: true, force: true })
})

test('a new folder gets a cluster with SCRAM, checksums, UTF-8 and full durability, on loopback and in its own folder only', async () => {
  const postgres = await start({ durable: true })
  const settings = await query(
    postgres,
    `select json_object_agg(name, setting) as value from pg_settings where name = any($1)`,
    [
      [
        'password_encryption',
        'data_checksums',
        'server_encoding',
        'fsync',
        'full_page_writes',
        'synchronous_commit',
        'listen_addresses',
        'unix_socket_directories',
        'TimeZone',
      ],
    ],
  )
  expect(settings).toEqual({
    password_encryption: 'scram-sha-256',
    data_checksums: 'on',
    server_encoding: 'UTF8',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '.',
    TimeZone: 'UTC',
  })
  const rules = await query(postgres, `select json_agg(distinct auth_method) as value from pg_hba_file_rules`)
  expect(rules).toEqual(['scram-sha-256'])
  expect(postgres.version).toMatch(/^18\./)
  const { socketFolder, port } = postgres
  expect(statSync(join(socketFolder!, `.s.PGSQL.${port}`)).isSocket()).toBe(true)
  // Nobody but the server's user may enter it, and they too need a password.
  expect(statSync(socketFolder!).mode & 0o077).toBe(0)
  const stranger = new Client({ host: socketFolder!, port, user: 'postgres', password: 'wrong' })
  await expect(stranger.connect()).rejects.toThrow(/password authentication failed/)
})

test('a folder whose path is too long for a socket is served by TCP alone', async () => {
  const postgres = await start({ dataDir: join(dataDir, 'x'.repeat(100)) })
  expect(postgres.socketFolder).toBeUndefined()
  expect(await query(postgres, 'select 1 as value')).toBe(1)
})

test('a later start finds the data, the port and the address again', async () => {
  const first = await start()
  await query(first, 'create table note as select 1 as value')
  expect(findRunning(dataDir)).toEqual({ host: '127.0.0.1', port: first.port })
  await first.stop()
  expect(findRunning(dataDir)).toBeUndefined()
  const second = await start()
  expect(second.superuserUrl()).toBe(first.superuserUrl())
  expect(await query(second, 'select value from note')).toBe(1)
})

test('a second start beside the first is refused, and a wrong password is named as such', async () => {
  const first = await start()
  await expect(start()).rejects.toThrow(/^Another Kontor \(process \d+\) already runs on /)
  await first.stop()
  await expect(start({ superuserPassword: 'another' })).rejects.toThrow(/another superuser password/)
  expect(findRunning(dataDir)).toBeUndefined()
})

test('kill -9 of PostgreSQL is told, and the next start recovers what was committed', async () => {
  const { promise: reason, resolve } = Promise.withResolvers<string>()
  const first = await start({ durable: true, onExit: resolve })
  await query(first, 'create table note as select 7 as value')
  process.kill(first.pid, 'SIGKILL')
  expect(await reason).toBe('PostgreSQL ended unexpectedly (signal SIGKILL)')
  await first.stop()
  expect(await query(await start(), 'select value from note')).toBe(7)
})

test('a PostgreSQL whose Kontor was killed with -9 is ended cleanly by the next start', async () => {
  const { child, pid } = await startElsewhere()
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(findRunning(dataDir)).toBeDefined()
  const lines: string[] = []
  const next = await start({ onLog: line => lines.push(line) })
  expect(next.pid).not.toBe(pid)
  expect(lines).toEqual(['Stopping the PostgreSQL that an earlier, killed Kontor left running.'])
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('was not properly shut down')
})

test('Ctrl-C does not reach PostgreSQL: it serves until Kontor stops it', async () => {
  const { child } = await startElsewhere()
  process.kill(-child.pid!, 'SIGINT')
  await once(child, 'exit')
  expect(findRunning(dataDir)).toBeDefined()
  await start()
})

test('a process id in postmaster.pid that now belongs to another program does not prevent the start', async () => {
  const first = await start()
  await first.stop()
  // Our own process: alive, and not a PostgreSQL.
  writeFileSync(
    join(dataDir, 'postgres', 'postmaster.pid'),
    `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`,
  )
  expect(findRunning(dataDir)).toBeUndefined()
  await start()
})

test('a killed initdb leaves nothing that counts', async () => {
  const unfinished = join(dataDir, 'postgres.new-1')
  mkdirSync(join(unfinished, 'base'), { recursive: true })
  writeFileSync(join(unfinished, 'PG_VERSION'), '18\n')
  await start()
  expect(readdirSync(dataDir).sort()).toEqual([
    'kontor.lock',
    'kontor.pid',
    'postgres',
    'postgres.log',
    'postgres.port',
  ])
})

test('a folder of another PostgreSQL version, or of something else, is left alone', async () => {
  const cluster = join(dataDir, 'postgres')
  mkdirSync(cluster)
  writeFileSync(join(cluster, 'holiday.jpg'), '')
  await expect(start()).rejects.toThrow(/is not a PostgreSQL data folder/)
  writeFileSync(join(cluster, 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toThrow(/written by PostgreSQL 17 and this is PostgreSQL 18/)
  expect(existsSync(join(cluster, 'holiday.jpg'))).toBe(true)
})

test('statements, parameters and rows stay out of the log, which is for its owner only', async () => {
  const postgres = await start()
  await query(postgres, `create table note (value text primary key)`)
  await query(postgres, `insert into note values ($1)`, ['the secret'])
  await expect(query(postgres, `insert into note values ($1)`, ['the secret'])).rejects.toThrow(/duplicate key/)
  await expect(query(postgres, `select 'the secret'::int`)).rejects.toThrow()
  const log = join(dataDir, 'postgres.log')
  expect(readFileSync(log, 'utf8')).toContain('duplicate key value')
  expect(readFileSync(log, 'utf8')).not.toMatch(/Key \(value\)|insert into/)
  expect(statSync(log).mode & 0o077).toBe(0)
})

test('a given port that is taken is refused with a sentence', async () => {
  const url = new URL(inject('postgres'))
  await expect(start({ port: Number(url.port) })).rejects.toThrow(/^Port \d+ is taken/)
})

async function start(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded({ dataDir, superuserPassword: 'p@ss word/1', durable: false, ...options })
  started.push(postgres)
  return postgres
}

/** The first column of the first row. */
async function query(postgres: EmbeddedPostgres, text: string, values: unknown[] = []): Promise<unknown> {
  const client = new Client({ connectionString: postgres.superuserUrl() })
  await client.connect()
  try {
    const { rows } = await client.query(text, values)
    return rows[0]?.value
  } finally {
    await client.end()
  }
}

/** The same in a process (and group) of its own, which dies of SIGINT without stopping anything. */
async function startElsewhere(): Promise<{ child: ChildProcess; pid: number }> {
  const program = `
    import { startEmbedded } from ${JSON.stringify(new URL('embedded.ts', import.meta.url).href)}
    const postgres = await startEmbedded({ dataDir: process.argv[1], superuserPassword: 'p@ss word/1', durable: false })
    console.log(postgres.pid)`
  const args = ['--input-type=module', '-e', program, dataDir]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  spawned.push(child)
  const [pid] = await once(createInterface(child.stdout!), 'line')
  return { child, pid: Number(pid) }
}
