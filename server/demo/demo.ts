import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashPassword } from '#server/crypto/password.ts'
import { fillStudio } from '#server/demo/fill-studio.ts'
import { passphrase } from '#server/demo/passphrase.ts'
import { everybody, people, type Who } from '#server/demo/studio.ts'
import { insertAccount } from '#server/features/accounts/account-queries.ts'
import { addMember } from '#server/features/members/add-member.ts'
import { createWorkspaceFor } from '#server/features/workspaces/create-workspace-for.ts'
import { deleteWorkspaceNow } from '#server/features/workspaces/delete-workspace-for.ts'
import type { Services } from '#server/services.ts'

const slug = 'demo'

/**
 * Makes the demo workspace of an installation that is empty, and says how to sign in; undefined where there is no
 * demo. A file marks a demo that is being made, and takes its name when all is there: what a killed start left is
 * removed and made anew.
 */
export async function ensureDemo(services: Services): Promise<string | undefined> {
  const { dataDir } = services.config
  const file = join(dataDir, 'demo-sign-in')
  const begun = `${file}.part`
  if (existsSync(file)) return (await findDemo(services)) && readFileSync(file, 'utf8').trim()
  if (existsSync(begun) && (await isOurs(services))) await removeDemo(services)
  if (!(await isEmpty(services))) {
    await rm(begun, { force: true })
    return undefined
  }
  const secret = passphrase()
  const text = welcome(services, secret)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(begun, `${text}\n`, { mode: 0o600 })
  await makeDemo(services, secret)
  await rename(begun, file)
  return text
}

const emailOf = (who: Who) => `${who}@demo.example`

function welcome({ config: { publicUrl, host, port } }: Services, secret: string): string {
  const url = publicUrl?.origin ?? `http://${host}:${port}`
  const others = everybody.slice(1).map(who => `${emailOf(who)} (${people[who].role})`)
  return `Demo workspace: ${url}  sign in as ${emailOf('ada')} with ${secret}  (others: ${others.join(', ')})`
}

function findDemo({ platform }: Services) {
  return platform.db
    .selectFrom('workspace')
    .select(['id', 'schema', 'status'])
    .where('slug', '=', slug)
    .executeTakeFirst()
}

async function isEmpty({ platform }: Services): Promise<boolean> {
  const workspace = await platform.db.selectFrom('workspace').select('id').limit(1).executeTakeFirst()
  const account = await platform.db.selectFrom('account').select('id').limit(1).executeTakeFirst()
  return !workspace && !account
}

/** Nobody but the people of the demo has an account, so whatever is there is the demo's. */
async function isOurs({ platform }: Services): Promise<boolean> {
  const others = platform.db.selectFrom('account').select('id').where('email', 'not in', everybody.map(emailOf))
  return (await others.limit(1).executeTakeFirst()) === undefined
}

async function removeDemo(services: Services): Promise<void> {
  const unfinished = await findDemo(services)
  if (unfinished) await deleteWorkspaceNow(services, slug)
  await services.platform.db.deleteFrom('account').where('email', 'in', everybody.map(emailOf)).execute()
}

async function makeDemo(services: Services, secret: string): Promise<void> {
  // Everybody has the same passphrase, so one hash does: a hash each would take longer than all the rest.
  const passwordHash = await hashPassword(secret)
  for (const who of everybody) {
    await insertAccount(services.platform.db, { email: emailOf(who), name: people[who].name, passwordHash })
  }
  const { id: accountId } = await services.platform.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', emailOf('ada'))
    .executeTakeFirstOrThrow()
  const owner = { accountId, email: emailOf('ada'), name: people.ada.name }
  const { id, schema, loginKey, admin } = await createWorkspaceFor(services, {
    name: 'Studio Noordzee',
    slug,
    plan: 'business',
    owner,
  })
  const workspace = { id, slug, schema, loginKey }
  const memberIds: Partial<Record<Who, string>> = { ada: admin.memberId }
  for (const who of everybody) {
    if (who === 'ada') continue
    const { memberId } = await addMember(services, workspace, {
      email: emailOf(who),
      name: people[who].name,
      role: people[who].role,
      password: secret,
    })
    memberIds[who] = memberId
  }
  await fillStudio(services, workspace, memberIds as Record<Who, string>)
  services.events.wake(schema)
}
