import { Passkey } from '#server/features/passkeys/passkey.ts'
import { passkeysOf } from '#server/features/passkeys/passkey-queries.ts'
import { accountOperation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { listQuery, object, page } from '#server/http/schemas.ts'

export const listPasskeys = accountOperation({
  id: 'listPasskeys',
  summary: 'List your passkeys',
  route: 'GET /api/passkeys',
  query: object(listQuery),
  returns: page(Passkey),
  run: ({ caller, query, services }) =>
    listPage(
      { services, workspace: { id: caller.accountId }, query },
      'passkeys',
      [{ ref: 'passkey.id', type: 'uuid' }],
      ({ after, order, keys, limit }) =>
        passkeysOf(services.platform.db, caller.accountId)
          .where(after)
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute(),
    ),
})
