import type { PlatformDatabase } from '#server/database/platform.ts'

/** The passkeys of an account, as their owner sees them. */
export function passkeysOf(db: PlatformDatabase, accountId: string) {
  return db
    .selectFrom('passkey')
    .where('account_id', '=', accountId)
    .select(['id', 'name', 'synced', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
}

type Purpose = 'add' | 'sign-in' | 'second-factor' | 'proof'

/** Takes a challenge: for its purpose and account only, before its five minutes are over, and once. */
export async function takeChallenge(
  db: PlatformDatabase,
  now: Temporal.Instant,
  { id, purpose, accountId }: { id: string; purpose: Purpose; accountId: string | undefined },
): Promise<string | undefined> {
  const row = await db
    .deleteFrom('passkey_challenge')
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('account_id', accountId === undefined ? 'is' : '=', accountId ?? null)
    .where('expires_at', '>', now.toString())
    .returning('challenge')
    .executeTakeFirst()
  return row?.challenge.toString('base64url')
}
