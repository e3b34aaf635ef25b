import { confirmPasswordReset } from '#server/features/password-resets/confirm-password-reset.ts'
import { createPasswordReset } from '#server/features/password-resets/create-password-reset.ts'
import type { Feature } from '#server/http/operation.ts'

export { sendPasswordReset, sendWaitingResets } from '#server/features/password-resets/send-password-reset.ts'

export const passwordResets: Feature = {
  name: 'password resets',
  description: 'A new password for somebody who has lost theirs, with a code that is mailed to them.',
  operations: [createPasswordReset, confirmPasswordReset],
}
