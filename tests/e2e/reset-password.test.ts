import { expect, test } from 'vitest'
import { startE2e } from '#tests/e2e/browser.ts'
import { password } from '#tests/setup/world.ts'

const e2e = startE2e()

test('somebody who forgot their password sets another with the code from the mail, and signs in with it', async () => {
  const { mia } = e2e.world.acme
  const page = await e2e.open('/signin?next=%2Fw%2Facme%2Ftime')
  await page.getByRole('link', { name: 'Forgotten your password?' }).click()
  // The page before has such a field too.
  await page.getByRole('heading', { name: 'Set a new password' }).waitFor()
  await page.getByLabel('E-mail address').fill(mia.email)
  await page.getByRole('button', { name: 'Send code' }).click()
  const code = page.getByLabel('Six-digit code')
  await code.waitFor()
  expect(await page.getByLabel('E-mail address').inputValue()).toBe(mia.email)
  expect(await code.getAttribute('autocomplete')).toBe('one-time-code')
  const digits = (await e2e.mailTo(mia.email)).match(/\b\d{6}\b/)?.[0] ?? ''

  const secret = page.getByRole('textbox', { name: 'New password' })
  await secret.fill('mia@acme.example')
  await page.getByText('little more than your name, your address or Kontor').first().waitFor()
  // As it is copied out of a mail.
  await code.focus()
  await page.keyboard.insertText(` ${digits.slice(0, 3)} ${digits.slice(3)} `)
  expect(await code.inputValue()).toBe(digits)
  await secret.fill('passwordpassword')
  await page.getByRole('button', { name: 'Set password' }).click()
  // What the server refuses stands at the field, and the focus is there.
  await page.getByText('It is a well-known password').waitFor()
  await expect.poll(() => secret.evaluate(field => field === document.activeElement)).toBe(true)
  expect(await secret.getAttribute('aria-invalid')).toBe('true')

  await secret.fill('quiet otters repaint lighthouses')
  await page.getByRole('button', { name: 'Show password' }).press('Enter')
  expect(await secret.getAttribute('type')).toBe('text')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('Your password is set').waitFor()
  await page.getByLabel('E-mail address').fill(mia.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('alert').getByText('The e-mail address or the password is wrong').waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill('quiet otters repaint lighthouses')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'My work' }).waitFor()
  e2e.expectNoFaults(/^422 POST \/api\/password-resets\/confirmation$/)
})

test('an unknown address reads the same, and a wrong code says so at its field', async () => {
  const page = await e2e.open('/reset-password')
  await page.getByLabel('E-mail address').fill('nobody@far.example')
  await page.getByRole('button', { name: 'Send code' }).click()
  await page.getByText('If there is an account with this address, a code of six digits is on its way').waitFor()
  const code = page.getByLabel('Six-digit code')
  await code.fill('123456')
  await page.getByRole('textbox', { name: 'New password' }).fill('a kettle sings at noon')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('The code is wrong, has expired or was used up.').waitFor()
  await expect.poll(() => code.evaluate(field => field === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: 'Send another code' }).press('Enter')
  await page.getByRole('status').getByText('another code is on its way').waitFor()
  e2e.expectNoFaults(/^422 POST \/api\/password-resets\/confirmation$/)
})
