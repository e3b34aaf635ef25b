import { inHashSlot } from '#server/crypto/password.ts'
import { findKnownDevice } from '#server/features/sessions/known-device.ts'
import { guarded } from '#server/features/sessions/sign-in-guard.ts'
import type { RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

/** Whose password it was, and its hash then; `newHash` when that one was weaker than today's parameters. */
export type Proved = {
  accountId: string
  email: string
  hash: string
  newHash: string | undefined
  deviceId: string | undefined
}

/**
 * The account with this address and password, or undefined. An address that is not known, an account that is locked, and
 * one without a password take the same steps as a wrong password: one look-up, one hash, one note.
 */
export function provePassword(
  services: Services,
  { email, password, request }: { email: string; password: string; request: RequestFacts },
): Promise<Proved | undefined> {
  const address = email.toLowerCase()
  // All of it when it is its turn to hash: so no crowd takes every connection, and no more attempts of one account are
  // under way than may fail, or right ones that come at once would be refused.
  return inHashSlot(async hasher => {
    const account = await services.platform.db
      .selectFrom('account')
      .select(['id', 'password_hash as hash'])
      .where('email', '=', address)
      .executeTakeFirst()
    const deviceId = await findKnownDevice(services, account?.id, request)
    const attempt = { purpose: 'password' as const, accountId: account?.id, email: address, request, deviceId }
    const verify = async () => {
      const { ok, needsRehash } = await hasher.verify(password, account?.hash ?? null)
      if (!ok || !account?.hash) return undefined
      const newHash = needsRehash ? await hasher.hash(password) : undefined
      return { accountId: account.id, email: address, hash: account.hash, newHash, deviceId }
    }
    return guarded(services, attempt, verify, () => hasher.verify(password, null))
  })
}
