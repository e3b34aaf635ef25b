import { expect, test } from 'vitest'
import { startE2e } from '#tests/e2e/browser.ts'
import { password } from '#tests/setup/world.ts'

const e2e = startE2e()

test('ten minutes after signing in, another address asks first who it is, and then goes on by itself', async () => {
  const { hugo } = e2e.world.globex
  const page = await e2e.open('/account', { as: hugo })
  const next = page.getByLabel('New address')
  await next.fill('hugo@ghent.example')
  e2e.world.setClock(e2e.world.services.clock.now().add({ minutes: 11 }).toString())
  await next.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('alert').getByText('You did not confirm that it is you. Nothing has changed.').waitFor()

  await next.press('Enter')
  const secret = dialog.getByRole('textbox', { name: 'Password' })
  await expect.poll(() => secret.evaluate(field => field === document.activeElement)).toBe(true)
  await page.keyboard.insertText('something else')
  await page.keyboard.press('Enter')
  await dialog.getByRole('alert').getByText('That was not right').waitFor()
  await secret.fill(password)
  await page.keyboard.press('Enter')
  await page.getByText('on its way to hugo@ghent.example').waitFor()
  const digits = (await e2e.mailTo('hugo@ghent.example')).match(/\b\d{6}\b/)?.[0] ?? ''
  await page.getByLabel('Six-digit code').fill(digits)
  await page.keyboard.press('Enter')
  await page.getByText('Your e-mail address is changed').waitFor()
  expect(await page.getByLabel('Address now').inputValue()).toBe('hugo@ghent.example')
  await page.getByRole('link', { name: 'Activity' }).click()
  await page.getByText(`The e-mail address was changed from ${hugo.email} to hugo@ghent.example`).waitFor()
  e2e.expectNoFaults(/^403 POST \/api\/email-changes$/, /^422 POST \/api\/session\/proof$/)
})

test('the last admin of a workspace cannot delete their account, and reads of which workspace that is', async () => {
  const { gina } = e2e.world.globex
  const page = await e2e.open('/account', { as: gina })
  await page.getByRole('button', { name: 'Delete my account' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Delete your account?' })
  const confirm = dialog.getByLabel(`Type ${gina.email} to confirm`)
  await confirm.fill('gina')
  await confirm.press('Enter')
  await dialog.getByText('This is not your address').waitFor()
  await confirm.fill(gina.email)
  await confirm.press('Enter')
  await dialog.getByRole('alert').getByText('You are the last admin here').waitFor()
  await dialog.getByRole('link', { name: 'Globex' }).click()
  await page.waitForURL('**/w/globex/members')
  e2e.expectNoFaults(/^409 DELETE \/api\/account$/)
})

test('a deleted account signs in no more', async () => {
  const { gus } = e2e.world.acme
  const page = await e2e.open('/account', { as: gus })
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill(gus.email)
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('Your account is deleted.').waitFor()
  await page.getByLabel('E-mail address').fill(gus.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('alert').getByText('The e-mail address or the password is wrong').waitFor()
  e2e.expectNoFaults()
})

test('ending all other sessions signs the other browsers out, and leaves this one', async () => {
  const { mia } = e2e.world.acme
  const other = await e2e.open('/account', { as: mia })
  const page = await e2e.open('/account/activity', { as: mia })
  await page.getByRole('button', { name: 'End all others' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click()
  await page.getByText('All other sessions have ended.').waitFor()
  await other.reload()
  await other.getByRole('heading', { name: 'Sign in to Kontor' }).waitFor()
  await page.getByText('The other session was ended').waitFor()
  await page.reload()
  await page.getByText('This one').waitFor()
  expect(await page.getByRole('button', { name: 'End all others' }).count()).toBe(0)
  e2e.expectNoFaults()
})

test('an admin without a second factor cannot ask one of everybody, and is led to where to set one up', async () => {
  const page = await e2e.open('/w/acme/settings', { as: e2e.world.acme.ada })
  const everybody = page.getByRole('switch', { name: 'Everybody needs a second factor' })
  await everybody.press('Space')
  await page.getByRole('alert').getByText('or you would lock yourself out').waitFor()
  expect(await everybody.isChecked()).toBe(false)
  await page.getByRole('link', { name: 'Set one up' }).press('Enter')
  await page.getByRole('heading', { name: 'Two-step sign-in' }).waitFor()
  e2e.expectNoFaults(/^409 PATCH \/api\/workspaces\/acme$/)
})
