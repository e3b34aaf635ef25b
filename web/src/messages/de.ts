import { account } from '#web/messages/de/account.ts'
import { audit } from '#web/messages/de/audit.ts'
import { common } from '#web/messages/de/common.ts'
import { deliveries } from '#web/messages/de/deliveries.ts'
import { entrance } from '#web/messages/de/entrance.ts'
import { explain } from '#web/messages/de/explain.ts'
import { members } from '#web/messages/de/members.ts'
import { notices } from '#web/messages/de/notices.ts'
import { security } from '#web/messages/de/security.ts'
import { settings } from '#web/messages/de/settings.ts'
import { shell } from '#web/messages/de/shell.ts'
import { signOn } from '#web/messages/de/sign-on.ts'
import { work } from '#web/messages/de/work.ts'
import type { Messages } from '#web/messages/en.ts'

export const de: Messages = {
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
