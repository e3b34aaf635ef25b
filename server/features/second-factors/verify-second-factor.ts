import { stepOfCode } from '#server/crypto/totp.ts'
import type { PasskeyAnswer } from '#server/features/passkeys/passkey.ts'
import { verifyPasskey } from '#server/features/passkeys/verify-passkey.ts'
import { totpField } from '#server/features/second-factors/second-factor.ts'
import { hashRecoveryCode } from '#server/features/second-factors/second-factor-queries.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import type { RequestFacts } from '#server/http/operation.ts'
import type { Services } from '#server/services.ts'

type Given = { code?: string | undefined; passkey?: PasskeyAnswer | undefined }

/**
 * Whether this is a second factor of the account: six digits of its authenticator app, a recovery code, or a passkey that
 * answers a challenge. The caller has counted the attempt. Nothing is taken twice, whatever comes at once.
 */
export async function verifySecondFactor(
  services: Services,
  accountId: string,
  { code, passkey }: Given,
  request: RequestFacts,
): Promise<boolean> {
  if (passkey) {
    const verified = await verifyPasskey(services, passkey, { purpose: 'second-factor', accountId, request })
    return verified !== undefined
  }
  if (code === undefined) return false
  // Apps show the six digits with a space among them, and so they are copied.
  const digits = code.replaceAll(/\s/g, '')
  return /^[0-9]{6}$/.test(digits)
    ? takeTotp(services, accountId, digits)
    : takeRecoveryCode(services, accountId, code, request)
}

async function takeTotp({ platform, sealer, clock }: Services, accountId: string, code: string): Promise<boolean> {
  const row = await platform.db
    .selectFrom('totp')
    .select('secret')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  if (!row) return false
  const secret = Buffer.from(sealer.open(totpField(accountId), row.secret), 'base64url')
  const step = stepOfCode(secret, code, clock.now())
  if (step === undefined) return false
  const taken = await platform.db
    .updateTable('totp')
    .set({ last_step: step })
    .where('account_id', '=', accountId)
    .where('last_step', '<', step)
    .returning('account_id')
    .executeTakeFirst()
  return taken !== undefined
}

function takeRecoveryCode(
  services: Services,
  accountId: string,
  code: string,
  request: RequestFacts,
): Promise<boolean> {
  return services.platform.transact(async db => {
    const taken = await db
      .updateTable('recovery_code')
      .set({ used_at: services.clock.now().toString() })
      .where('account_id', '=', accountId)
      .where('code_hash', '=', hashRecoveryCode(accountId, code))
      .where('used_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!taken) return false
    await recordSecurityEvent(services, db, { accountId, kind: 'recovery_code_used', request })
    return true
  })
}
