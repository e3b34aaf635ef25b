import type { Messages } from '#web/messages/en.ts'
import { account } from '#web/messages/fr/account.ts'
import { audit } from '#web/messages/fr/audit.ts'
import { common } from '#web/messages/fr/common.ts'
import { deliveries } from '#web/messages/fr/deliveries.ts'
import { entrance } from '#web/messages/fr/entrance.ts'
import { explain } from '#web/messages/fr/explain.ts'
import { members } from '#web/messages/fr/members.ts'
import { notices } from '#web/messages/fr/notices.ts'
import { security } from '#web/messages/fr/security.ts'
import { settings } from '#web/messages/fr/settings.ts'
import { shell } from '#web/messages/fr/shell.ts'
import { signOn } from '#web/messages/fr/sign-on.ts'
import { work } from '#web/messages/fr/work.ts'

export const fr: Messages = {
  ...common,
  account,
  audit,
  deliveries,
  entrance,
  explain,
  members,
  notices,
  security,
  settings,
  shell,
  signOn,
  work,
}
