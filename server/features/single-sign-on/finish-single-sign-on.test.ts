import { afterAll, beforeAll, expect, test } from 'vitest'
import { tellSecurityEvents } from '#server/features/security-events/tell-security-events.ts'
import { openBrowser, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, password, type World } from '#tests/setup/world.ts'
import { connect, publicUrl, signInAt } from '#tests/sign-on/connect.ts'
import {
  client,
  type IdentityProvider,
  startIdentityProvider,
  type Visitor,
  visit,
} from '#tests/sign-on/identity-provider.ts'

let world: World
let provider: IdentityProvider
let roleId: string
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_PUBLIC_URL: publicUrl, KONTOR_TEST_CLOCK: '2026-11-02T10:00:00Z' } })
  await world.prepareQueue()
  provider = await startIdentityProvider({ publicUrl })
  roleId = await connect(world, 'acme', world.acme.ada, provider)
})
afterAll(async () => {
  await provider.close()
  await world.close()
})

const path = { workspace: 'acme' }
const visitorOf = (name: string, domain = 'acme.example'): Visitor => ({
  sub: `sub-${name}`,
  email: `${name}@${domain}`,
  email_verified: true,
  name: `${name} of the provider`,
})
const membersWith = (email: string) =>
  world.superuser<{ id: string; role_id: string; account_id: string }>(
    `select id, role_id, account_id from ${world.acme.schema}.member where email = $1`,
    [email],
  )
const refusedWith = (problem: string) => `${publicUrl}/signin?problem=${problem}&workspace=acme`

test('somebody new comes in as a member with the default role, and with an account without a password', async () => {
  const { location, browser, response } = await signInAt(world, provider, visitorOf('noor'))
  expect([response.status, location]).toEqual([303, `${publicUrl}/w/acme`])
  const { member, role } = await browser.api.getMe({ path })
  expect([member.name, member.email, role.id]).toEqual(['noor of the provider', 'noor@acme.example', roleId])
  const [account] = await world.superuser<{ password_hash: string | null }>(
    'select password_hash from platform.account where email = $1',
    ['noor@acme.example'],
  )
  expect(account).toEqual({ password_hash: null })
  const { items } = await world.acme.ada.api.listAuditEvents({ path, query: { entityId: member.id } })
  expect(items.map(({ action }) => action)).toContain('member.created')
  await expect(openBrowser(world).api.signIn({ body: { email: 'noor@acme.example', password } })).rejects.toMatchObject(
    { code: 'wrong-credentials' },
  )
})

test('somebody with an account comes in as the member they are, with the role they have', async () => {
  const { location, browser } = await signInAt(world, provider, visitorOf('max'), {
    email: 'Max@acme.example',
    returnTo: '/w/acme/members?q=a#top',
  })
  expect(location).toBe(`${publicUrl}/w/acme/members?q=a#top`)
  const { member, role } = await browser.api.getMe({ path })
  expect([member.id, role.builtin, member.name]).toEqual([world.acme.max.memberId, 'manager', 'Max'])
  // Their own password goes on as it did.
  await signedInAs(world, world.acme.max)
})

test('whoever came once is known by the subject, whatever has become of the address', async () => {
  const first = await signInAt(world, provider, { ...visitorOf('jan'), sub: 'sub-of-jan' })
  const { member } = await first.browser.api.getMe({ path })
  const second = await signInAt(world, provider, { ...visitorOf('jan.peeters'), sub: 'sub-of-jan' })
  expect((await second.browser.api.getMe({ path })).member.id).toBe(member.id)
  expect(await membersWith('jan.peeters@acme.example')).toEqual([])
})

test('the way there uses PKCE, a nonce and a state, and neither of them stands in the database', async () => {
  const { url } = await openBrowser(world).api.startSingleSignOn({ body: { email: 'mia@acme.example' } })
  const asked = Object.fromEntries(new URL(url).searchParams)
  expect(asked).toMatchObject({
    client_id: client.clientId,
    redirect_uri: `${publicUrl}/api/single-sign-on/callback`,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge_method: 'S256',
    login_hint: 'mia@acme.example',
  })
  expect([asked.state, asked.nonce, asked.code_challenge].map(text => text!.length)).toEqual([43, 43, 43])
  const [row] = await world.superuser<{ text: string }>(
    "select string_agg(a::text, '') as text from platform.sign_on_attempt a",
  )
  for (const secret of [asked.state!, asked.nonce!]) expect(row?.text).not.toContain(secret)
})

test('a code that was asked for with another PKCE challenge is worth nothing, and without one there is none', async () => {
  const stolen = openBrowser(world)
  provider.expect(visitorOf('mia'))
  const { url } = await stolen.api.startSingleSignOn({ body: path })
  const challenged = new URL(url)
  challenged.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  const back = await visit(challenged.href, provider.issuer)
  const response = await stolen.open(back.pathname + back.search)
  expect(response.headers.get('location')).toBe(refusedWith('sign-on-failed'))
  challenged.searchParams.delete('code_challenge')
  challenged.searchParams.delete('code_challenge_method')
  expect((await visit(challenged.href, provider.issuer)).searchParams.get('error')).toBe('invalid_request')
})

