import type { PlatformDatabase } from '#server/database/platform.ts'
import { factorProblems } from '#server/features/second-factors/second-factor.ts'
import { holdAccount, listFactors, partWithFactors } from '#server/features/second-factors/second-factor-queries.ts'
import { problemsOf } from '#server/http/problems.ts'

/**
 * Removes a factor, and what hangs on it when it was the last one.
 * @throws 409 when the password is too short to be all that is left.
 */
export async function settleWithout(
  db: PlatformDatabase,
  accountId: string,
  remove: () => Promise<void>,
): Promise<void> {
  const { hasShortPassword } = await holdAccount(db, accountId)
  const before = await listFactors(db, accountId)
  await remove()
  if (before.length === 0 || (await listFactors(db, accountId)).length > 0) return
  if (hasShortPassword) {
    const detail = 'Choose a password of at least 15 characters first, or keep another second factor.'
    throw problemsOf(factorProblems)('password-too-short-alone', detail)
  }
  await partWithFactors(db, accountId)
}
