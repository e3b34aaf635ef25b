import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAcme, createInstallation } from '#tests/lifecycle/installation.ts'

type Installation = Awaited<ReturnType<typeof createInstallation>>
let installation: Installation
beforeAll(async () => {
  installation = await createInstallation()
})
afterAll(() => installation.remove())

test('an empty data folder becomes a server that is live and ready, with keys that only its user can read', async () => {
  const { url } = await installation.start()
  expect(await (await fetch(`${url}/api/health/live`)).json()).toEqual({ status: 'live' })
  expect(await (await fetch(`${url}/api/health/ready`)).json()).toEqual({ status: 'ready' })
  expect(statSync(join(installation.dataDir, 'keys')).mode & 0o777).toBe(0o600)
})

test('a second server on the same data folder is refused in one sentence', async () => {
  const { code, stderr } = await installation.run('serve')
  expect(code).toBe(1)
  expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/already runs/)])
})

test('commands work beside the running server, and print JSON when asked', async () => {
  const made = await installation.run(...createAcme, '--plan', 'pro', '--json')
  expect(made.stderr).toBe('')
  expect(JSON.parse(made.stdout)).toMatchObject({ slug: 'acme', plan: 'pro' })
  const added = await installation.run(
    'member',
    'add',
    '--workspace',
    'acme',
    '--email',
    'mia@acme.example',
    '--name',
    'Mia',
    '--role',
    'member',
    '--json',
  )
  expect(JSON.parse(added.stdout)).toMatchObject({
    email: 'mia@acme.example',
    role: 'member',
    password: expect.any(String),
  })
  const listed = await installation.run('workspace', 'list', '--json')
  expect(JSON.parse(listed.stdout).workspaces).toMatchObject([{ slug: 'acme', status: 'active' }])
  const { stdout } = await installation.run('database', 'url', '--as', 'workspace:acme')
  expect(stdout.trim()).toMatch(/^postgres:\/\/w_[a-z2-7]{16}:/)
  expect((await installation.run('doctor', '--json')).code).toBe(0)
})

test('wrong usage exits with 2, what cannot be done with 1, each in one sentence', async () => {
  const cases: [string[], number][] = [
    [['nonsense'], 2],
    [['workspace', 'create', '--name', 'X'], 2],
    [['workspace', 'list', '--wrong'], 2],
    [['workspace', 'create', '--name', 'X', '--slug', 'acme', '--admin-email', 'x@x.example'], 1],
    [['database', 'url', '--as', 'workspace:nowhere'], 1],
    [['keys', 'init'], 1],
  ]
  for (const [args, code] of cases) {
    const result = await installation.run(...args)
    expect([args.join(' '), result.code, result.stderr.trim().split('\n').length]).toEqual([args.join(' '), code, 1])
  }
})

test('SIGTERM ends it with 0, and the next start has everything', async () => {
  await installation.remove()
  installation = await createInstallation()
  const first = await installation.start()
  await installation.run(...createAcme)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  const second = await installation.start()
  const listed = await installation.run('workspace', 'list', '--json')
  expect(JSON.parse(listed.stdout).workspaces).toHaveLength(1)
  const log = readFileSync(join(installation.dataDir, 'postgres.log'), 'utf8')
  expect(log).not.toMatch(/was not properly shut down/)
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
})

test.each([
  [{ KONTOR_PORT: 'eighty' }, 'KONTOR_PORT'],
  [{ KONTOR_HOST: '0.0.0.0' }, 'KONTOR_PUBLIC_URL'],
  [{ KONTOR_PUBLIC_URL: 'https://x.example/path' }, 'KONTOR_PUBLIC_URL'],
  [{ KONTOR_LOG_LEVEL: 'loud' }, 'KONTOR_LOG_LEVEL'],
  [{ KONTOR_KEYS: '1:short' }, 'ey version 1'],
  [{ KONTOR_DATABASE_URL: 'mysql://x' }, 'KONTOR_DATABASE_URL'],
  [{ KONTOR_STORAGE_URL: 'ftp://x' }, 'KONTOR_STORAGE_URL'],
  [{ KONTOR_PROT: '8080' }, 'KONTOR_PROT'],
])('a wrong setting stops the start with one sentence: %j', async (env, named) => {
  const wrong = await createInstallation(env)
  const { code, stderr } = await wrong.run('serve')
  expect(code).toBe(1)
  expect(stderr).toContain(named)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  await wrong.remove()
})
