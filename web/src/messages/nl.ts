import type { Messages } from '#web/messages/en.ts'
import { account } from '#web/messages/nl/account.ts'
import { common } from '#web/messages/nl/common.ts'
import { shell } from '#web/messages/nl/shell.ts'
import { work } from '#web/messages/nl/work.ts'

export const nl: Messages = { ...common, account, shell, work }
