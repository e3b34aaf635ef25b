import { clearSessionCookie } from '#server/features/sessions/session-queries.ts'
import { publicOperation } from '#server/http/operation.ts'

export const signOut = publicOperation({
  id: 'signOut',
  summary: 'Sign out',
  description: 'Ends the session and takes the cookie back. Without a session it does nothing.',
  route: 'DELETE /api/session',
  async run({ caller, services, answer }) {
    if (caller) await services.platform.db.deleteFrom('session').where('id', '=', caller.sessionId).execute()
    clearSessionCookie(services, answer)
    return undefined
  },
})
