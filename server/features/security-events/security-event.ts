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
  'token_used_from_new_network',
] as const
export type SecurityEventKind = (typeof securityEventKinds)[number]

/** For the owner alone: the one workspace that it concerns has it in its history already, and the others never do. */
type OwnersAlone = 'token_used_from_new_network'
export const ownersAlone: ReadonlySet<string> = new Set<OwnersAlone>(['token_used_from_new_network'])

/** What is in the histories of the workspaces, too. */
export type HistoryKind = Exclude<SecurityEventKind, OwnersAlone>
export const historyKinds = securityEventKinds.filter((kind): kind is HistoryKind => !ownersAlone.has(kind))
