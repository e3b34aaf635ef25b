import type { PlatformDatabase } from '#server/database/platform.ts'
import { holdAccount, partWithFactors } from '#server/features/second-factors/second-factor-queries.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import type { Services } from '#server/services.ts'

/**
 * Takes all second factors from an account, for an operator who has made sure whose it is: for somebody who lost them and
 * the recovery codes. Its sessions end, its owner is told, and a password under 15 characters has to be reset.
 * @returns how many there were, and whether the password has to be reset.
 */
export async function removeFactors(
  services: Services,
  db: PlatformDatabase,
  accountId: string,
): Promise<{ removed: number; mustReset: boolean }> {
  const { hasShortPassword } = await holdAccount(db, accountId)
  const totp = await db.deleteFrom('totp').where('account_id', '=', accountId).returning('confirmed_at').execute()
  const passkeys = await db.deleteFrom('passkey').where('account_id', '=', accountId).returning('name').execute()
  await partWithFactors(db, accountId)
  await db.deleteFrom('session').where('account_id', '=', accountId).execute()
  // Too short to stand alone, it signs nobody in any more.
  if (hasShortPassword)
    await db.updateTable('account').set({ password_hash: null }).where('id', '=', accountId).execute()
  const details = { by: 'operator' }
  if (totp.some(row => row.confirmed_at))
    await recordSecurityEvent(services, db, { accountId, kind: 'totp_removed', details })
  for (const { name } of passkeys)
    await recordSecurityEvent(services, db, { accountId, kind: 'passkey_removed', details: { ...details, name } })
  return { removed: totp.length + passkeys.length, mustReset: hasShortPassword }
}
