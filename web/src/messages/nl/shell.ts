import { shell as english } from '#web/messages/en/shell.ts'

export const shell: typeof english = english