test('a session of the provider enters its workspace only, and changes nothing about the account', async () => {
  const memberId = '01890a5d-ac96-774b-bcce-b302099a8057'
  const { schema } = world.globex
  await world.superuser(
    `insert into ${schema}.member (id, account_id, email, name, role_id)
     select $1, $2, 'mia@acme.example', 'Mia', id from ${schema}.role where builtin = 'member'`,
    [memberId, world.acme.mia.accountId],
  )
  await world.superuser('insert into platform.membership (account_id, workspace_id, member_id) values ($1, $2, $3)', [
    world.acme.mia.accountId,
    world.globex.id,
    memberId,
  ])
  const own = await signedInAs(world, world.acme.mia)
  await own.api.getMe({ path: { workspace: 'globex' } })
  const { browser } = await signInAt(world, provider, visitorOf('mia'))
  expect((await browser.api.getMe({ path })).member.id).toBe(world.acme.mia.memberId)
  await expect(browser.api.getMe({ path: { workspace: 'globex' } })).rejects.toMatchObject({ status: 404 })
  const changes = [
    () => browser.api.updateAccount({ body: { name: 'Mallory' } }),
    () =>
      browser.api.changePassword({ body: { currentPassword: password, password: 'quiet otters repaint lighthouses' } }),
    () => browser.api.createWorkspace({ body: { name: 'Mine' } }),
  ]
  for (const change of changes) await expect(change()).rejects.toMatchObject({ status: 403, code: 'workspace-session' })
  expect((await browser.api.getSession()).workspaces.map(({ slug }) => slug)).toEqual(['acme'])
  expect((await browser.api.listWorkspaces()).items.map(({ slug }) => slug)).toEqual(['acme'])
})

test('whoever comes back a day later signs in again', async () => {
  const { browser } = await signInAt(world, provider, visitorOf('tom'))
  world.setClock('2026-11-03T09:59:00Z')
  await browser.api.getMe({ path })
  world.setClock('2026-11-03T10:00:01Z')
  await expect(browser.api.getMe({ path })).rejects.toMatchObject({ status: 401 })
  world.setClock('2026-11-02T10:00:00Z')
})

test('the sign-in stands in the history of the workspace, with its method', async () => {
  await signInAt(world, provider, visitorOf('gus'))
  await tellSecurityEvents(world.services)
  const { items } = await world.acme.ada.api.listAuditEvents({ path, query: { entityId: world.acme.gus.memberId } })
  expect(items.find(({ action }) => action === 'member.signed_in')?.changes).toMatchObject({
    method: { to: 'single_sign_on' },
  })
})

test('the session that the browser had before ends', async () => {
  const browser = await signedInAs(world, world.acme.tom)
  const before = browser.cookie()!
  provider.expect(visitorOf('tom'))
  const { url } = await browser.api.startSingleSignOn({ body: path })
  const back = await visit(url, provider.issuer)
  await browser.open(back.pathname + back.search)
  expect(browser.cookie()).not.toBe(before)
  await expect(openBrowser(world, { Cookie: before }).api.getSession()).rejects.toMatchObject({ status: 401 })
})

test('a deactivated member stays out', async () => {
  const { api } = world.acme.ada
  const { browser } = await signInAt(world, provider, visitorOf('lena'))
  const { member } = await browser.api.getMe({ path })
  await api.updateMember({ path: { ...path, member: member.id }, body: { active: false } })
  const again = await signInAt(world, provider, visitorOf('lena'))
  expect(again.location).toBe(refusedWith('member-inactive'))
  expect(again.browser.cookie()).toBeUndefined()
})

test('an open invitation decides on the role and is used up; an expired one decides nothing', async () => {
  const { api } = world.acme.ada
  const { items } = await api.listRoles({ path })
  const guest = items.find(({ builtin }) => builtin === 'guest')!
  for (const name of ['invited', 'late'])
    await api.createInvitation({ path, body: { email: `${name}@acme.example`, roleId: guest.id } })
  await world.superuser(
    `update ${world.acme.schema}.invitation set expires_at = '2026-11-02T10:00:00Z' where email = 'late@acme.example'`,
  )
  const [invited, late] = [
    await signInAt(world, provider, visitorOf('invited')),
    await signInAt(world, provider, visitorOf('late')),
  ]
  expect((await invited.browser.api.getMe({ path })).role.id).toBe(guest.id)
  expect((await late.browser.api.getMe({ path })).role.id).toBe(roleId)
  expect((await api.listInvitations({ path })).items).toEqual([])
})

