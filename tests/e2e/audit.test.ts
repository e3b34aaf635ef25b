import { expect, test } from 'vitest'
import { startE2e } from '#tests/e2e/browser.ts'

const e2e = startE2e()
const path = { workspace: 'acme' }

test('the history is found by field and words, the filters stand in the address, and the way back undoes them', async () => {
  const { ada } = e2e.world.acme
  const { id: projectId } = await ada.api.createProject({ path, body: { key: 'HIST', name: 'History' } })
  const { id: task } = await ada.api.createTask({ path, body: { projectId, title: 'Zwaluwstaart hinges' } })
  await ada.api.updateTask({ path: { ...path, task }, body: { priority: 'high' }, reason: 'The customer asked' })
  const page = await e2e.open('/w/acme/audit', { as: ada })
  await page.getByLabel('Field').selectOption('priority')
  await expect.poll(() => page.url()).toContain('field=priority')
  await page.getByRole('button', { name: /changed the task HIST-1/ }).click()
  await page.getByText('The customer asked').waitFor()
  await page.getByLabel('Field').selectOption('')
  await page.getByLabel('Words').fill('zwaluw')
  await page.getByLabel('Words').press('Enter')
  await expect.poll(() => page.url()).toContain('q=zwaluw')
  await page.getByRole('button', { name: /created the task/ }).waitFor()
  await page.reload()
  expect(await page.getByLabel('Words').inputValue()).toBe('zwaluw')
  await page.getByRole('button', { name: /created the task/ }).waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect.poll(() => page.url()).not.toContain('q=')
  e2e.expectNoFaults()
})

test('a dialog says how far the history is sealed and with which key anyone checks it, and another why Starter has no exports', async () => {
  const { ada } = e2e.world.acme
  const { schema } = e2e.world.acme
  const page = await e2e.open('/w/acme/audit', { as: ada })
  await page.getByRole('button', { name: 'Proof', exact: true }).click()
  const { verifierKey } = await ada.api.getAuditStatus({ path })
  expect(await page.getByRole('textbox', { name: 'Public key' }).inputValue()).toBe(verifierKey)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('dialog').getByText('The whole history is exported.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'With proofs (NDJSON)' }).click()
  await page
    .getByRole('dialog')
    .getByText(/^NDJSON ·/)
    .waitFor()
  expect((await ada.api.listAuditExports({ path })).items).toHaveLength(1)
  await e2e.world.superuser(`update ${schema}.workspace set plan = 'starter'`)
  await page.reload()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByText(/^Exports belong to the Business plan/)
    .waitFor()
  e2e.expectNoFaults()
})
