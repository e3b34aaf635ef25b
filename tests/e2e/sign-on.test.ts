import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startE2e } from '#tests/e2e/browser.ts'
import { client, type IdentityProvider, startIdentityProvider } from '#tests/sign-on/identity-provider.ts'
import { startNameServer } from '#tests/sign-on/name-server.ts'

const e2e = startE2e()
const settings = '/w/acme/settings/single-sign-on'
let provider: IdentityProvider
let dns: Awaited<ReturnType<typeof startNameServer>>

beforeAll(async () => {
  const { services, url } = e2e.world
  // Providers send people back to where this Kontor says that it is.
  services.config.port = Number(new URL(url).port)
  provider = await startIdentityProvider({ publicUrl: url })
  dns = await startNameServer()
  services.dns.setServers([dns.address])
})
afterAll(async () => {
  await dns?.close()
  await provider?.close()
})

test('an admin connects a provider and verifies a domain without a mouse', async () => {
  const page = await e2e.open(settings, { as: e2e.world.acme.ada })
  expect(await page.getByLabel('Redirect URI', { exact: true }).inputValue()).toBe(
    `${e2e.world.url}/api/single-sign-on/callback`,
  )
  await page.getByLabel('Issuer').focus()
  await type(page, `${e2e.world.url}/nobody`, 'Tab', client.clientId, 'Tab', client.clientSecret, 'Tab', 'Tab')
  await expect.poll(() => focused(page)).toBe('Role of new members')
  await type(page, 'Tab', 'Enter')
  await described(page, 'Issuer', /no OpenID Connect provider at this address/)
  await page.getByLabel('Issuer').fill(provider.issuer)
  await page.getByLabel('Issuer').press('Enter')

  await expect.poll(() => focused(page)).toBe('Domain')
  await type(page, 'gmail.com', 'Enter')
  await described(page, 'Domain', /Mail services for everybody/)
  await page.getByLabel('Domain', { exact: true }).fill('mia@acme.example')
  await type(page, 'Enter')
  const verify = page.getByRole('button', { name: 'Verify: acme.example' })
  await verify.press('Enter')
  await page.getByRole('alert').getByText('There is no TXT record at _kontor.acme.example yet').waitFor()
  dns.records.set('_kontor.acme.example', [await page.getByLabel('Value', { exact: true }).inputValue()])
  await verify.press('Enter')
  await page.getByText(/^Verified \d/).waitFor()
  expect(await focused(page)).toBe('Remove acme.example')
  e2e.expectNoFaults(/^422 PUT/, /^422 POST/)
})

test('somebody of the organisation signs in there, and whoever is turned away is told why', async () => {
  const { mia } = e2e.world.acme
  provider.expect({ sub: 'mia', email: mia.email, email_verified: true })
  const page = await e2e.open('/signin?next=%2Fw%2Facme%2Ftime')
  await page.getByRole('link', { name: 'Continue with your organisation’s sign-in' }).click()
  await page.getByLabel('E-mail address or workspace').fill('nobody@far.example')
  await page.getByRole('button', { name: 'Continue' }).click()
  await described(page, 'E-mail address or workspace', /No sign-in of an organisation is known/)
  await page.getByLabel('E-mail address or workspace').fill(mia.email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL('**/w/acme/time')
  await page.getByRole('heading', { name: 'Time', level: 1 }).waitFor()
  await page.close()

  provider.expect({ sub: 'eve', email: 'eve@elsewhere.example', email_verified: true })
  const other = await e2e.open('/signin/organisation?workspace=acme')
  await other.getByRole('button', { name: 'Continue' }).click()
  await other.getByRole('alert').getByText('in none of the domains').waitFor()
  expect(new URL(other.url()).pathname).toBe('/signin')
  e2e.expectNoFaults(/^404 POST/)
})

test('disconnecting asks first, and then nobody signs in there', async () => {
  const page = await e2e.open(settings, { as: e2e.world.acme.ada })
  await page.getByRole('button', { name: 'Disconnect provider' }).click()
  const dialog = page.getByRole('dialog', { name: 'Disconnect the provider?' })
  await dialog.getByRole('button', { name: 'Disconnect provider' }).press('Enter')
  await page.getByRole('button', { name: 'Connect', exact: true }).waitFor()
  await expect(e2e.world.anyone.startSingleSignOn({ body: { workspace: 'acme' } })).rejects.toMatchObject({
    status: 404,
  })
  e2e.expectNoFaults()
})

test('whoever may not write the workspace finds no such page', async () => {
  const page = await e2e.open('/w/acme/settings', { as: e2e.world.acme.mia })
  await page.getByRole('link', { name: 'API tokens' }).waitFor()
  expect(await page.getByRole('link', { name: 'Single sign-on' }).count()).toBe(0)
  e2e.expectNoFaults()
})

/** Types texts and presses keys, one after the other, wherever the focus is. */
async function type(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys)
    await (['Tab', 'Enter'].includes(key) ? page.keyboard.press(key) : page.keyboard.insertText(key))
}

/** The name of what has the focus, as a screen reader says it. */
function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement
    const label =
      element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels?.[0] : null
    return label?.textContent ?? element?.getAttribute('aria-label')
  })
}

/** Waits until a field is marked as wrong, with these words as its description. */
async function described(page: Page, label: string, words: RegExp): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ').filter(Boolean) ?? []
  const texts = await Promise.all(ids.map(id => page.locator(`[id="${id}"]`).textContent()))
  expect(texts.join(' ')).toMatch(words)
}
