import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#server/features/sessions/session-queries.ts'
import { bucketOf } from '#server/limits/rate-limit.ts'
import { readSettled } from '#tests/events/read-settled.ts'
import { mailsTo, openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let roleId: string
beforeAll(async () => {
  world = await createWorld()
  await world.prepareQueue()
  roleId = (await world.acme.ada.api.listRoles({ path })).items.find(role => role.builtin === 'member')!.id
})
afterAll(() => world.close())

const path = { workspace: 'acme' }
const person = { name: 'Noor Claes', password: 'quiet otters repaint lighthouses' }

async function invite(email: string): Promise<{ id: string; link: { workspace: string; token: string } }> {
  const invitation = await world.acme.ada.api.createInvitation({ path, body: { email, roleId } })
  const mail = (await mailsTo(world, email.toLowerCase())).at(-1)
  const [, workspace = '', token = ''] = mail?.text.match(/\/join\/([^/]+)\/([\w-]+)/) ?? []
  expect(JSON.stringify(invitation)).not.toContain(token)
  return { id: invitation.id, link: { workspace, token } }
}

test('an invitation makes an account and a member in one step, signed in', async () => {
  const { link } = await invite('Noor@acme.example')
  expect(await world.anyone.getOpenInvitation({ path: link })).toMatchObject({
    workspace: { name: 'Acme', slug: 'acme' },
    email: 'noor@acme.example',
    inviterName: 'Ada',
    hasAccount: false,
  })
  const browser = openBrowser(world)
  const { account, workspace } = await browser.api.acceptInvitation({ path: link, body: person })
  expect([account.email, workspace.slug]).toEqual(['noor@acme.example', 'acme'])
  expect((await browser.api.getMe({ path })).role.builtin).toBe('member')
  await expect(world.anyone.getOpenInvitation({ path: link })).rejects.toMatchObject({ status: 404 })
})

test('the token is stored hashed', async () => {
  const { link } = await invite('hashed@acme.example')
  const [row] = await world.superuser<{ text: string }>(
    `select string_agg(i::text, '') as text from ${world.acme.schema}.invitation i`,
  )
  expect(row?.text).not.toContain(link.token)
})

test('somebody with an account accepts signed in with the invited address, and nobody else can', async () => {
  const { link } = await invite(world.globex.hugo.email)
  await expect(world.anyone.acceptInvitation({ path: link, body: person })).rejects.toMatchObject({ status: 401 })
  const gina = await signedInAs(world, world.globex.gina)
  await expect(gina.api.acceptInvitation({ path: link, body: {} })).rejects.toMatchObject({
    status: 403,
    code: 'other-account',
  })
  const hugo = await signedInAs(world, world.globex.hugo)
  await hugo.api.acceptInvitation({ path: link, body: {} })
  expect((await hugo.api.listWorkspaces()).items.map(workspace => workspace.slug)).toEqual(['acme', 'globex'])
  expect((await hugo.api.getMe({ path })).member.name).toBe('Hugo')
})

test('an invitation that is accepted many times at once makes one member', async () => {
  const { link } = await invite('race@acme.example')
  const all = await Promise.allSettled(
    Array.from({ length: 8 }, () => openBrowser(world).api.acceptInvitation({ path: link, body: person })),
  )
  const refusals = all.flatMap(one => (one.status === 'rejected' ? [one.reason.status] : []))
  expect(refusals).toHaveLength(7)
  expect(refusals.filter(status => ![401, 404].includes(status))).toEqual([])
  expect(
    await world.superuser(
      `select count(*)::int as n from ${world.acme.schema}.member where email = 'race@acme.example'`,
    ),
  ).toEqual([{ n: 1 }])
  expect(
    await world.superuser("select count(*)::int as n from platform.account where email = 'race@acme.example'"),
  ).toEqual([{ n: 1 }])
})

test('inviting again renews: one invitation, the new link works and the old one does not', async () => {
  const first = await invite('again@acme.example')
  const second = await invite('again@acme.example')
  expect(second.id).toBe(first.id)
  await expect(world.anyone.getOpenInvitation({ path: first.link })).rejects.toMatchObject({ status: 404 })
  await world.anyone.getOpenInvitation({ path: second.link })
})

test('a revoked, expired or used link, and one of another workspace, lead nowhere', async () => {
  const revoked = await invite('revoked@acme.example')
  await world.acme.ada.api.deleteInvitation({ path: { ...path, invitation: revoked.id } })
  const expired = await invite('expired@acme.example')
  await world.superuser(`update ${world.acme.schema}.invitation set expires_at = now() where id = $1`, [expired.id])
  const elsewhere = { ...(await invite('elsewhere@acme.example')).link, workspace: 'globex' }
  const { link: used } = await invite('used@acme.example')
  await openBrowser(world).api.acceptInvitation({ path: used, body: person })
  const answers = await Promise.all(
    [revoked.link, expired.link, used, elsewhere, { workspace: 'nowhere', token: 'x' }].map(link =>
      world.anyone.acceptInvitation({ path: link, body: person }).catch(error => [error.status, error.message]),
    ),
  )
  expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject([404, expect.any(String)])
})

test('members, and those without the permission, cannot be invited or invite', async () => {
  const { ada, mia } = world.acme
  await expect(ada.api.createInvitation({ path, body: { email: mia.email, roleId } })).rejects.toMatchObject({
    status: 409,
    errors: [{ pointer: '/email' }],
  })
  await expect(mia.api.createInvitation({ path, body: { email: 'x@acme.example', roleId } })).rejects.toMatchObject({
    status: 403,
  })
  await expect(mia.api.listInvitations({ path })).rejects.toMatchObject({ status: 403 })
  const foreign = (await world.globex.gina.api.listRoles({ path: { workspace: 'globex' } })).items[2]!
  await expect(
    ada.api.createInvitation({ path, body: { email: 'x@acme.example', roleId: foreign.id } }),
  ).rejects.toMatchObject({ status: 404, errors: [{ pointer: '/roleId' }] })
})

test('a weak password or a missing field is refused and leaves the invitation open', async () => {
  const { link } = await invite('weak@acme.example')
  await expect(
    world.anyone.acceptInvitation({ path: link, body: { name: 'Weak', password: 'short' } }),
  ).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/password' }] })
  await expect(
    world.anyone.acceptInvitation({ path: link, body: { password: person.password } }),
  ).rejects.toMatchObject({ status: 400, errors: [{ pointer: '/name' }] })
  await openBrowser(world).api.acceptInvitation({ path: link, body: person })
})

test('who comes by an invitation is signed in by it, speaks the language of their browser, and is told of in the history', async () => {
  const { link } = await invite('event@acme.example')
  const browser = openBrowser(world, { 'Accept-Language': 'fr-BE,fr;q=0.9,en;q=0.1' })
  const { account } = await browser.api.acceptInvitation({ path: link, body: person })
  expect(account.language).toBe('fr')
  expect(await world.superuser('select method from platform.session where account_id = $1', [account.id])).toEqual([
    { method: 'invitation' },
  ])
  expect(
    await world.superuser('select kind, details from platform.account_event where account_id = $1', [account.id]),
  ).toEqual([{ kind: 'signed_up', details: { method: 'invitation' } }])
})

test("a session of a workspace's identity provider accepts nothing, whoever's it is", async () => {
  const { gina } = world.globex
  const { link } = await invite(gina.email)
  const { services, globex } = world
  const request = { address: '127.0.0.1', userAgent: '' }
  const proof = { method: 'single_sign_on', workspaceId: globex.id } as const
  const token = await startSession(services, services.platform.db, gina.accountId, request, proof)
  const bound = openBrowser(world, { Cookie: `kontor=${token}` })
  await expect(bound.api.acceptInvitation({ path: link, body: {} })).rejects.toMatchObject({
    status: 403,
    code: 'workspace-session',
  })
  await world.anyone.getOpenInvitation({ path: link })
})

test('a link that is renewed while it is being accepted gives nothing, least of all the old role', async () => {
  const { id, link } = await invite('renewed@acme.example')
  const superuser = new pg.Client(world.server.admin)
  await superuser.connect()
  await superuser.query('begin')
  const renew = `update ${world.acme.schema}.invitation set token_hash = '\\x00' where id = $1`
  await superuser.query(renew, [id])
  const accepting = openBrowser(world).api.acceptInvitation({ path: link, body: person })
  const refused = expect(accepting).rejects.toMatchObject({ status: 404 })
  const blocked = "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and usename = $1"
  await expect.poll(() => world.superuser(blocked, [world.acme.schema])).toEqual([{ n: 1 }])
  await superuser.query('commit')
  await superuser.end()
  await refused
})

test('an invitation that does not come to be is not mailed', async () => {
  const { schema, ada } = world.acme
  await world.superuser(
    `create function ${schema}.refuse() returns trigger language plpgsql as $$ begin
      if new.email = 'undone@acme.example' then raise exception using errcode = '55P03'; end if; return null; end $$`,
  )
  await world.superuser(
    `create constraint trigger refuse after insert on ${schema}.invitation deferrable initially deferred
      for each row execute function ${schema}.refuse()`,
  )
  const body = { email: 'undone@acme.example', roleId }
  await expect(ada.api.createInvitation({ path, body })).rejects.toMatchObject({ status: 503 })
  await world.superuser(`drop trigger refuse on ${schema}.invitation`)
  await readSettled(world)
  expect(await mailsTo(world, body.email)).toEqual([])
})

test('an invitation whose mail could not be written at once is mailed by the reader of events, once', async () => {
  const { ada } = world.acme
  const email = 'late@acme.example'
  await world.superuser('alter table platform.mail rename to mail_gone')
  await ada.api.createInvitation({ path, body: { email, roleId } })
  await world.superuser('alter table platform.mail_gone rename to mail')
  expect(await mailsTo(world, email)).toEqual([])
  for (let count = 0; count < 2; count++) await readSettled(world)
  const mails = await mailsTo(world, email)
  expect(mails).toHaveLength(1)
  const token = mails[0]?.text.match(/\/join\/acme\/([\w-]+)/)?.[1] ?? ''
  await world.anyone.getOpenInvitation({ path: { workspace: 'acme', token } })
})

test('once it is mailed, nothing of the link is kept, and the history never had it', async () => {
  const { schema, ada } = world.acme
  const { id, link } = await invite('forgotten@acme.example')
  expect(await world.superuser(`select token from ${schema}.invitation where id = $1`, [id])).toEqual([{ token: null }])
  const { items } = await ada.api.listAuditEvents({ path, query: { entityId: id } })
  expect(items.map(({ action }) => action)).toEqual(['invitation.created'])
  expect(Object.keys(items[0]!.changes).toSorted()).toEqual(['email', 'expiresAt', 'inviterId', 'roleId', 'tokenHash'])
  expect(JSON.stringify(items)).not.toContain(link.token)
})

test('the mail speaks the language of the invited, or else of whoever invites', async () => {
  const speak = (email: string, language: string) =>
    world.superuser('update platform.account set language = $2 where email = $1', [email, language])
  await speak(world.acme.ada.email, 'nl')
  await invite('nieuw@acme.example')
  const [dutch] = await mailsTo(world, 'nieuw@acme.example')
  expect(dutch?.subject).toBe('Uitnodiging voor “Acme” op Kontor')
  expect(dutch?.html).toContain('lang="nl"')
  await world.superuser(
    "insert into platform.account (id, email, name, language) values (gen_random_uuid(), 'neu@acme.example', 'Neu', 'de')",
  )
  await invite('neu@acme.example')
  expect((await mailsTo(world, 'neu@acme.example'))[0]?.subject).toBe('Einladung zu „Acme“ auf Kontor')
  await speak(world.acme.ada.email, 'en')
})

test('a workspace with the name of a bank and an address leads nobody there', async () => {
  const { schema } = world.acme
  await world.superuser(`update ${schema}.workspace set name = $1`, [
    'Your bank: click http://evil.example now\r\nBcc: x',
  ])
  await world.superuser(`update ${schema}.member set name = 'www.evil.example/' || repeat('x', 100) where name = 'Ada'`)
  await invite('phished@acme.example')
  await world.superuser(`update ${schema}.workspace set name = 'Acme'`)
  await world.superuser(`update ${schema}.member set name = 'Ada' where id = $1`, [world.acme.ada.memberId])
  const [mail] = await mailsTo(world, 'phished@acme.example')
  expect(mail?.subject).toBe('Join “Your bank: click … now Bcc: x” on Kontor')
  expect(`${mail?.text}${mail?.html}`).not.toContain('evil')
  const links = [...(mail?.html ?? '').matchAll(/href="([^"]*)"/g)].map(([, link]) => new URL(link!).pathname)
  expect(links).toEqual([expect.stringMatching(/^\/join\/acme\//)])
})

test('one address is invited five times in 24 hours, and then not again', async () => {
  const { ada } = world.acme
  const body = { email: 'much@acme.example', roleId }
  for (let count = 0; count < 5; count++) await ada.api.createInvitation({ path, body })
  const error = await ada.api.createInvitation({ path, body }).catch(refusal => refusal)
  expect(error).toMatchObject({ status: 429, code: 'too-many-requests' })
  expect(await mailsTo(world, body.email)).toHaveLength(5)
  await ada.api.createInvitation({ path, body: { ...body, email: 'other@acme.example' } })
})

test('a workspace that sent 200 invitations in 24 hours sends no more, and a repetition of a request counts once', async () => {
  const { ada, id } = world.acme
  const bucket = bucketOf('invitations', 'workspace', id)
  await world.superuser(
    `update platform.rate_limit set hits = array(select now() from generate_series(1, 199)), expires_at = now() + interval '1 day'
      where bucket = $1`,
    [bucket],
  )
  const idempotencyKey = 'the-200th'
  const last = { path, body: { email: 'last@acme.example', roleId }, idempotencyKey }
  const first = await ada.api.createInvitation(last)
  expect(await ada.api.createInvitation(last)).toEqual(first)
  expect(await mailsTo(world, last.body.email)).toHaveLength(1)
  const one = { path, body: { email: 'toomany@acme.example', roleId } }
  await expect(ada.api.createInvitation(one)).rejects.toMatchObject({ status: 429 })
  expect(await mailsTo(world, one.body.email)).toEqual([])
  const elsewhere = (await world.globex.gina.api.listRoles({ path: { workspace: 'globex' } })).items[2]!
  await world.globex.gina.api.createInvitation({
    path: { workspace: 'globex' },
    body: { email: 'fine@globex.example', roleId: elsewhere.id },
  })
})
