import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { signCheckpoint } from '#server/features/audit/sign-checkpoint.ts'
import { phone, startE2e } from '#tests/e2e/browser.ts'
import { startReceiver } from '#tests/events/receiver.ts'
import { sealAll } from '#tests/setup/seal-all.ts'

const e2e = startE2e()
const path = { workspace: 'acme' }
let projectId: string

beforeAll(async () => {
  projectId = (await e2e.world.acme.ada.api.createProject({ path, body: { key: 'HIST', name: 'History' } })).id
})

const newTask = (title: string, description = '') =>
  e2e.world.acme.mia.api.createTask({ path, body: { projectId, title, description } })
const update = (task: string, body: Parameters<typeof e2e.world.anyone.updateTask>[0]['body'], reason?: string) =>
  e2e.world.acme.mia.api.updateTask({ path: { ...path, task }, body, reason })
const acme = () => ({ id: e2e.world.acme.id, slug: 'acme', schema: e2e.world.acme.schema, loginKey: 1 })
const lines = (page: Page) => page.getByRole('list', { name: 'Changes' }).getByRole('button', { expanded: false })

test('filters stand in the address: they outlive a reload, and the way back undoes them one by one', async () => {
  const { ada } = e2e.world.acme
  const { id: task } = await newTask('Zwaluwstaart hinges')
  await update(task, { priority: 'high' }, 'The customer asked')
  const page = await e2e.open('/w/acme/audit', { as: ada })
  await page.getByLabel('Field', { exact: true }).selectOption('priority')
  await expect.poll(() => page.url()).toContain('field=priority')
  await lines(page)
    .filter({ hasText: /changed the task HIST-1 .* · Priority · “The customer asked”/ })
    .click()
  await page.getByText('The customer asked', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'What this request changed' }).click()
  await expect.poll(() => page.url()).toContain('request=')
  await page.getByRole('button', { name: /^Without: Only the request/ }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('')
  await page.getByLabel('Words').fill('zwaluw')
  await page.getByLabel('Words').press('Enter')
  await lines(page).filter({ hasText: 'created the task' }).waitFor()
  await page.getByLabel('Who').selectOption('Mia')
  await expect.poll(() => page.url()).toContain('member=')
  await page.reload()
  expect(await page.getByLabel('Words').inputValue()).toBe('zwaluw')
  await lines(page).filter({ hasText: 'created the task' }).waitFor()

  await page.goBack()
  await expect.poll(() => page.url()).not.toContain('member=')
  expect(await page.getByLabel('Words').inputValue()).toBe('zwaluw')
  await page.goBack()
  await expect.poll(() => page.getByLabel('Words').inputValue()).toBe('')
  await page.getByLabel('What').selectOption('Tasks')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('')
  e2e.expectNoFaults()
})

test('however much has happened, only the lines in sight are in the page, under the day that they are of', async () => {
  const { id: task } = await newTask('Busy')
  for (let step = 0; step < 220; step++) await update(task, { position: step + 1 })
  const page = await e2e.open(`/w/acme/audit?entityId=${task}`, { as: e2e.world.acme.ada })
  await lines(page).first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { expanded: true }).waitFor()
  const day = page.getByRole('list', { name: 'Changes' }).getByRole('heading').first()
  const toTheEnd = async () => {
    await page.mouse.wheel(0, 3000)
    return lines(page).filter({ hasText: 'Mia created the task' }).count()
  }
  await expect.poll(toTheEnd, { timeout: 15_000 }).toBe(1)
  expect(await page.locator('[data-line]').count()).toBeLessThan(90)
  const { y } = (await day.boundingBox())!
  expect(y).toBeGreaterThan(0)
  expect(y).toBeLessThan(150)
  e2e.expectNoFaults()
})

