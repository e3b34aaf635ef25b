import type { Messages } from '#web/messages/en.ts'
import { history } from '#web/messages/fr/history.ts'
import { imports } from '#web/messages/fr/imports.ts'
import { projects } from '#web/messages/fr/projects.ts'
import { attachments, board, comments, filters, myWork, task, views } from '#web/messages/fr/tasks.ts'
import { report, time } from '#web/messages/fr/time.ts'

export const work: Messages['work'] = {
  task,
  filters,
  views,
  board,
  comments,
  attachments,
  history,
  myWork,
  time,
  report,
  projects,
  imports,
}
