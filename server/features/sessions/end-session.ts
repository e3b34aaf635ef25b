import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { describeDevice } from '#server/features/sessions/session.ts'
import { clearSessionCookie } from '#server/features/sessions/session-queries.ts'
import { accountOperation } from '#server/http/operation.ts'
import { Id, object } from '#server/http/schemas.ts'

export const endSession = accountOperation({
  id: 'endSession',
  summary: 'End one of your sessions',
  description:
    'That browser is signed out with its next request, and what it follows ends within a second. A session of a ' +
    'workspace’s identity provider can end only itself.',
  route: 'DELETE /api/sessions/:session',
  params: object({ session: Id }),
  anySession: true,
  async run({ params, caller, request, services, answer, transact, problem }) {
    const isCurrent = params.session.toLowerCase() === caller.sessionId
    if (caller.workspaceId !== null && !isCurrent) throw problem('not-found')
    await transact(async db => {
      const ended = await db
        .deleteFrom('session')
        .where('id', '=', params.session)
        .where('account_id', '=', caller.accountId)
        .returning('user_agent')
        .executeTakeFirst()
      if (!ended) throw problem('not-found')
      const details = { device: describeDevice(ended.user_agent) }
      await recordSecurityEvent(services, db, {
        accountId: caller.accountId,
        kind: 'session_ended',
        request,
        details,
      })
    })
    if (isCurrent) clearSessionCookie(services, answer)
    await tellSecurityEventsLater(services)
    return undefined
  },
})