test('an earlier description is compared with that of today, and restored with a reason', async () => {
  const { mia } = e2e.world.acme
  const { id: task } = await newTask('Described', 'Order the small sign today.')
  await update(task, { description: 'Order the large sign tomorrow.' })
  const page = await e2e.open(`/w/acme/tasks/${task}`, { as: mia })
  await page.getByRole('tab', { name: 'History' }).click()
  const history = page.getByRole('region', { name: 'History' })
  await history.getByText('Mia changed the description').waitFor()
  await history.getByRole('button', { name: 'Show the text' }).first().click()
  await history.getByRole('deletion').filter({ hasText: 'small' }).waitFor()
  await history.getByRole('button', { name: 'Compare with today' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('insertion').filter({ hasText: 'tomorrow' }).waitFor()
  await dialog.getByRole('button', { name: /^Restore this one/ }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Description' }).getByText('Order the small sign today.').waitFor()
  const { items } = await mia.api.listTaskHistory({ path: { ...path, task }, query: { limit: 1 } })
  expect(items[0]).toMatchObject({
    changes: { description: { to: 'Order the small sign today.' } },
    reason: expect.stringMatching(/^Restored the description of \d/),
  })
  await history.getByText(/“Restored the description of/).waitFor()
  e2e.expectNoFaults()
})

test('a description that somebody else changed meanwhile is not overwritten by restoring one', async () => {
  const { id: task } = await newTask('Contested', 'First')
  await update(task, { description: 'Second' })
  const page = await e2e.open(`/w/acme/tasks/${task}`, { as: e2e.world.acme.mia })
  await page.getByRole('button', { name: 'Earlier versions' }).click()
  await page.route('**/api/workspaces/acme/tasks/*', async route => {
    if (route.request().method() === 'PATCH') await update(task, { description: 'Third' })
    await route.continue()
  })
  await page.getByRole('button', { name: /^Restore this one/ }).click()
  await page.getByText('Somebody changed it meanwhile.').waitFor()
  const { description } = await e2e.world.acme.mia.api.getTask({ path: { ...path, task } })
  expect(description).toBe('Third')
  e2e.expectNoFaults(/^412 PATCH/)
})

test('a task is shown as it was, from change to change and at a moment, also once it is deleted', async () => {
  const { ada, mia } = e2e.world.acme
  const { id: task } = await newTask('As first named', 'As first written')
  const [made] = (await mia.api.listTaskHistory({ path: { ...path, task } })).items
  await update(task, { title: 'As named now', status: 'doing', description: 'As written now' })
  const page = await e2e.open(`/w/acme/tasks/${task}`, { as: mia })
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('link', { name: 'As it was …' }).click()
  await page.getByRole('heading', { name: 'As named now' }).waitFor()
  await page.getByRole('button', { name: 'The change before' }).click()
  await page.getByRole('heading', { name: 'As first named' }).waitFor()
  await page.getByText('now: Doing').waitFor()
  expect(new URL(page.url()).searchParams.get('at')).toBe(made!.at)
  await page.getByRole('slider').focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { name: 'As named now' }).waitFor()
  await page.getByLabel('Moment').fill('2020-01-01T10:00')
  await page.getByLabel('Moment').press('Enter')
  await page.getByText('There was no such task at that moment').waitFor()
  await page.getByRole('link', { name: 'Back to today' }).click()
  await page.getByLabel('Title').waitFor()
  e2e.expectNoFaults(/^404 GET .*\/as-of$/)

  await ada.api.deleteTask({ path: { ...path, task } })
  const later = await e2e.open(`/w/acme/tasks/${task}/as-of?at=${encodeURIComponent(made!.at)}`, { as: ada })
  await later.getByRole('heading', { name: 'As first named' }).waitFor()
  await later.getByText('As first written').waitFor()
  await later.getByText(/The task was deleted on/).waitFor()
  // It would go on asking for what is gone.
  await Promise.all([page.context().close(), later.context().close()])
  e2e.expectNoFaults(/^404 GET/)
})

test('the page says that the history is signed, how anyone checks that, and gives the proof of one event', async () => {
  const { ada } = e2e.world.acme
  await sealAll(e2e.world.services, acme())
  await signCheckpoint(e2e.world.services, acme())
  const page = await e2e.open('/w/acme/audit', { as: ada })
  const standing = page.getByRole('region', { name: 'State of the history' })
  await standing.getByText('Sealed and signed').waitFor()
  await standing.getByText(/were signed on/).waitFor()
  await standing.getByText('Changes are kept for 3 years.').waitFor()
  await page.getByRole('button', { name: 'Proof', exact: true }).click()
  const { verifierKey, checkpoint } = await ada.api.getAuditStatus({ path })
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByLabel('Public key', { exact: true }).inputValue()).toBe(verifierKey)
  expect(await dialog.getByLabel('Signed root', { exact: true }).inputValue()).toBe(checkpoint!.note)
  expect(await dialog.getByLabel('Check an export, offline', { exact: true }).inputValue()).toContain(
    `--key '${verifierKey}'`,
  )
  await page.keyboard.press('Escape')

  const [event] = (await ada.api.listAuditEvents({ path, query: { entity: 'project' } })).items
  await page.goto(`/w/acme/audit?entityId=${event!.entityId}`)
  await lines(page).first().click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the proof' }).click(),
  ])
  const file = JSON.parse(await readFile(await download.path(), 'utf8'))
  expect(file).toMatchObject({ event: { id: event!.id }, verifierKey, proof: { leafHash: expect.any(String) } })
  e2e.expectNoFaults()
})

