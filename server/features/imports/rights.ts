import type { ImportPlan } from '#server/features/imports/import-plan.ts'
import { type Access, mayInsert } from '#server/permissions/access.ts'

/**
 * What a role of one's own making may lack for this file, as sentences. Where tasks may go is asked by the door; this
 * is what it does not ask: in whose name comments and time are written.
 */
export function findMissingRights(access: Access, { tags, comments, timeEntries }: ImportPlan): string[] {
  const { comment, task, time_entry } = access.permissions
  return [
    task.create === 'none' ? 'Your role may not create tasks.' : '',
    tags.length > 0 && !mayInsert(access, 'tag') ? 'The file holds tags, and your role may not create any.' : '',
    comments.length > 0 && comment.create === 'none' ? 'The file holds comments, and your role may not write any.' : '',
    timeEntries.length > 0 && time_entry.write !== 'all'
      ? "The file holds time entries, and your role may not write other people's."
      : '',
  ].filter(Boolean)
}
