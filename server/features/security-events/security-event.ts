/** What can happen to an account that its owner wants to know of; in a workspace's history it is `member.<kind>`. */
export const securityEventKinds = [
  'signed_up',
  'signed_in',
  'sign_in_failed',
  'locked',
  'unlocked',
  'password_reset_requested',
  'password_reset',
  'password_changed',
  'email_change_requested',
  'email_changed',
  'totp_added',
  'totp_removed',
  'recovery_codes_made',
  'recovery_code_used',
  'passkey_added',
  'passkey_removed',
  'session_ended',
  'sessions_ended',
] as const
export type SecurityEventKind = (typeof securityEventKinds)[number]
