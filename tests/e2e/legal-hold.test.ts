import { expect, test } from 'vitest'
import { setPlan } from '#server/features/workspaces/set-plan.ts'
import { startE2e } from '#tests/e2e/browser.ts'

const e2e = startE2e()

test('an admin begins a legal hold with a reason, by which nothing can be deleted, and ends it', async () => {
  const { ada } = e2e.world.acme
  const page = await e2e.open('/w/acme/settings', { as: ada })
  await page.getByText('No legal hold is on.').waitFor()
  await page.getByRole('button', { name: 'Begin a legal hold' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await page.keyboard.press('Enter')
  await dialog.getByLabel('Reason').fill('Case 12')
  await dialog.getByRole('button', { name: 'Begin a legal hold' }).click()
  await page.getByText('A legal hold is on', { exact: true }).first().waitFor()
  await dialog.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Delete this workspace' }).click()
  await dialog.getByLabel('Type acme to confirm').fill('acme')
  await page.keyboard.press('Enter')
  await dialog.getByText('until an admin ends the legal hold').waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'End the legal hold' }).click()
  await dialog.getByRole('button', { name: 'End the legal hold' }).click()
  await dialog.getByText('Say why').waitFor()
  await dialog.getByLabel('Reason').fill('The case is closed')
  await dialog.getByRole('button', { name: 'End the legal hold' }).click()
  await page.getByText('No legal hold is on.').first().waitFor()
  const told = await e2e.world.superuser(
    `select reason from ${e2e.world.acme.schema}.audit_event where changes ? 'legal_hold' and action = 'workspace.updated' order by seq`,
  )
  expect(told).toEqual([{ reason: 'Case 12' }, { reason: 'The case is closed' }])
  e2e.expectNoFaults(/^409 DELETE/)
})

test('a downgrade is shown with the day from which less is kept', async () => {
  await setPlan(e2e.world.services, 'acme', 'pro')
  const page = await e2e.open('/w/acme/settings', { as: e2e.world.acme.ada })
  await page.getByText(/^Less history from \d+ /).waitFor()
  await page.getByText('the history is kept for 365 days').waitFor()
  await page.getByText('Changes are kept for 3 years.').waitFor()
  e2e.expectNoFaults()
})
