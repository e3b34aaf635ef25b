import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startE2e } from '#tests/e2e/browser.ts'

const e2e = startE2e()
const path = { workspace: 'acme' }
const sample = (name: string) => fileURLToPath(new URL(`../fixtures/imports/${name}`, import.meta.url))

test('a CSV file is mapped and imported, and the page says what became of it', async () => {
  const { ada } = e2e.world.acme
  const page = await e2e.open('/w/acme/imports', { as: ada })
  await page.getByRole('button', { name: 'Import from another tool' }).first().click()
  await page.locator('input[type=file]').setInputFiles(sample('asana-sample.csv'))
  await page.getByRole('heading', { name: 'Columns' }).waitFor()
  expect(await page.getByLabel('Name: Becomes').inputValue()).toBe('title')
  await page.getByRole('button', { name: /^Import \d+ rows?$/ }).click()
  await page.getByText('It has arrived').waitFor({ timeout: 30_000 })
  const { items } = await ada.api.listTasks({ path, query: { limit: 200 } })
  await page
    .getByText(new RegExp(`\\b${items.length} tasks?\\b`))
    .first()
    .waitFor()
  e2e.expectNoFaults()
})

test('the lists of a Trello board become statuses, as chosen', async () => {
  const { ada } = e2e.world.acme
  const page = await e2e.open('/w/acme/imports/new', { as: ada })
  await page.locator('input[type=file]').setInputFiles(sample('trello-gocd-testdrive.json'))
  await page.getByRole('heading', { name: 'Lists of the board' }).waitFor()
  await page
    .getByRole('combobox', { name: /: Becomes$/ })
    .first()
    .selectOption('Review')
  await page.getByRole('button', { name: /^Import \d+ rows?$/ }).click()
  await page.getByText('It has arrived').waitFor({ timeout: 30_000 })
  await page.getByRole('link', { name: /^Open/ }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  const { items } = await ada.api.listTasks({ path, query: { status: 'review', limit: 200 } })
  expect(items.length).toBeGreaterThan(0)
  e2e.expectNoFaults()
})

test('a file that cannot be read is refused with the reason', async () => {
  const page = await e2e.open('/w/acme/imports/new', { as: e2e.world.acme.ada })
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"a":') })
  await page.getByRole('alert').getByText('This file could not be read').waitFor()
  e2e.expectNoFaults(/^422 POST/)
})
