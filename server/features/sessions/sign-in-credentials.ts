import Type from 'typebox'
import { Password } from '#server/features/accounts/account.ts'
import { Email, object } from '#server/http/schemas.ts'

export const Credentials = object(
  {
    email: Email,
    password: Password,
    code: Type.Optional(
      Type.String({ maxLength: 40, description: 'Six digits of an authenticator app, or a recovery code' }),
    ),
  },
  { $id: 'Credentials', description: '`code` is of the second factor, where the account has one' },
)
