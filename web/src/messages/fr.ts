import type { Messages } from '#web/messages/en.ts'
import { account } from '#web/messages/fr/account.ts'
import { common } from '#web/messages/fr/common.ts'
import { shell } from '#web/messages/fr/shell.ts'
import { work } from '#web/messages/fr/work.ts'

export const fr: Messages = { ...common, account, shell, work }
