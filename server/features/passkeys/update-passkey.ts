import { Passkey, PasskeyName } from '#server/features/passkeys/passkey.ts'
import { passkeysOf } from '#server/features/passkeys/passkey-queries.ts'
import { accountOperation } from '#server/http/operation.ts'
import { changes, Id, object } from '#server/http/schemas.ts'

export const updatePasskey = accountOperation({
  id: 'updatePasskey',
  summary: 'Rename a passkey',
  route: 'PATCH /api/passkeys/:passkey',
  params: object({ passkey: Id }),
  body: changes({ name: PasskeyName }),
  example: { name: 'Work laptop' },
  returns: Passkey,
  async run({ params, body, caller, services, problem }) {
    const { db } = services.platform
    await db
      .updateTable('passkey')
      .set(body)
      .where('id', '=', params.passkey)
      .where('account_id', '=', caller.accountId)
      .execute()
    const found = await passkeysOf(db, caller.accountId).where('id', '=', params.passkey).executeTakeFirst()
    if (!found) throw problem('not-found')
    return found
  },
})
