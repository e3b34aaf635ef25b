import { account } from '#web/messages/de/account.ts'
import { common } from '#web/messages/de/common.ts'
import { shell } from '#web/messages/de/shell.ts'
import { work } from '#web/messages/de/work.ts'
import type { Messages } from '#web/messages/en.ts'

export const de: Messages = { ...common, account, shell, work }
