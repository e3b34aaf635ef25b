import { expect, test } from 'vitest'
import { unsubscribePaths } from '#server/features/notifications/unsubscribe-token.ts'
import { startE2e } from '#tests/e2e/browser.ts'

const e2e = startE2e()
const path = { workspace: 'acme' }

test('somebody chooses their morning mail in the account, and it is still chosen after a reload', async () => {
  const { mia } = e2e.world.acme
  const page = await e2e.open('/account/notifications', { as: mia })
  const choice = page.getByLabel('Morning mail from Acme')
  await choice.selectOption('Every day')
  await page.getByText('Saved').first().waitFor()
  await page.reload()
  await expect.poll(() => choice.inputValue()).toBe('daily')
  e2e.expectNoFaults()
})

test('the link of a mail asks first, ends the mails without signing in, and says when it is none', async () => {
  const { tom } = e2e.world.acme
  const { page: link } = unsubscribePaths(e2e.world.services, e2e.world.acme.id, tom.memberId)
  const page = await e2e.open(link)
  await page.getByRole('heading', { name: 'Stop the morning mail?' }).waitFor()
  expect(await tom.api.getNotificationSettings({ path })).toMatchObject({ digest: 'weekdays' })
  await page.getByRole('button', { name: 'Unsubscribe' }).click()
  await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor()
  expect(await tom.api.getNotificationSettings({ path })).toMatchObject({ digest: 'off' })
  const forged = await e2e.open(`${link}x`)
  await forged.getByRole('button', { name: 'Unsubscribe' }).click()
  await forged.getByRole('heading', { name: 'This link is not good' }).waitFor()
  e2e.expectNoFaults(/^404 POST/)
})
