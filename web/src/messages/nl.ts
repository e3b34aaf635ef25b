import type { Messages } from '#web/messages/en.ts'
import { account } from '#web/messages/nl/account.ts'
import { audit } from '#web/messages/nl/audit.ts'
import { common } from '#web/messages/nl/common.ts'
import { deliveries } from '#web/messages/nl/deliveries.ts'
import { entrance } from '#web/messages/nl/entrance.ts'
import { explain } from '#web/messages/nl/explain.ts'
import { members } from '#web/messages/nl/members.ts'
import { notices } from '#web/messages/nl/notices.ts'
import { security } from '#web/messages/nl/security.ts'
import { settings } from '#web/messages/nl/settings.ts'
import { shell } from '#web/messages/nl/shell.ts'
import { signOn } from '#web/messages/nl/sign-on.ts'
import { work } from '#web/messages/nl/work.ts'

export const nl: Messages = {
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
