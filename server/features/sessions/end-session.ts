import { clearSessionCookie } from '#server/features/sessions/session-queries.ts'
import { accountOperation } from '#server/http/operation.ts'
import { Id, object } from '#server/http/schemas.ts'

export const endSession = accountOperation({
  id: 'endSession',
  summary: 'End one of your sessions',
  description: 'That browser is signed out with its next request.',
  route: 'DELETE /api/sessions/:session',
  params: object({ session: Id }),
  async run({ params, caller, services, answer, problem }) {
    const ended = await services.platform.db
      .deleteFrom('session')
      .where('id', '=', params.session)
      .where('account_id', '=', caller.accountId)
      .returning('id')
      .executeTakeFirst()
    if (!ended) throw problem('not-found')
    if (ended.id === caller.sessionId) clearSessionCookie(services, answer)
    return undefined
  },
})
