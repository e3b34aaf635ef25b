import { confirmEmailChange } from '#server/features/email-changes/confirm-email-change.ts'
import { createEmailChange } from '#server/features/email-changes/create-email-change.ts'
import type { Feature } from '#server/http/operation.ts'

export const emailChanges: Feature = {
  name: 'email-changes',
  description: 'A new e-mail address, once its owner has confirmed it.',
  operations: [createEmailChange, confirmEmailChange],
}
