import { recordSecurityEvent } from '#server/features/security-events/record-security-event.ts'
import { tellSecurityEventsLater } from '#server/features/security-events/tell-security-events-later.ts'
import { endOthers } from '#server/features/sessions/session-queries.ts'
import { accountOperation } from '#server/http/operation.ts'

export const endOtherSessions = accountOperation({
  id: 'endOtherSessions',
  summary: 'End all your other sessions',
  description: 'Every browser but this one is signed out with its next request. API tokens go on.',
  route: 'DELETE /api/sessions',
  async run({ caller, request, services, transact }) {
    const count = await transact(async db => {
      const ended = await endOthers(db, caller)
      if (ended > 0) {
        const event = { accountId: caller.accountId, kind: 'sessions_ended' as const, request }
        await recordSecurityEvent(services, db, { ...event, details: { count: ended } })
      }
      return ended
    })
    if (count > 0) await tellSecurityEventsLater(services)
    return undefined
  },
})
