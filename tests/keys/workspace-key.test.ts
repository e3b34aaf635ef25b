import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fieldKey } from '#server/crypto/derive.ts'
import { encryptFernet } from '#server/crypto/fernet.ts'
import { newestKey } from '#server/crypto/keys.ts'
import { createSealer, SealBrokenError } from '#server/crypto/seal.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { createWorkspaceFor } from '#server/features/workspaces/create-workspace-for.ts'
import { deleteWorkspaceNow } from '#server/features/workspaces/delete-workspace-for.ts'
import { countSealed } from '#server/keys/count-sealed.ts'
import { findLostKeys } from '#server/keys/find-lost-keys.ts'
import { giveWorkspaceKeys } from '#server/keys/give-workspace-keys.ts'
import { rotateKeys } from '#server/keys/rotate-keys.ts'
import { MissingWorkspaceKeyError, openWorkspaceKeys } from '#server/keys/workspace-keys.ts'
import { createWorld, keys, type World } from '#tests/setup/world.ts'

let world: World
let folder: string
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  folder = join(world.services.config.dataDir, 'workspace-keys')
})
afterAll(() => world.close())

const room = { kind: 'slack' as const, name: 'r', url: 'https://chat.example.eu/hook', active: false }
const tokenField = (workspace: string, row: string) => ({ workspace, column: 'integration.token', row }) as const
const tokenOf = async (schema: string, id: string) =>
  (await world.superuser<{ token: string }>(`select token from ${schema}.integration where id = $1`, [id]))[0]!.token

test('what is left of a deleted workspace in a backup opens with no key that is left', async () => {
  const { services } = world
  const slug = 'short-lived'
  const { id } = await makeWorkspace(slug)
  const field = tokenField(id, world.acme.id)
  const backup = services.sealer.seal(field, 'https://chat.example.eu/secret')
  expect(services.sealer.open(field, backup)).toContain('secret')

  const leftOver = await deleteWorkspaceNow(services, slug)
  expect(leftOver).toMatchObject({ keys: 0, schema: 0, login: 0 })
  expect(() => services.sealer.open(field, backup)).toThrow(MissingWorkspaceKeyError)
  // Nor with the installation's keys alone, nor with another workspace's.
  const other = world.services.workspaceKeys.get(world.acme.id)
  const guesser = createSealer({ keys, workspaceKey: () => other })
  expect(() => guesser.open(field, backup)).toThrow(SealBrokenError)
  expect(() => guesser.open(field, backup.replace('k1w:', 'k1:'))).toThrow(SealBrokenError)
})

test('a lost key stops the rows that need it, by name, and nothing else; it is never made anew, and works when back', async () => {
  const { ada } = world.acme
  const path = { workspace: 'acme' }
  const { id } = await ada.api.createIntegration({ path, body: room })
  const file = join(folder, world.acme.id)
  const away = join(mkdtempSync(join(tmpdir(), 'kontor-lost-')), 'key')
  renameSync(file, away)
  // As another process sees it, which has nothing in memory.
  const services = { ...world.services, workspaceKeys: openWorkspaceKeys(folder, keys) }
  expect(findLostKeys([{ id: world.acme.id }, { id: world.globex.id }], services.workspaceKeys)).toEqual([
    { id: world.acme.id },
  ])
  expect(await giveWorkspaceKeys(services)).toBe(false)
  expect(services.workspaceKeys.count(world.acme.id)).toBe(0)
  // The server's own memory of it ends within a minute; destroying it says so at once.
  world.services.workspaceKeys.destroy(world.acme.id)
  const failed = ada.api.getIntegration({ path: { ...path, integration: id } })
  await expect(failed).rejects.toMatchObject({ status: 503, message: expect.stringMatching(/key is missing/) })
  await expect(ada.api.createIntegration({ path, body: room })).rejects.toMatchObject({ status: 503 })
  expect((await ada.api.listTags({ path })).items).toEqual([])
  await world.globex.gina.api.createIntegration({ path: { workspace: 'globex' }, body: room })
  renameSync(away, file)
  rmSync(join(away, '..'), { recursive: true })
  expect((await ada.api.getIntegration({ path: { ...path, integration: id } })).host).toBe('chat.example.eu')
})

test('a secret moved to another row or workspace, in the database, does not open there', async () => {
  const { acme, globex } = world
  const [a, b] = [
    await acme.ada.api.createIntegration({ path: { workspace: 'acme' }, body: room }),
    await acme.ada.api.createIntegration({ path: { workspace: 'acme' }, body: room }),
  ]
  const c = await globex.gina.api.createIntegration({ path: { workspace: 'globex' }, body: room })
  const stolen = await tokenOf(acme.schema, a.id)
  await world.superuser(`update ${acme.schema}.integration set token = $1 where id = $2`, [stolen, b.id])
  await world.superuser(`update ${globex.schema}.integration set token = $1 where id = $2`, [stolen, c.id])
  const inRow = acme.ada.api.getIntegration({ path: { workspace: 'acme', integration: b.id } })
  await expect(inRow).rejects.toMatchObject({ status: 503 })
  const inWorkspace = globex.gina.api.getIntegration({ path: { workspace: 'globex', integration: c.id } })
  await expect(inWorkspace).rejects.toMatchObject({ status: 503 })
})

test('a workspace of before there were such keys gets one, and its secrets are bound to it', async () => {
  const { services } = world
  const { id, schema } = await makeWorkspace('of-before')
  // As the version before sealed it: under the installation's key alone.
  const field = tokenField(id, uuid7())
  const legacy = `k1:${encryptFernet(fieldKey(newestKey(keys), field), room.url)}`
  await world.asWorkspace(schema, `insert into integration (id, kind, name, token) values ($1, 'slack', 'r', $2)`, [
    field.row,
    legacy,
  ])
  await world.superuser('update platform.workspace set has_key = false where id = $1', [id])
  services.workspaceKeys.destroy(id)
  expect(services.sealer.open(field, legacy)).toBe(room.url)

  expect(await giveWorkspaceKeys(services)).toBe(true)
  expect(await giveWorkspaceKeys(services)).toBe(false)
  await world.superuser('insert into platform.key_rotation (version, activated_at) values (1, now())')
  const count = async () => (await countSealed(services)).keys.find(({ version }) => version === 1)
  expect(await count()).toMatchObject({ withoutWorkspaceKey: 1 })
  await rotateKeys(services, new AbortController().signal)
  expect(await count()).toMatchObject({ withoutWorkspaceKey: 0 })
  const token = await tokenOf(schema, field.row)
  expect(token).toMatch(/^k1w:/)
  expect(services.sealer.open(field, token)).toBe(room.url)
  const [event] = await world.asWorkspace<{ action: string }>(
    schema,
    'select action from audit_event order by seq desc',
  )
  expect(event?.action).toBe('integration.created')
})

function makeWorkspace(slug: string) {
  const { accountId, email } = world.acme.ada
  return createWorkspaceFor(world.services, {
    name: slug,
    slug,
    plan: 'starter',
    owner: { accountId, email, name: 'Ada' },
  })
}
