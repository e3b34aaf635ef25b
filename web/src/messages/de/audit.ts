import { audit as english } from '#web/messages/en/audit.ts'

export const audit: typeof english = english
