import type { Messages } from '#web/messages/en.ts'
import { history } from '#web/messages/nl/history.ts'
import { imports } from '#web/messages/nl/imports.ts'
import { projects } from '#web/messages/nl/projects.ts'
import { attachments, board, comments, filters, myWork, task, views } from '#web/messages/nl/tasks.ts'
import { report, time } from '#web/messages/nl/time.ts'

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
