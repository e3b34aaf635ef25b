import { account } from '#web/messages/en/account.ts'
import { audit } from '#web/messages/en/audit.ts'
import { common } from '#web/messages/en/common.ts'
import { deliveries } from '#web/messages/en/deliveries.ts'
import { entrance } from '#web/messages/en/entrance.ts'
import { explain } from '#web/messages/en/explain.ts'
import { members } from '#web/messages/en/members.ts'
import { notices } from '#web/messages/en/notices.ts'
import { security } from '#web/messages/en/security.ts'
import { settings } from '#web/messages/en/settings.ts'
import { shell } from '#web/messages/en/shell.ts'
import { signOn } from '#web/messages/en/sign-on.ts'
import { work } from '#web/messages/en/work.ts'

/** English is the source of the keys: the other catalogues have the same ones, by type. */
export const en = {
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

export type Messages = typeof en
