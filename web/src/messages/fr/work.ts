import type { Messages } from '#web/messages/en.ts'

export const work: Messages['work'] = {}