test('what the filters show is exported on Business, and Starter is told what Business would bring', async () => {
  const { ada, schema } = e2e.world.acme
  const { id: task } = await newTask('Exported')
  await sealAll(e2e.world.services, acme())
  const page = await e2e.open(`/w/acme/audit?entityId=${task}`, { as: ada })
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('What the filters show is exported.').waitFor()
  await dialog.getByRole('button', { name: 'With proofs (NDJSON)' }).click()
  await dialog.getByText(/^NDJSON · .* · 1 event/).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Download' }).click(),
  ])
  const rows = (await readFile(await download.path(), 'utf8')).trim().split('\n')
  expect(rows.map(row => JSON.parse(row)).filter(row => row.event)).toMatchObject([{ event: { entityId: task } }])
  await dialog.getByRole('button', { name: /^Delete the export NDJSON/ }).click()
  await dialog.getByText(/^NDJSON ·/).waitFor({ state: 'detached' })

  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await e2e.world.superuser(`update ${schema}.workspace set plan = 'starter'`)
  await page.reload()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await dialog.getByText('Exports belong to the Business plan').waitFor()
  await dialog.getByText('This workspace has the plan Starter.').waitFor()
  expect(await dialog.getByRole('button', { name: /NDJSON|CSV/ }).count()).toBe(0)
  e2e.expectNoFaults()
})

test('the filters fold on a phone, and nothing is wider than it', async () => {
  const page = await e2e.open('/w/acme/audit?entity=task', { as: e2e.world.acme.ada, screen: phone })
  await lines(page).first().click()
  await page.getByRole('button', { name: 'Filters (1)' }).click()
  await page.getByLabel('What').selectOption('Projects')
  await expect.poll(() => page.url()).toContain('entity=project')
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
  e2e.expectNoFaults()
})

test('a webhook shows what it was sent and answered, by keyboard and on a phone, and sends it again', async () => {
  const { ada } = e2e.world.acme
  let status = 503
  const receiver = await startReceiver(() => ({ status, body: 'Out of order' }))
  const webhook = await ada.api.createWebhook({ path, body: { url: receiver.url, actions: ['role.deleted'] } })
  await ada.api.rotateWebhookSecret({ path: { ...path, webhook: webhook.id } })
  const page = await e2e.open('/w/acme/settings/webhooks', { as: ada, screen: phone })
  await page.getByRole('link', { name: receiver.url }).click()
  await page.getByText('messages are signed with the new secret and with the one before it').waitFor()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByText('The receiver answered 503.').waitFor()
  const line = page.getByRole('list', { name: 'Deliveries' }).getByRole('button', { name: /^Test event Given up/ })
  await line.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Answer' }).filter({ hasText: 'Out of order' }).waitFor()
  await page.getByRole('region', { name: 'Body' }).filter({ hasText: 'webhook.ping' }).waitFor()
  status = 200
  await page.getByRole('button', { name: 'Send again', exact: true }).click()
  await page.getByRole('button', { name: /^Test event Delivered.*2 attempts/ }).waitFor()
  await page.getByLabel('Status').selectOption('Given up')
  await expect.poll(() => page.url()).toContain('status=given_up')
  await page.getByText('No deliveries of this kind').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width)
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
    receiver.received[0]!.headers['webhook-id'],
    receiver.received[0]!.headers['webhook-id'],
  ])
  await receiver.close()
  e2e.expectNoFaults()
})
