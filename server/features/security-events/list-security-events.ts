import { sql } from 'kysely'
import Type from 'typebox'
import { securityEventKinds } from '#server/features/security-events/security-event.ts'
import { describeDevice } from '#server/features/sessions/session.ts'
import { accountOperation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { Id, Instant, listQuery, nullable, object, oneOf, page } from '#server/http/schemas.ts'

export const SecurityEvent = Type.Object(
  {
    id: Id,
    at: Instant,
    kind: oneOf(securityEventKinds),
    device: nullable(Type.String({ description: 'Browser and system, as far as they tell' })),
    address: nullable(Type.String({ description: 'The network address that it came from' })),
    details: Type.Unsafe<Record<string, string | number | boolean | null>>({
      type: 'object',
      description: 'Further facts, by kind: `{method: "password"}`',
      additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
    }),
  },
  { $id: 'SecurityEvent' },
)

export const listSecurityEvents = accountOperation({
  id: 'listSecurityEvents',
  summary: 'List what happened to your account',
  description: 'Newest first, for a year: sign-ins, failures, and changes of what you sign in with.',
  route: 'GET /api/security-events',
  query: object(listQuery),
  returns: page(SecurityEvent),
  async run({ caller, query, services }) {
    // By account_event_account.
    const found = await listPage(
      { services, workspace: { id: caller.accountId }, query },
      'security-events',
      [{ ref: 'account_event.id', type: 'uuid', descending: true }],
      ({ after, order, keys, limit }) =>
        services.platform.db
          .selectFrom('account_event')
          .where('account_id', '=', caller.accountId)
          .where(after)
          .select(['id', 'at', 'kind', 'details', 'user_agent as userAgent'])
          .select(sql<string | null>`host(address)`.as('address'))
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute(),
    )
    const items = found.items.map(({ userAgent, ...event }) => ({
      ...event,
      kind: event.kind as (typeof securityEventKinds)[number],
      details: event.details as Record<string, string>,
      device: userAgent === '' ? null : describeDevice(userAgent),
    }))
    return { ...found, items }
  },
})
