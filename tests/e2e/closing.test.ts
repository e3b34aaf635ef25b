import { expect, test } from 'vitest'
import { startE2e } from '#tests/e2e/browser.ts'

const e2e = startE2e()
const path = { workspace: 'acme' }

test('a workspace that is deleted is closed, says until when, and an admin keeps it with one key', async () => {
  const { ada, mia } = e2e.world.acme
  await ada.api.createProject({ path, body: { key: 'WEB', name: 'Website' } })
  const member = await e2e.open('/w/acme/projects', { as: mia })
  await member.getByRole('link', { name: 'Website' }).first().waitFor()

  const page = await e2e.open('/w/acme/settings', { as: ada })
  await page.getByRole('button', { name: 'Delete this workspace' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('For 30 days any of its admins can keep it').waitFor()
  await dialog.getByLabel('Type acme to confirm').fill('acme')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: /will be deleted on \d+/i }).click()

  await page.getByRole('heading', { name: /^Acme will be deleted on \d+ / }).waitFor()
  // Whoever was in it is led out at the next thing that they do.
  await member.getByRole('link', { name: 'Time' }).click()
  await member.getByRole('heading', { name: /^Acme will be deleted on \d+ / }).waitFor()
  await member.getByText('Any of its admins can keep it until then.').waitFor()
  expect(await member.getByRole('button', { name: 'Keep it' }).count()).toBe(0)

  await page.getByRole('button', { name: 'Keep it' }).press('Enter')
  await page.getByRole('heading', { name: 'My work' }).waitFor()
  await member.goto('/w/acme/projects')
  await member.getByRole('link', { name: 'Website' }).first().waitFor()
  e2e.expectNoFaults(/^403 GET/, /ApiProblem: It is going to be deleted/)
})

test('a workspace that asks for a second factor says so, and leads to the account', async () => {
  const { mia } = e2e.world.acme
  await e2e.world.superuser("update platform.workspace set requires_second_factor = true where slug = 'acme'")
  const page = await e2e.open('/w/acme', { as: mia })
  await page.getByRole('heading', { name: 'Acme asks for a second factor' }).waitFor()
  await page.getByRole('link', { name: 'Set up a second factor' }).click()
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Acme asks for a second factor' }).waitFor()
  await e2e.world.superuser("update platform.workspace set requires_second_factor = false where slug = 'acme'")
  await page.getByRole('button', { name: 'I have set one up' }).click()
  await page.getByRole('heading', { name: 'My work' }).waitFor()
  e2e.expectNoFaults(/^403 GET/, /ApiProblem: This workspace asks/)
})
