import { account as english } from '#web/messages/en/account.ts'

export const account: typeof english = english
