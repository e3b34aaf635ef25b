import { afterAll, beforeAll, expect, test } from 'vitest'
import { finishProvisioning } from '#server/features/workspaces/index.ts'
import { sendMail } from '#server/mail/send-mail.ts'
import { codeTo, mailsTo, openBrowser } from '#tests/setup/browser.ts'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const wish = (email: string, workspaceName = 'Blue Door') => ({
  email,
  password: 'quiet otters repaint lighthouses',
  name: 'Nora',
  workspaceName,
})
const rejected = { status: 422, code: 'code-rejected' }

test('a signup that is confirmed makes an account and a workspace with its admin, and signs in', async () => {
  const browser = openBrowser(world)
  const signup = await browser.api.createSignup({ body: wish('Nora@Blue.example') })
  expect(browser.cookie()).toBeUndefined()
  const code = await codeTo(world, 'nora@blue.example')
  const { account, workspace } = await browser.api.confirmSignup({ path: { signup: signup.id }, body: { code } })
  expect(account).toMatchObject({ email: 'nora@blue.example', name: 'Nora' })
  expect(workspace).toMatchObject({ name: 'Blue Door', slug: 'blue-door' })
  const me = await browser.api.getMe({ path: { workspace: 'blue-door' } })
  expect([me.member.name, me.role.builtin]).toEqual(['Nora', 'admin'])
})

test('what was typed is stored sealed, and the code as a password hash', async () => {
  const { id } = await world.anyone.createSignup({ body: wish('sealed@blue.example', 'Sealed') })
  const [row] = await world.superuser<{ payload: string; code_hash: string }>(
    'select payload, code_hash from platform.signup where id = $1',
    [id],
  )
  expect(row?.payload).toMatch(/^k1:gAAAAA/)
  expect(row?.code_hash).toMatch(/^\$argon2id\$/)
})

test('the answer is the same for an address that has an account, and its owner is told by mail', async () => {
  const answers = await Promise.all(
    [world.acme.mia.email, 'unknown@blue.example'].map(async email => {
      const response = await fetch(`${world.url}/api/signups`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(wish(email)),
      })
      const fields = Object.keys((await response.json()) as object)
      return {
        status: response.status,
        fields,
        headers: [...response.headers.keys()].sort(),
        length: response.headers.get('content-length'),
      }
    }),
  )
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]).toMatchObject({ status: 202, fields: ['id', 'expiresAt'] })
  const [mail] = await mailsTo(world, world.acme.mia.email)
  expect(mail?.subject).toContain('already have')
  expect(mail?.text).not.toMatch(/\b\d{6}\b/)
})

test('a signup with a known address cannot be confirmed, not even with the right code', async () => {
  const first = await world.anyone.createSignup({ body: wish('twice@blue.example', 'Twice') })
  const firstCode = await codeTo(world, 'twice@blue.example')
  const second = await world.anyone.createSignup({ body: wish('twice@blue.example', 'Twice') })
  const secondCode = await codeTo(world, 'twice@blue.example')
  await openBrowser(world).api.confirmSignup({ path: { signup: first.id }, body: { code: firstCode } })
  await expect(
    world.anyone.confirmSignup({ path: { signup: second.id }, body: { code: secondCode } }),
  ).rejects.toMatchObject(rejected)
})

test('of 20 guesses at once exactly 5 are looked at, and then the right code is refused too', async () => {
  const { id } = await world.anyone.createSignup({ body: wish('guess@blue.example', 'Guess') })
  const code = await codeTo(world, 'guess@blue.example')
  const wrong = code === '000000' ? '111111' : '000000'
  const guesses = await Promise.allSettled(
    Array.from({ length: 20 }, () => world.anyone.confirmSignup({ path: { signup: id }, body: { code: wrong } })),
  )
  // A machine that is busy turns some away, and they do not count.
  const answers = new Set(guesses.map(guess => (guess.status === 'rejected' ? guess.reason.code : 'taken')))
  expect([...answers].filter(answer => answer !== 'busy')).toEqual(['code-rejected'])
  expect(await world.superuser('select attempts from platform.signup where id = $1', [id])).toEqual([{ attempts: 5 }])
  await expect(world.anyone.confirmSignup({ path: { signup: id }, body: { code } })).rejects.toMatchObject(rejected)
})

