import Type from 'typebox'
import { Code } from '#server/features/accounts/account.ts'
import { Passkey } from '#server/features/passkeys/passkey.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { Instant, object } from '#server/http/schemas.ts'

export type FactorKind = 'totp' | 'passkey' | 'recovery-code'

export const SecondFactors = Type.Object(
  {
    totp: Type.Union([Type.Object({ confirmedAt: Instant }), Type.Null()]),
    passkeys: Type.Array(Passkey),
    recoveryCodesLeft: Type.Integer({ minimum: 0 }),
  },
  { $id: 'SecondFactors' },
)

export const NewTotp = Type.Object(
  {
    secret: Type.String({ description: 'Base32, to be typed where it cannot be scanned' }),
    uri: Type.String({ description: 'What an authenticator app scans as a QR code' }),
  },
  { $id: 'NewTotp', description: 'Shown once; it counts when it is confirmed' },
)

export const TotpConfirmation = object({ code: Code })

export const RecoveryCodes = Type.Object(
  { recoveryCodes: Type.Array(Type.String()) },
  { $id: 'RecoveryCodes', description: 'Each signs in once instead of a code of the app. Shown this one time' },
)

export const factorProblems = {
  'totp-exists': { status: 409, title: 'There is an authenticator app already' },
  'code-rejected': { status: 422, title: 'The code is wrong, has expired or was used up' },
  'no-second-factor': { status: 409, title: 'There is no second factor yet' },
  'password-too-short-alone': { status: 409, title: 'The password is too short to be the only factor' },
} as const satisfies ProblemTable

export const totpField = (accountId: string) =>
  ({ workspace: 'platform', column: 'totp.secret', row: accountId }) as const
