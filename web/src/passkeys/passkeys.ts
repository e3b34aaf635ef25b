import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { ApiProblem, type PasskeyAnswer, type PasskeyOptions } from '#client'
import { describeProblem, SpokenError } from '#web/forms/problem.ts'
import { currentMessages } from '#web/messages/language.ts'

/** Whether the browser can ask for a passkey here: an IP address is no name for one to be bound to. */
export function canUsePasskeys(): boolean {
  return browserSupportsWebAuthn() && !isAddress(location.hostname)
}

/** A host that is an IP address: `127.0.0.1`, `[::1]`. */
export function isAddress(host: string): boolean {
  return /^([\d.]+|\[.*\])$/.test(host)
}

/** Has a passkey sign. `autofill`: it waits until one is chosen among what the browser offers at the address. */
export async function askPasskey({ challengeId, options }: PasskeyOptions, autofill = false): Promise<PasskeyAnswer> {
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
  const answered = await inWords(() => startAuthentication({ optionsJSON, useBrowserAutofill: autofill }))
  return { challengeId, response: answered as unknown as PasskeyAnswer['response'] }
}

export async function makePasskey({ challengeId, options }: PasskeyOptions): Promise<PasskeyAnswer> {
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  const made = await inWords(() => startRegistration({ optionsJSON }))
  return { challengeId, response: made as unknown as PasskeyAnswer['response'] }
}

/** Why signing in with one failed. */
export function describePasskeyProblem(error: unknown): string {
  const isUnknown = error instanceof ApiProblem && error.code === 'wrong-credentials'
  return isUnknown ? currentMessages().security.passkeys.unknown : describeProblem(error)
}

// A browser says why in English, for programmers.
async function inWords<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const { faults } = currentMessages().security.passkeys
    const known: Record<string, string> = faults
    const name = error instanceof Error ? error.name : ''
    throw new SpokenError(known[name] ?? faults.other, { cause: error })
  }
}
