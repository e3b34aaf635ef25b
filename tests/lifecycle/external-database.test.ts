import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAcme, createInstallation } from '#tests/lifecycle/installation.ts'
import { findPostgres15, startOtherPostgres } from '#tests/setup/other-postgres.ts'

const bin = findPostgres15()

describe.skipIf(!bin)('with a PostgreSQL of one’s own', () => {
  let postgres: Awaited<ReturnType<typeof startOtherPostgres>>
  beforeAll(async () => {
    postgres = await startOtherPostgres(bin!)
  }, 60_000)
  afterAll(() => postgres?.stop())

  test('an empty one is begun with new keys; without these nothing starts on it again, with them everything does', async () => {
    const first = await createInstallation({ KONTOR_DATABASE_URL: postgres.url })
    const { url, child, ended } = await first.start()
    expect((await fetch(`${url}/api/health/ready`)).status).toBe(200)
    expect((await first.run(...createAcme)).stderr).toBe('')
    // This server runs without fsync, and the doctor says so.
    const { findings } = JSON.parse((await first.run('doctor', '--json')).stdout)
    expect(findings.filter((found: { level: string }) => found.level === 'error')).toMatchObject([
      { check: 'durability' },
    ])
    child.kill('SIGTERM')
    await ended
    expect(existsSync(join(first.dataDir, 'postgres'))).toBe(false)

    const stranger = await createInstallation({ KONTOR_DATABASE_URL: postgres.url })
    const refused = await stranger.run('serve')
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/no key file/)])
    await stranger.remove()

    await first.start()
    const listed = await first.run('workspace', 'list', '--json')
    expect(JSON.parse(listed.stdout).workspaces).toMatchObject([{ slug: 'acme' }])
    await first.remove()
  }, 60_000)

  test('one that does not answer stops the start with a sentence', async () => {
    const wrong = await createInstallation({ KONTOR_DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/x' })
    const { code, stderr } = await wrong.run('serve')
    expect(code).toBe(1)
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('KONTOR_DATABASE_URL')])
    expect(stderr).not.toContain('secret')
    await wrong.remove()
  })
})
