import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealedColumns } from '#server/crypto/sealed-columns.ts'
import { sendWaitingResets } from '#server/features/password-resets/index.ts'
import { createApp } from '#server/http/app.ts'
import { startServices } from '#server/start-services.ts'
import { codeTo, openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, keys, password, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
/** Everything that nobody but its owner may read anywhere: what → the secret. */
const secrets = new Map<string, string>()
const lines: string[] = []

let world: World
let url: string
let close: () => Promise<void>
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  // A second server on the same database, whose log is kept in full.
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const started = startServices({ config: world.services.config, log, keys, server: world.server })
  const app = await createApp(started.services, { hasStarted: () => true, check: async () => ({ ready: true }) })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
  close = async () => {
    await app.close()
    await started.close()
  }
  await plant({ ...world, url })
}, 60_000)
afterAll(async () => {
  await close()
  await world.close()
})

/** Puts a secret of its own into every place that takes one. */
async function plant(at: World): Promise<void> {
  const { ada } = world.acme
  const browser = await signedInAs(at, ada)
  secrets.set('the password', password)
  secrets.set('the cookie of a session', browser.cookie()!.split('=')[1]!)
  const webhook = await browser.api.createWebhook({ path, body: { url: 'https://hooks.example.eu/x', actions: [] } })
  secrets.set('the key of a webhook before its new one', webhook.secret.replace(/^whsec_/, ''))
  const rotated = await browser.api.rotateWebhookSecret({ path: { ...path, webhook: webhook.id } })
  secrets.set('the key of a webhook', rotated.secret.replace(/^whsec_/, ''))
  const room = 'https://hooks.slack.com/services/T0CANARY/B0CANARY/canaryOfSlack'
  const body = { kind: 'slack' as const, name: 'room', url: room, actions: [] }
  await browser.api.createIntegration({ path, body })
  secrets.set('the address of a chat room', 'canaryOfSlack')
  const { token } = await browser.api.createApiToken({ path, body: { name: 'canary' }, idempotencyKey: 'canary-token' })
  secrets.set('an API token', token)
  const { secret } = await browser.api.createTotp({ idempotencyKey: 'canary-totp' })
  secrets.set('the secret of an authenticator app', secret)
  const signup = { email: 'canary@signup.example', password: 'canaries sing behind seals', name: 'Canary Signup' }
  await browser.api.createSignup({ body: { ...signup, workspaceName: 'Canary Works' } })
  secrets.set('the name in a signup', 'Canary Signup')
  secrets.set('the password of a signup', signup.password)
  secrets.set('the code of a signup', await codeTo(world, signup.email))
  await browser.api.createPasswordReset({ body: { email: ada.email } })
  await sendWaitingResets(world.services)
  secrets.set('the code of a reset', await codeTo(world, ada.email))
  await browser.api.createPasswordReset({ body: { email: 'canary.reset@nowhere.example' } })
  secrets.set('the address of a reset', 'canary.reset@nowhere')
  await browser.api.createEmailChange({ body: { email: 'canary.change@new.example' } })
  secrets.set('the new address of a change', 'canary.change@new')
  const { items: roles } = await browser.api.listRoles({ path })
  await browser.api.createInvitation({ path, body: { email: 'invited@acme.example', roleId: roles[0]!.id } })
  // What goes wrong is where secrets like to slip out.
  await openBrowser(at)
    .api.signIn({ body: { email: ada.email, password: 'canary typed wrong' } })
    .catch(() => 0)
  secrets.set('a password that was typed wrong', 'canary typed wrong')
  await browser.api
    .createIntegration({ path, body: { ...body, url: 'https://evil.example/canaryRefused' } })
    .catch(() => 0)
  secrets.set('the address of a room that was refused', 'canaryRefused')
}

/** Every row of every table that a superuser can read, as text. */
async function dump(): Promise<string> {
  const tables = await world.superuser<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const rows: string[] = []
  for (const { name } of tables) {
    const found = await world.superuser<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`)
    rows.push(...found.map(({ row }) => `${name} ${row}`))
  }
  return rows.join('\n')
}

function found(text: string): string[] {
  const spellings = (secret: string) => [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(secret).toString('hex'),
  ]
  return [...secrets]
    .filter(([, secret]) =>
      /^\d{6}$/.test(secret)
        ? new RegExp(`\\b${secret}\\b`).test(text)
        : spellings(secret).some(each => text.includes(each)),
    )
    .map(([what]) => what)
}

test('no secret is anywhere in the database in clear, in base64 or in hex', async () => {
  const text = await dump()
  // The dump sees what lies in clear, so that it would see a secret too.
  expect(text).toContain('ada@acme.example')
  expect(secrets.size).toBeGreaterThan(12)
  expect(found(text)).toEqual([])
})

test('every column that is declared as sealed holds something in this test, and nothing but sealed text', async () => {
  const empty: string[] = []
  for (const { scope, table, column } of sealedColumns) {
    const schema = scope === 'platform' ? 'platform' : world.acme.schema
    const rows = await world.superuser<{ value: string }>(
      `select ${column} as value from ${schema}.${table} where ${column} is not null`,
    )
    if (rows.length === 0) empty.push(`${table}.${column}`)
    for (const { value } of rows) expect(value, `${table}.${column}`).toMatch(/^k\d+w?:gAAAAA/)
  }
  // These hold something for a moment only: while a workspace is made or an invitation mailed, or somebody signs on.
  expect(empty.toSorted()).toEqual([
    'audit_erasure.known',
    'invitation.token',
    'sign_on.client_secret',
    'sign_on_attempt.payload',
    'workspace.provisioning',
  ])
})

test('no secret is in the log, whatever its level', () => {
  expect(lines.length).toBeGreaterThan(10)
  expect(found(lines.join('\n'))).toEqual([])
})

test('no secret is in what an admin can read afterwards', async () => {
  const { api } = world.acme.ada
  const answers = [
    await api.listAuditEvents({ path, query: { limit: 200 } }),
    await api.listWebhooks({ path }),
    await api.listIntegrations({ path }),
    await api.listApiTokens({ path }),
    await api.listInvitations({ path }),
    await api.listMembers({ path }),
    await api.getWorkspace({ path }),
  ]
  expect(found(JSON.stringify(answers))).toEqual([])
})

test('the web client that is served has no key, secret or password in it', () => {
  const assets = join(import.meta.dirname, '../../web/dist/assets')
  expect(existsSync(assets), 'npm run build made it').toBe(true)
  for (const name of readdirSync(assets).filter(each => /\.(js|css|map)$/.test(each))) {
    const text = readFileSync(join(assets, name), 'utf8')
    expect(found(text), name).toEqual([])
    expect(text, name).not.toMatch(/KONTOR_KEYS|kontor_pat_[0-9A-Za-z]{36}|gAAAAA[A-Za-z0-9_-]{40}/)
  }
})
