import {
  type Icon,
  IconAlertTriangle,
  IconDeviceMobile,
  IconKey,
  IconLock,
  IconLogin,
  IconLogout,
  IconMail,
  IconPassword,
} from '@tabler/icons-react'
import type { SecurityEvent } from '#client'

/** What kind of thing happened, at a glance; the sentence beside it says it. */
export function EventMark({ kind }: Pick<SecurityEvent, 'kind'>) {
  const Mark = marks[kind]
  return <Mark size={20} stroke={1.6} aria-hidden />
}

const marks: Record<SecurityEvent['kind'], Icon> = {
  signed_up: IconLogin,
  signed_in: IconLogin,
  sign_in_failed: IconAlertTriangle,
  locked: IconLock,
  unlocked: IconLock,
  password_reset_requested: IconMail,
  password_reset: IconPassword,
  password_changed: IconPassword,
  email_change_requested: IconMail,
  email_changed: IconMail,
  totp_added: IconDeviceMobile,
  totp_removed: IconDeviceMobile,
  recovery_codes_made: IconPassword,
  recovery_code_used: IconPassword,
  passkey_added: IconKey,
  passkey_removed: IconKey,
  session_ended: IconLogout,
  sessions_ended: IconLogout,
  token_used_from_new_network: IconAlertTriangle,
}