test('wrong, expired, used-up and unknown codes get one answer', async () => {
  const { id } = await world.anyone.createSignup({ body: wish('late@blue.example', 'Late') })
  const code = await codeTo(world, 'late@blue.example')
  await world.superuser("update platform.signup set expires_at = now() - interval '1 second' where id = $1", [id])
  const unknown = '01890a5d-ac96-774b-bcce-b302099a8057'
  const [expired, missing] = await Promise.all(
    [id, unknown].map(signup => world.anyone.confirmSignup({ path: { signup }, body: { code } }).catch(error => error)),
  )
  expect([expired.code, expired.message, missing.code]).toEqual(['code-rejected', missing.message, 'code-rejected'])
})

test('confirming many times at once makes one account and one workspace', async () => {
  const { id } = await world.anyone.createSignup({ body: wish('once@blue.example', 'Once Only') })
  const code = await codeTo(world, 'once@blue.example')
  const all = await Promise.allSettled(
    Array.from({ length: 5 }, () => openBrowser(world).api.confirmSignup({ path: { signup: id }, body: { code } })),
  )
  expect(all.filter(one => one.status === 'fulfilled')).toHaveLength(1)
  expect(
    await world.superuser("select count(*)::int as n from platform.account where email = 'once@blue.example'"),
  ).toEqual([{ n: 1 }])
  expect(await world.superuser("select count(*)::int as n from platform.workspace where name = 'Once Only'")).toEqual([
    { n: 1 },
  ])
  await expect(world.anyone.confirmSignup({ path: { signup: id }, body: { code } })).rejects.toMatchObject(rejected)
})

test('a slug that is taken or kept for the server is refused at signup; one made of the name gets a number', async () => {
  for (const workspaceSlug of ['acme', 'api']) {
    const asked = world.anyone.createSignup({ body: { ...wish('slug@blue.example'), workspaceSlug } })
    await expect(asked).rejects.toMatchObject({ status: 409, errors: [{ pointer: '/workspaceSlug' }] })
  }
  const { id } = await world.anyone.createSignup({ body: wish('slug@blue.example', 'Acmé!') })
  const { workspace } = await openBrowser(world).api.confirmSignup({
    path: { signup: id },
    body: { code: await codeTo(world, 'slug@blue.example') },
  })
  expect(workspace.slug).toBe('acme-2')
})

test('a password that the rules forbid is refused at its field', async () => {
  const asked = world.anyone.createSignup({ body: { ...wish('weak@blue.example'), password: 'too short' } })
  await expect(asked).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/password' }] })
})

test('killed between account and workspace, the person can sign in and the schedule makes the workspace', async () => {
  const browser = openBrowser(world)
  const { id } = await browser.api.createSignup({ body: wish('killed@blue.example', 'Half Made') })
  await browser.api.confirmSignup({ path: { signup: id }, body: { code: await codeTo(world, 'killed@blue.example') } })
  const { db } = world.services.platform
  const made = await db.selectFrom('workspace').selectAll().where('slug', '=', 'half-made').executeTakeFirstOrThrow()
  const { member_id: memberId, account_id: accountId } = await db
    .selectFrom('membership')
    .selectAll()
    .where('workspace_id', '=', made.id)
    .executeTakeFirstOrThrow()
  const admin = { memberId, accountId, email: 'killed@blue.example', name: 'Nora' }
  const seed = {
    id: made.id,
    slug: made.slug,
    name: made.name,
    plan: made.plan,
    schema: made.schema,
    loginKey: made.login_key,
    admin,
  }
  const provisioning = world.services.sealer.seal(
    { workspace: 'platform', column: 'workspace.provisioning', row: made.id },
    JSON.stringify(seed),
  )
  await world.superuser(`drop schema ${made.schema} cascade`)
  await world.superuser(`drop role ${made.schema}`)
  await world.superuser('delete from platform.membership where workspace_id = $1', [made.id])
  await world.superuser(
    "update platform.workspace set status = 'creating', provisioning = $2, created_at = now() - interval '2 minutes' where id = $1",
    [made.id, provisioning],
  )
  expect((await browser.api.getSession()).workspaces).toEqual([])
  await finishProvisioning(world.services)
  expect((await browser.api.getSession()).workspaces.map(workspace => workspace.slug)).toEqual(['half-made'])
  expect((await browser.api.getMe({ path: { workspace: 'half-made' } })).role.builtin).toBe('admin')
})

test('the mail with the code goes out, and its content is gone after', async () => {
  await world.anyone.createSignup({ body: wish('mail@blue.example', 'Mail') })
  const rows = await world.services.platform.db.selectFrom('mail').select('id').orderBy('id', 'desc').limit(1).execute()
  await sendMail(world.services, rows[0]!.id)
  expect(await mailsTo(world, 'mail@blue.example')).toEqual([])
})
