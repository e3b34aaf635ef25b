import { expect, test } from 'vitest'
import { startE2e } from '#tests/e2e/browser.ts'

const e2e = startE2e()

test('somebody new signs up with the code from the mail and lands in their workspace', async () => {
  const page = await e2e.open('/signup')
  await page.getByLabel('Your name').fill('Nora Peeters')
  await page.getByLabel('E-mail address').fill('nora@studio.example')
  await page.getByRole('textbox', { name: 'Password' }).fill('a kettle sings at noon')
  await page.getByLabel('Name of the workspace').fill('Nora Studio')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByLabel('Six-digit code').waitFor()

  // Shown to whoever runs Kontor without a mail server.
  const mail = await page.context().newPage()
  await expect
    .poll(async () => (await mail.goto('/dev/mail').then(() => mail.content())).includes('nora@studio.example'), {
      timeout: 10_000,
    })
    .toBe(true)
  const code = (await mail.locator('article').first().textContent())?.match(/\b\d{6}\b/)?.[0]
  await mail.close()

  await page.getByLabel('Six-digit code').fill(code ?? '')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { name: 'My work' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/w/nora-studio/my-work')

  await page.getByRole('link', { name: 'Projects', exact: true }).click()
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name', { exact: true }).fill('New house')
  await page.getByRole('dialog').getByRole('button', { name: 'New project' }).click()
  await page.getByRole('heading', { name: 'New house' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/w/nora-studio/projects/NH')
  e2e.expectNoFaults()
})
