import { settings as english } from '#web/messages/en/settings.ts'

export const settings: typeof english = english
