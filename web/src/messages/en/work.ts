import { history } from '#web/messages/en/history.ts'
import { imports } from '#web/messages/en/imports.ts'
import { projects } from '#web/messages/en/projects.ts'
import { attachments, board, comments, filters, myWork, task, views } from '#web/messages/en/tasks.ts'
import { report, time } from '#web/messages/en/time.ts'

/** The pages where people work all day. */
export const work = {
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
