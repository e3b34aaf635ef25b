import type { Messages } from '#web/messages/en.ts'
import { account } from '#web/messages/nl/account.ts'
import { audit } from '#web/messages/nl/audit.ts'
import { common } from '#web/messages/nl/common.ts'
import { members } from '#web/messages/nl/members.ts'
import { settings } from '#web/messages/nl/settings.ts'
import { shell } from '#web/messages/nl/shell.ts'
import { work } from '#web/messages/nl/work.ts'

export const nl: Messages = { ...common, account, audit, members, settings, shell, work }
