import type { CDPSession } from 'playwright-core'
import type { E2e } from '#tests/e2e/browser.ts'

type Kind = { transport: 'internal' | 'usb'; hasResidentKey: boolean; hasUserVerification: boolean }
const laptop: Kind = { transport: 'internal', hasResidentKey: true, hasUserVerification: true }

/** A page under a name that passkeys can be made for, in a browser with an authenticator of this kind. */
export async function openWithAuthenticator(e2e: E2e, path: string, kind: Kind = laptop) {
  const page = await e2e.open(`http://localhost:${new URL(e2e.world.url).port}${path}`)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ...kind,
      isUserVerified: kind.hasUserVerification,
      automaticPresenceSimulation: true,
    },
  })
  return { page, authenticator: controls(cdp, authenticatorId) }
}

function controls(cdp: CDPSession, authenticatorId: string) {
  const list = async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials
  return {
    count: async () => (await list()).length,
    copy: async () => (await list())[0]!,
    async replaceBy(credential: Awaited<ReturnType<typeof list>>[number]): Promise<void> {
      await cdp.send('WebAuthn.clearCredentials', { authenticatorId })
      await cdp.send('WebAuthn.addCredential', { authenticatorId, credential })
    },
    /** Whether somebody touches it, and unlocks it, as soon as it asks. */
    async answers(isThere: boolean): Promise<void> {
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: isThere })
    },
  }
}
