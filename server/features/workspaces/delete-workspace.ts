import { tellOfDeletion } from '#server/features/workspaces/deletion-mails.ts'
import { changeDirectory, clearMark } from '#server/features/workspaces/directory-sync.ts'
import { holdProblems, underHold } from '#server/features/workspaces/legal-hold.ts'
import { Slug, Workspace } from '#server/features/workspaces/workspace.ts'
import { requireWorkspace } from '#server/features/workspaces/workspace-queries.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem } from '#server/http/problems.ts'
import { inWorkspace, object } from '#server/http/schemas.ts'

/** How long a deletion can be taken back. */
export const daysToKeep = 30

export const deleteWorkspace = operation({
  id: 'deleteWorkspace',
  summary: 'Delete a workspace',
  description:
    'Closes it at once, and deletes it with everything in it, its history included, 30 days later. Until then an admin ' +
    'can keep it: `keepWorkspace`. All admins are told by mail. `confirm` repeats its slug. Under a legal hold it is refused.',
  route: 'DELETE /api/workspaces/:workspace',
  needs: { resource: 'workspace', action: 'write' },
  params: inWorkspace(),
  query: object({ confirm: Slug }),
  returns: Workspace,
  problems: holdProblems,
  async run({ db, query, request, services, workspace, afterCommit }) {
    const row = await db.require('workspace', workspace.id, 'write', request.ifMatch)
    if (row.legal_hold) throw underHold()
    if (query.confirm !== row.slug)
      throw fieldProblem('/query/confirm', 'must repeat the slug of the workspace', 'rule-broken')
    const deleteAt = services.clock
      .now()
      .add({ hours: daysToKeep * 24 })
      .toString({ fractionalSecondDigits: 3 })
    await db.update('workspace', 'write').set({ delete_at: deleteAt }).where('workspace.id', '=', row.id).execute()
    const result = await requireWorkspace(services, db)
    // Last, while the row is still locked: only the commit comes after it.
    const mark = await changeDirectory(services, row.id, { delete_at: deleteAt })
    afterCommit(() => {
      const told = tellOfDeletion(services, workspace, { kind: 'asked', deleteAt, memberId: db.access.memberId })
      Promise.all([clearMark(services, row.id, mark), told]).catch(error =>
        services.log.warn({ err: error, workspace: row.id }, 'after the deletion of a workspace was asked for'),
      )
    })
    return result
  },
})
