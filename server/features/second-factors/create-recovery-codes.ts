import { factorProblems, RecoveryCodes } from '#server/features/second-factors/second-factor.ts'
import { holdAccount, listFactors, makeRecoveryCodes } from '#server/features/second-factors/second-factor-queries.ts'
import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { accountOperation } from '#server/http/operation.ts'

export const createRecoveryCodes = accountOperation({
  id: 'createRecoveryCodes',
  summary: 'Get new recovery codes',
  description: 'Ten, shown this one time. Those of before are void.',
  route: 'POST /api/recovery-codes',
  needsProof: true,
  returns: RecoveryCodes,
  problems: factorProblems,
  transaction: 'own',
  async run({ caller, request, services, transact, problem }) {
    const recoveryCodes = await transact(async db => {
      await holdAccount(db, caller.accountId)
      if ((await listFactors(db, caller.accountId)).length === 0) throw problem('no-second-factor')
      await recordSecurityEvent(services, db, { accountId: caller.accountId, kind: 'recovery_codes_made', request })
      return makeRecoveryCodes(db, caller.accountId)
    })
    await tellSecurityEventsLater(services)
    return { recoveryCodes }
  },
})
