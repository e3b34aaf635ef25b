import { common as english } from '#web/messages/en/common.ts'

export const common: typeof english = english
