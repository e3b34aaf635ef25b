import Type, { type Static } from 'typebox'
import { Password } from '#server/features/accounts/account.ts'
import { PasskeyAnswer } from '#server/features/passkeys/passkey.ts'
import { Email, object } from '#server/http/schemas.ts'

export const FactorCode = Type.String({
  maxLength: 40,
  description: 'Six digits of an authenticator app, or a recovery code',
})

export const Credentials = object(
  {
    email: Email,
    password: Password,
    code: Type.Optional(FactorCode),
    passkey: Type.Optional(PasskeyAnswer),
  },
  { $id: 'Credentials', description: '`code` or `passkey` is of the second factor, where the account has one' },
)
export type CredentialsOf = Static<typeof Credentials>
