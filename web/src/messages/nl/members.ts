import { members as english } from '#web/messages/en/members.ts'

export const members: typeof english = english
