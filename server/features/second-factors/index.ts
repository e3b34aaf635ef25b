import { confirmTotp } from '#server/features/second-factors/confirm-totp.ts'
import { createRecoveryCodes } from '#server/features/second-factors/create-recovery-codes.ts'
import { createTotp } from '#server/features/second-factors/create-totp.ts'
import { deleteTotp } from '#server/features/second-factors/delete-totp.ts'
import { getSecondFactors } from '#server/features/second-factors/get-second-factors.ts'
import type { Feature } from '#server/http/operation.ts'

export const secondFactors: Feature = {
  name: 'second factors',
  description: 'What signing in asks for beside the password: an authenticator app, a passkey, or a recovery code.',
  operations: [getSecondFactors, createTotp, confirmTotp, deleteTotp, createRecoveryCodes],
}
