import { sql } from 'kysely'
import { describeDevice, Session } from '#server/features/sessions/session.ts'
import { isAlive } from '#server/http/authentication.ts'
import { accountOperation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { listQuery, object, page } from '#server/http/schemas.ts'

export const listSessions = accountOperation({
  id: 'listSessions',
  summary: 'List where you are signed in',
  description: 'Newest first. A session of a workspace’s identity provider sees only itself.',
  route: 'GET /api/sessions',
  query: object(listQuery),
  returns: page(Session),
  anySession: true,
  async run({ caller, query, services }) {
    const found = await listPage(
      { services, workspace: { id: caller.accountId }, query },
      'sessions',
      [{ ref: 'session.id', type: 'uuid', descending: true }],
      ({ after, order, keys, limit }) =>
        services.platform.db
          .selectFrom('session')
          .leftJoin('workspace', 'workspace.id', 'session.workspace_id')
          .where('session.account_id', '=', caller.accountId)
          .$if(caller.workspaceId !== null, own => own.where('session.id', '=', caller.sessionId))
          .where(isAlive(services))
          .where(after)
          .select([
            'session.id',
            'session.user_agent as userAgent',
            sql<string | null>`host(session.address)`.as('address'),
            'session.method',
            'session.second_factor as secondFactor',
            'workspace.slug',
            'workspace.name',
            'session.created_at as createdAt',
            'session.last_seen_at as lastSeenAt',
            'session.expires_at as expiresAt',
          ])
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute(),
    )
    const items = found.items.map(({ userAgent, slug, name, ...session }) => ({
      ...session,
      workspace: slug !== null && name !== null ? { slug, name } : null,
      device: describeDevice(userAgent),
      current: session.id === caller.sessionId,
    }))
    return { ...found, items }
  },
})
