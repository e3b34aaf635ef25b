import { factorProblems } from '#server/features/second-factors/second-factor.ts'
import { settleWithout } from '#server/features/second-factors/settle-without.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { accountOperation } from '#server/http/operation.ts'
import { Id, object } from '#server/http/schemas.ts'

export const deletePasskey = accountOperation({
  id: 'deletePasskey',
  summary: 'Remove a passkey',
  description:
    'With the last second factor the recovery codes go too. Refused while your password is too short to stand alone.',
  route: 'DELETE /api/passkeys/:passkey',
  needsProof: true,
  params: object({ passkey: Id }),
  problems: factorProblems,
  transaction: 'own',
  async run({ params, caller, request, services, transact, problem }) {
    const { accountId } = caller
    await transact(async db => {
      await settleWithout(db, accountId, async () => {
        const removed = await db
          .deleteFrom('passkey')
          .where('id', '=', params.passkey)
          .where('account_id', '=', accountId)
          .returning('name')
          .executeTakeFirst()
        if (!removed) throw problem('not-found')
        const details = { name: removed.name }
        await recordSecurityEvent(services, db, { accountId, kind: 'passkey_removed', request, details })
      })
    })
    await tellSecurityEventsLater(services)
    return undefined
  },
})
