import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { liftLocks } from '#server/features/sessions/locks.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteMemberLock = operation({
  id: 'deleteMemberLock',
  summary: 'Lift the lock of a member',
  description:
    'They can try again at once; without a lock it does nothing. What counts in a row goes on counting: after too many ' +
    'failures without one success only a new password or a browser that is known lets them in.',
  route: 'DELETE /api/workspaces/:workspace/members/:member/lock',
  needs: { resource: 'member', action: 'write' },
  params: inWorkspace('member'),
  async run({ db, params, request, services, afterCommit }) {
    const { account_id: accountId } = await db.require('member', params.member, 'write', request.ifMatch)
    if (!accountId) return undefined
    await services.platform.transact(async platform => {
      const wasLocked = await liftLocks(services, platform, accountId)
      if (!wasLocked) return
      await recordSecurityEvent(services, platform, { accountId, kind: 'unlocked', request, details: { by: 'admin' } })
    })
    afterCommit(() => void tellSecurityEventsLater(services))
    return undefined
  },
})
