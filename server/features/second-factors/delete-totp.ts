import { factorProblems } from '#server/features/second-factors/second-factor.ts'
import { settleWithout } from '#server/features/second-factors/settle-without.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { accountOperation } from '#server/http/operation.ts'

export const deleteTotp = accountOperation({
  id: 'deleteTotp',
  summary: 'Remove the authenticator app',
  description:
    'With the last second factor the recovery codes go too. Refused while your password is too short to stand alone.',
  route: 'DELETE /api/totp',
  needsProof: true,
  problems: factorProblems,
  transaction: 'own',
  async run({ caller, request, services, transact, problem }) {
    await transact(async db => {
      await settleWithout(db, caller.accountId, async () => {
        const removed = await db
          .deleteFrom('totp')
          .where('account_id', '=', caller.accountId)
          .returning('confirmed_at')
          .executeTakeFirst()
        if (!removed) throw problem('not-found')
        if (removed.confirmed_at)
          await recordSecurityEvent(services, db, { accountId: caller.accountId, kind: 'totp_removed', request })
      })
    })
    await tellSecurityEventsLater(services)
    return undefined
  },
})
