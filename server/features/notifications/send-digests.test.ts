import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeMorningRound } from '#server/features/notifications/make-morning-round.ts'
import type { Mail } from '#server/mail/mail.ts'
import { readSettled } from '#tests/events/read-settled.ts'
import { mailsTo, signedInAs } from '#tests/setup/browser.ts'
import { createWorld, type Person, type World } from '#tests/setup/world.ts'

const path = { workspace: 'acme' }
const never = new AbortController().signal
let world: World
let projectId: string
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_PUBLIC_URL: 'https://kontor.example.eu' } })
  await world.prepareQueue()
  projectId = (await world.acme.ada.api.createProject({ path, body: { name: 'Website', key: 'WEB' } })).id
})
beforeEach(async () => {
  await world.superuser(`delete from ${world.acme.schema}.notification`)
  await world.superuser('delete from platform.mail')
})
afterAll(() => world.close())

const read = () => readSettled(world)
const round = () => makeMorningRound(world.services, { workspaceId: world.acme.id }, never)
const mailsOf = ({ email }: Person): Promise<Mail[]> => mailsTo(world, email)

/** Ada gives somebody a task, and that is told. */
async function give(title: string, to: Person, by: Person = world.acme.ada): Promise<string> {
  const { id } = await by.api.createTask({ path, body: { projectId, title, assigneeId: to.memberId } })
  await read()
  return id
}

async function morning(instant: string): Promise<void> {
  world.setClock(instant)
  await round()
}

test('the digest holds only what is unread and may still be read, grouped by task, with links', async () => {
  const { ada, mia } = world.acme
  const talk = await give('Talk', mia)
  for (const body of ['One', 'Two']) await ada.api.createComment({ path: { ...path, task: talk }, body: { body } })
  const hidden = await ada.api.createProject({ path, body: { name: 'Opening', key: 'OPN' } })
  const secret = { projectId: hidden.id, title: 'Hush', description: '@mia' }
  await ada.api.createTask({ path, body: secret })
  await read()
  await ada.api.updateProject({ path: { ...path, project: hidden.id }, body: { private: true } })
  await give('Seen', mia)
  const [seen] = (await mia.api.listNotifications({ path })).items
  await mia.api.updateNotification({ path: { ...path, notification: seen!.id }, body: { read: true } })
  await morning('2088-01-05T07:00:00Z')
  const [mail, ...further] = await mailsOf(mia)
  expect(further).toEqual([])
  expect(mail?.subject).toBe('Acme: news on one task')
  expect(mail?.text).toContain(
    `WEB-1 Talk\n  - Ada assigned it to you\n  - Ada commented (2)\n  https://kontor.example.eu/w/acme/tasks/${talk}\n`,
  )
  expect(mail?.html).toContain(`<a class="link" href="https://kontor.example.eu/w/acme/tasks/${talk}"`)
  expect(`${mail?.text}${mail?.html}`).not.toMatch(/Hush|Seen/)
  expect(await mailsOf(ada)).toEqual([])
})

test.each([
  ['en', 'Acme: news on one task', 'Due on Friday'],
  ['nl', 'Acme: nieuws over één taak', 'Moet klaar zijn op vrijdag'],
  ['fr', 'Acme : du nouveau sur une tâche', 'À rendre le vendredi'],
  ['de', 'Acme: Neues zu einer Aufgabe', 'Fällig am Freitag'],
] as const)('it is in the member’s language: %s', async (language, subject, line) => {
  const { ada, tom } = world.acme
  const browser = await signedInAs(world, tom)
  await browser.api.updateAccount({ body: { language } })
  // A Friday for each language.
  const day = { en: '2088-02-06', nl: '2088-02-13', fr: '2088-02-20', de: '2088-02-27' }[language]
  const body = { projectId, title: 'Print', dueOn: day, assigneeId: tom.memberId }
  const { id: task } = await ada.api.createTask({ path, body })
  await morning(`${day}T07:00:00Z`)
  const [mail] = await mailsOf(tom)
  expect(mail).toMatchObject({ subject, language })
  expect(mail?.text).toContain(line)
  await ada.api.deleteTask({ path: { ...path, task } })
})

test('over the change to summer time the digest comes once each day, at eight', async () => {
  const { mia } = world.acme
  await mia.api.updateNotificationSettings({ path, body: { digest: 'daily' } })
  const count = async (instant: string) => {
    await morning(instant)
    return (await mailsOf(mia)).length
  }
  await give('Saturday', mia)
  expect(await count('2088-03-27T06:59:59Z')).toBe(0)
  expect(await count('2088-03-27T07:00:00Z')).toBe(1)
  await give('Sunday', mia)
  expect(await count('2088-03-27T23:30:00Z')).toBe(1)
  expect(await count('2088-03-28T05:59:59Z')).toBe(1)
  expect(await count('2088-03-28T06:00:00Z')).toBe(2)
  await give('Later', mia)
  expect(await count('2088-03-28T07:00:00Z')).toBe(2)
  const mails = await mailsOf(mia)
  expect(mails.map(({ text }) => text.match(/WEB-\d+ (\w+)/)?.[1])).toEqual(['Saturday', 'Sunday'])
})