test('callbacks at once make one account and one member', async () => {
  provider.expect(visitorOf('race'))
  const arrivals = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const browser = openBrowser(world)
      const { url } = await browser.api.startSingleSignOn({ body: path })
      return { browser, back: await visit(url, provider.issuer) }
    }),
  )
  const answers = await Promise.all(arrivals.map(({ browser, back }) => browser.open(back.pathname + back.search)))
  expect(answers.map(answer => answer.headers.get('location'))).toEqual(answers.map(() => `${publicUrl}/w/acme`))
  const members = await Promise.all(arrivals.map(({ browser }) => browser.api.getMe({ path })))
  expect(new Set(members.map(({ member }) => member.id)).size).toBe(1)
  expect(await membersWith('race@acme.example')).toHaveLength(1)
  const accounts = await world.superuser("select id from platform.account where email = 'race@acme.example'")
  expect(accounts).toHaveLength(1)
})

test('an address that the provider has not confirmed, and one outside of its domains, come in nowhere', async () => {
  const people: [Visitor, string][] = [
    [{ ...visitorOf('eve'), email_verified: false }, 'email-unverified'],
    [{ sub: 'sub-eve', email: 'eve@acme.example' }, 'email-unverified'],
    [{ sub: 'sub-eve', name: 'Eve' }, 'email-missing'],
    [visitorOf('eve', 'evil.example'), 'domain-unverified'],
    [visitorOf('eve', 'sub.acme.example'), 'domain-unverified'],
    // A provider cannot bring people of a domain that another workspace has shown to be its own.
    [visitorOf('gina', 'globex.example'), 'domain-unverified'],
  ]
  await world.superuser(
    "insert into platform.sign_on_domain (workspace_id, domain, token, verified_at) values ($1, 'globex.example', 'x', now())",
    [world.globex.id],
  )
  for (const [visitor, problem] of people) {
    const { location, browser } = await signInAt(world, provider, visitor)
    expect([location, browser.cookie()]).toEqual([refusedWith(problem), undefined])
  }
  expect(await world.superuser("select from platform.account where email like 'eve@%'")).toEqual([])
})

test('a callback counts once, in the browser that began, within ten minutes', async () => {
  const { browser, back } = await signInAt(world, provider, visitorOf('mia'))
  const address = back.pathname + back.search
  const expired = `${publicUrl}/signin?problem=sign-on-expired`
  expect((await browser.open(address)).headers.get('location')).toBe(expired)

  provider.expect(visitorOf('mia'))
  const [mine, other] = [openBrowser(world), openBrowser(world)]
  const { url } = await mine.api.startSingleSignOn({ body: path })
  await other.api.startSingleSignOn({ body: path })
  const forged = await visit(url, provider.issuer)
  // What a stranger began elsewhere signs nobody in here, and is still good where it was begun.
  expect((await other.open(forged.pathname + forged.search)).headers.get('location')).toBe(expired)
  expect(other.cookie()).toBeUndefined()
  expect((await mine.open(`${forged.pathname}?code=x`)).headers.get('location')).toBe(expired)
  expect((await mine.open(forged.pathname + forged.search)).headers.get('location')).toBe(`${publicUrl}/w/acme`)

  const late = openBrowser(world)
  const start = await late.api.startSingleSignOn({ body: path })
  const lateBack = await visit(start.url, provider.issuer)
  world.setClock('2026-11-02T10:10:00Z')
  expect((await late.open(lateBack.pathname + lateBack.search)).headers.get('location')).toBe(expired)
  world.setClock('2026-11-02T10:00:00Z')
})

test('a state or an issuer that is not the one that was asked ends at the sign-in page', async () => {
  provider.expect(visitorOf('mia'))
  const attack = async (change: (parameters: URLSearchParams) => void) => {
    const browser = openBrowser(world)
    const { url } = await browser.api.startSingleSignOn({ body: path })
    const back = await visit(url, provider.issuer)
    change(back.searchParams)
    const response = await browser.open(back.pathname + back.search)
    expect(browser.cookie()).toBeUndefined()
    return response.headers.get('location')
  }
  expect(await attack(parameters => parameters.set('state', 'x'.repeat(43)))).toContain('problem=sign-on-expired')
  expect(await attack(parameters => parameters.set('iss', 'https://evil.example'))).toBe(refusedWith('sign-on-failed'))
  expect(await attack(parameters => parameters.set('code', 'made-up'))).toBe(refusedWith('sign-on-failed'))
  expect(await attack(parameters => parameters.delete('code'))).toBe(refusedWith('sign-on-failed'))
})

test('whoever the provider turns away comes back to the sign-in page', async () => {
  expect((await signInAt(world, provider, undefined)).location).toBe(refusedWith('sign-on-refused'))
})

test('a member whose address another account holds is nobody else’s', async () => {
  const { schema } = world.acme
  await world.superuser(`update ${schema}.member set email = 'held@acme.example' where id = $1`, [
    world.acme.gus.memberId,
  ])
  expect((await signInAt(world, provider, visitorOf('held'))).location).toBe(refusedWith('address-taken'))
})
