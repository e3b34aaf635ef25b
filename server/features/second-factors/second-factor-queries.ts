import { createHash, randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { FactorKind } from '#server/features/second-factors/second-factor.ts'
import { endOthers } from '#server/features/sessions/session-queries.ts'
import type { Caller } from '#server/http/operation.ts'
import { problem } from '#server/http/problems.ts'

/** With what an account can prove itself beside its password; empty: it has no second factor. */
export async function listFactors(db: PlatformDatabase, accountId: string): Promise<FactorKind[]> {
  const { rows } = await sql<{ totp: boolean; passkey: boolean; recovery: boolean }>`
    select exists (select from totp where account_id = ${accountId} and confirmed_at is not null) as totp,
      exists (select from passkey where account_id = ${accountId}) as passkey,
      exists (select from recovery_code where account_id = ${accountId} and used_at is null) as recovery`.execute(db)
  const { totp, passkey, recovery } = rows[0]!
  if (!totp && !passkey) return []
  return [
    ...(totp ? ['totp' as const] : []),
    ...(passkey ? ['passkey' as const] : []),
    ...(recovery ? ['recovery-code' as const] : []),
  ]
}

/**
 * After a factor was added: this session has proved it. With the first one come recovery codes, and the other sessions,
 * which began without it, end. @returns the codes, to be shown once; empty when it was not the first.
 */
export async function welcomeFactor(db: PlatformDatabase, caller: Caller, isFirst: boolean): Promise<string[]> {
  await db.updateTable('session').set({ second_factor: true }).where('id', '=', caller.sessionId).execute()
  if (!isFirst) return []
  await endOthers(db, caller)
  return makeRecoveryCodes(db, caller.accountId)
}

/** Locks the account, so that factors come and go one after another. */
export async function holdAccount(db: PlatformDatabase, accountId: string): Promise<{ hasShortPassword: boolean }> {
  const row = await db
    .selectFrom('account')
    .select('password_is_short as hasShortPassword')
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw problem('not-signed-in')
  return row
}

/** After the last factor was removed: recovery codes go with it, and no session counts as proved by one any more. */
export async function partWithFactors(db: PlatformDatabase, accountId: string): Promise<void> {
  await db.deleteFrom('recovery_code').where('account_id', '=', accountId).execute()
  await db.updateTable('session').set({ second_factor: false }).where('account_id', '=', accountId).execute()
}

const codes = 10

/** A new set; those before are void. */
export async function makeRecoveryCodes(db: PlatformDatabase, accountId: string): Promise<string[]> {
  await db.deleteFrom('recovery_code').where('account_id', '=', accountId).execute()
  const made = Array.from({ length: codes }, newRecoveryCode)
  const rows = made.map(code => ({ id: uuid7(), account_id: accountId, code_hash: hashRecoveryCode(accountId, code) }))
  await db.insertInto('recovery_code').values(rows).execute()
  return made
}

// 24 of 31 characters that are not mistaken for one another: 118 bits. From 112 on a plain hash hides them from whoever
// has the table; fewer would want what passwords are stored with (ASVS 5.0, 6.5.2; NIST SP 800-63B-4, look-up secrets).
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'

function newRecoveryCode(): string {
  const characters = Array.from({ length: 24 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return characters.replace(/(.{4})(?=.)/g, '$1-')
}

/** What is kept of a code, however somebody types it. */
export function hashRecoveryCode(accountId: string, code: string): Buffer {
  const plain = code.toLowerCase().replace(/[\s-]/g, '')
  return createHash('sha256').update(`${accountId}/${plain}`).digest()
}