test('on working days, a weekend is told on Monday; whoever wants none gets none, and nothing old afterwards', async () => {
  const { mia, tom, max } = world.acme
  await mia.api.updateNotificationSettings({ path, body: { digest: 'weekdays' } })
  await tom.api.updateNotificationSettings({ path, body: { digest: 'off' } })
  for (const person of [mia, tom]) await give('Weekend', person, max)
  await morning('2088-04-03T08:00:00Z')
  expect(await mailsOf(mia)).toEqual([])
  await morning('2088-04-05T08:00:00Z')
  expect(await mailsOf(mia)).toHaveLength(1)
  expect(await mailsOf(tom)).toEqual([])
  await tom.api.updateNotificationSettings({ path, body: { digest: 'daily' } })
  await morning('2088-04-06T08:00:00Z')
  expect(await mailsOf(tom)).toEqual([])
  await give('Fresh', tom)
  await morning('2088-04-07T08:00:00Z')
  const [mail] = await mailsOf(tom)
  expect(mail?.text).toContain('Fresh')
  expect(mail?.text).not.toContain('Weekend')
})

test('several processes write one digest, and whoever is killed after it was written and sent writes no second', async () => {
  const { mia } = world.acme
  await give('Once', mia)
  world.setClock('2088-05-04T07:00:00Z')
  await Promise.all([round(), round(), round()])
  expect(await mailsOf(mia)).toHaveLength(1)
  // As a process leaves it that wrote the mail and was killed before it could say so; the mail has been sent since.
  await world.superuser('delete from platform.mail')
  await world.superuser(`update ${world.acme.schema}.member set digest_on = '2088-05-03'`)
  await round()
  expect(await mailsOf(mia)).toEqual([])
  const [row] = await world.superuser<{ done: string }>(
    `select digest_on::text as done from ${world.acme.schema}.member where id = $1`,
    [mia.memberId],
  )
  expect(row?.done).toBe('2088-05-04')
})

test('whoever is killed before the mail was written leaves it to the next round, even that of another day', async () => {
  const { mia } = world.acme
  await give('Kept', mia)
  await world.superuser(`update ${world.acme.schema}.notification set digest_on = '2088-05-10'`)
  await give('Came since', mia)
  await morning('2088-05-10T07:00:00Z')
  const [mail] = await mailsOf(mia)
  expect(mail?.text).toContain('Kept')
  // It may have been mailed without that; so the day's digest stays as it was marked.
  expect(mail?.text).not.toContain('Came since')
  await world.superuser(
    `update ${world.acme.schema}.notification set digest_on = '2088-05-11' where digest_on = 'infinity'`,
  )
  await morning('2088-05-12T07:00:00Z')
  expect((await mailsOf(mia)).at(-1)?.text).toContain('Came since')
})

test('what is read before the digest is written makes no mail, and a day without news none either', async () => {
  const { mia } = world.acme
  await give('Read', mia)
  await mia.api.readAllNotifications({ path })
  await morning('2088-06-02T07:00:00Z')
  await morning('2088-06-03T07:00:00Z')
  expect(await mailsOf(mia)).toEqual([])
})

test('one who became inactive, or whose address nobody has proved, is mailed nothing', async () => {
  const { ada, mia, tom } = world.acme
  await give('Away', mia)
  await give('Unproved', tom)
  await ada.api.updateMember({ path: { ...path, member: mia.memberId }, body: { active: false } })
  await world.superuser(`update ${world.acme.schema}.member set confirmed_at = null where id = $1`, [tom.memberId])
  await morning('2088-07-02T07:00:00Z')
  expect([...(await mailsOf(mia)), ...(await mailsOf(tom))]).toEqual([])
  await ada.api.updateMember({ path: { ...path, member: mia.memberId }, body: { active: true } })
  await world.superuser(`update ${world.acme.schema}.member set confirmed_at = now() where id = $1`, [tom.memberId])
})

test('many tasks are cut short with a count, and many lines of one task too', async () => {
  const { mia, max } = world.acme
  for (let number = 1; number <= 22; number++)
    await max.api.createTask({ path, body: { projectId, title: `Task ${number}`, assigneeId: mia.memberId } })
  await read()
  await morning('2088-08-03T06:00:00Z')
  const [mail] = await mailsOf(mia)
  expect(mail?.subject).toBe('Acme: news on 22 tasks')
  expect(mail?.text.match(/WEB-\d+ Task/g)).toHaveLength(20)
  expect(mail?.text).toContain('And 2 more tasks.')
})

test('a hostile title puts no header, no markup and no link into the mail', async () => {
  const { mia } = world.acme
  await give('<b>Win</b>\r\nBcc: eve@evil.example https://evil.example/x "><img src=x>', mia)
  await morning('2088-09-02T06:00:00Z')
  const [mail] = await mailsOf(mia)
  expect(mail?.html).toContain('&lt;b&gt;Win&lt;/b&gt; Bcc:')
  expect(mail?.html).not.toMatch(/<b>|<img|href="https?:\/\/(?!kontor\.example\.eu)/)
  expect(mail?.text).not.toMatch(/^Bcc:|evil\.example\/x/m)
  expect(mail?.subject).not.toMatch(/[\r\n]/)
})
