import { history } from '#web/messages/de/history.ts'
import { imports } from '#web/messages/de/imports.ts'
import { projects } from '#web/messages/de/projects.ts'
import { attachments, board, comments, filters, myWork, task, views } from '#web/messages/de/tasks.ts'
import { report, time } from '#web/messages/de/time.ts'
import type { Messages } from '#web/messages/en.ts'

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
