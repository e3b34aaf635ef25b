import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { codeOfStep } from '#server/crypto/totp.ts'
import { startE2e } from '#tests/e2e/browser.ts'
import { openWithAuthenticator } from '#tests/e2e/virtual-authenticator.ts'
import { type Person, password } from '#tests/setup/world.ts'

const e2e = startE2e()

test('an authenticator app is added and signs in without a mouse, and so does a recovery code', async () => {
  const { mia } = e2e.world.acme
  const page = await e2e.open('/account/security', { as: mia })
  await page.getByRole('button', { name: 'Add', exact: true }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Add an authenticator app' })
  await dialog.getByRole('img', { name: /QR code/ }).waitFor()
  const secret = fromBase32(await dialog.getByLabel('Secret', { exact: true }).inputValue())
  await expect.poll(() => focused(page)).toBe('Code of your authenticator app')
  await type(page, '000000', 'Enter')
  await dialog.getByText('This code does not fit').waitFor()
  await expect.poll(() => focused(page)).toBe('Code of your authenticator app')
  await page.keyboard.press('ControlOrMeta+a')
  await type(page, codeNow(secret), 'Enter')

  const shown = page.getByRole('dialog', { name: 'Recovery codes' })
  await shown.waitFor()
  const codes = await shown.getByRole('listitem').allTextContents()
  expect(codes).toHaveLength(10)
  // They go only once somebody has said that they are kept.
  expect(await shown.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
  const kept = page.waitForEvent('download')
  await shown.getByRole('button', { name: 'Download' }).press('Enter')
  expect(await textOf(await kept)).toContain(codes.join('\n'))
  await shown.getByLabel('I have kept them').press('Space')
  await shown.getByRole('button', { name: 'Done' }).press('Enter')
  await shown.waitFor({ state: 'hidden' })
  await page.getByText('10 left').waitFor()

  await signOut(page)
  await typeCredentials(page, mia)
  await expect.poll(() => focused(page)).toBe('Code of your authenticator app')
  await type(page, codeNow(secret, 1), 'Enter')
  await page.getByText('10 left').waitFor()

  await signOut(page)
  await typeCredentials(page, mia)
  await page.getByRole('button', { name: 'Use a recovery code' }).press('Enter')
  await expect.poll(() => focused(page)).toBe('Recovery code')
  await type(page, 'abcd-efgh-jkmn', 'Enter')
  await page.getByText('That was not it, or it was used before').waitFor()
  await expect.poll(() => focused(page)).toBe('Recovery code')
  await page.keyboard.press('ControlOrMeta+a')
  await type(page, codes[3]!, 'Enter')
  await page.getByText('9 left').waitFor()
  e2e.expectNoFaults(/^422 POST \/api\/totp\/confirmation$/)
})

test('a passkey is added, signs in without a password by itself and by the button, and is removed', async () => {
  const { tom } = e2e.world.acme
  const { page, authenticator } = await openWithAuthenticator(e2e, '/signin?next=%2Faccount%2Fsecurity')
  await typeCredentials(page, tom)
  await page.getByRole('button', { name: 'Add a passkey' }).press('Enter')
  await page.getByRole('dialog').getByLabel('Name').waitFor()
  await expect.poll(() => focused(page)).toBe('Name')
  await type(page, 'Work laptop', 'Enter')
  const shown = page.getByRole('dialog', { name: 'Recovery codes' })
  await shown.getByLabel('I have kept them').press('Space')
  await shown.getByRole('button', { name: 'Done' }).press('Enter')
  await page.getByText('Work laptop').waitFor()
  expect(await authenticator.count()).toBe(1)

  // The browser offers it at the address; here somebody takes it up at once.
  await signOut(page)
  await page.getByText(/Last used/).waitFor()

  // In a browser that offers none at the address.
  await page.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false')
  await signOut(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).press('Enter')
  await page.getByText(/Last used/).waitFor()

  await page.getByRole('button', { name: 'Actions for Work laptop' }).press('Enter')
  await choose(page, 'Rename')
  await page.getByRole('dialog').getByLabel('Name').fill('Old laptop')
  await page.keyboard.press('Enter')
  // Its new name stands behind the dialog before that is gone, and gives the focus back.
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const actions = page.getByRole('button', { name: 'Actions for Old laptop' })
  await expect.poll(() => actions.evaluate(button => button === document.activeElement)).toBe(true)
  await actions.press('Enter')
  await choose(page, 'Remove')
  await page.getByRole('dialog', { name: 'Remove Old laptop?' }).getByRole('button', { name: 'Remove' }).press('Enter')
  await page.getByText('You have none yet').waitFor()
  await page.getByRole('link', { name: 'Activity' }).press('Enter')
  await page.getByText('The passkey Old laptop was removed').waitFor()
  await page.getByText('Sign-in with a passkey').first().waitFor()
  e2e.expectNoFaults()
})

test('a security key that asks nobody to unlock it signs in beside the password, and proves later who it is', async () => {
  const { max } = e2e.world.acme
  const key = { transport: 'usb', hasResidentKey: false, hasUserVerification: false } as const
  const { page } = await openWithAuthenticator(e2e, '/signin?next=%2Faccount%2Fsecurity', key)
  await typeCredentials(page, max)
  await page.getByRole('button', { name: 'Add a passkey' }).press('Enter')
  await page.getByRole('dialog').getByLabel('Name').waitFor()
  await expect.poll(() => focused(page)).toBe('Name')
  await type(page, 'Key', 'Enter')
  await page.getByLabel('I have kept them').press('Space')
  await page.getByRole('button', { name: 'Done' }).press('Enter')
  await signOut(page)
  await typeCredentials(page, max)
  await page.getByRole('button', { name: 'Use a passkey or security key' }).press('Enter')
  await page.getByText(/Last used/).waitFor()

  // Ten minutes later it proves, beside the password, who it is that wants new codes.
  e2e.world.setClock(e2e.world.services.clock.now().add({ minutes: 11 }).toString())
  await page.getByRole('button', { name: 'New codes' }).press('Enter')
  const renewing = page.getByRole('dialog', { name: 'Make new recovery codes?' })
  await renewing.getByRole('button', { name: 'New codes' }).press('Enter')
  const secret = page.getByRole('dialog', { name: 'Confirm that it is you' }).getByRole('textbox', { name: 'Password' })
  await expect.poll(() => secret.evaluate(field => field === document.activeElement)).toBe(true)
  await type(page, password, 'Enter')
  await page.getByLabel('I have kept them').waitFor()
  e2e.expectNoFaults(/^403 POST \/api\/recovery-codes$/)
})

/** Signs out, and opens the sign-in page that leads back. */
async function signOut(page: Page): Promise<void> {
  await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }))
  await page.goto(new URL('/signin?next=%2Faccount%2Fsecurity', page.url()).href)
}

async function typeCredentials(page: Page, { email }: Person): Promise<void> {
  await expect.poll(() => focused(page)).toBe('E-mail address')
  await type(page, email, 'Tab', password, 'Enter')
}

const halfMinuteMs = 30_000

function codeNow(secret: Buffer, later = 0): string {
  const now = e2e.world.services.clock.now().epochMilliseconds
  return codeOfStep(secret, Math.floor(now / halfMinuteMs) + later)
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
  return Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map(byte => Number.parseInt(byte, 2)),
  )
}

async function textOf(download: { createReadStream(): Promise<NodeJS.ReadableStream> }): Promise<string> {
  let text = ''
  for await (const piece of await download.createReadStream()) text += String(piece)
  return text
}

/** Takes an entry of the menu that opens, which has the focus before long. */
async function choose(page: Page, entry: string): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role="menu"]') != null)).toBe(true)
  await page.getByRole('menuitem', { name: entry }).press('Enter')
}

/** Types texts and presses keys, one after the other, wherever the focus is. */
async function type(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys)
    await (['Tab', 'Enter'].includes(key) ? page.keyboard.press(key) : page.keyboard.insertText(key))
}

/** The label of the field that has the focus. */
function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
  })
}
