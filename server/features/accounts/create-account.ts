import { hashPassword } from '#server/crypto/password.ts'
import { findAccountByEmail, insertAccount } from '#server/features/accounts/account-queries.ts'
import type { Services } from '#server/services.ts'

/** The account of this address, made when there is none; the password of one that is there stays as it is. */
export async function createAccount(
  services: Services,
  { email, name, password }: { email: string; name: string; password: string },
): Promise<{ id: string; email: string; name: string; isNew: boolean }> {
  const { db } = services.platform
  const address = email.toLowerCase()
  const known = await findAccountByEmail(db, address)
  if (known) return { ...known, isNew: false }
  const made = await insertAccount(db, { email: address, name, passwordHash: await hashPassword(password) })
  // Somebody made it in between.
  return made ? { ...made, isNew: true } : createAccount(services, { email, name, password })
}
