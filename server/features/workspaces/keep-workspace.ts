import { tellOfDeletion } from '#server/features/workspaces/deletion-mails.ts'
import { changeDirectory, clearMark } from '#server/features/workspaces/directory-sync.ts'
import { Workspace } from '#server/features/workspaces/workspace.ts'
import { requireWorkspace } from '#server/features/workspaces/workspace-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const keepWorkspace = operation({
  id: 'keepWorkspace',
  summary: 'Keep a workspace that waits to be deleted',
  description: 'Everything is as it was. Done again, or where no deletion was asked for, it changes nothing.',
  route: 'DELETE /api/workspaces/:workspace/deletion',
  needs: { resource: 'workspace', action: 'write' },
  whileClosing: true,
  params: inWorkspace(),
  returns: Workspace,
  async run({ db, request, services, workspace, afterCommit }) {
    const row = await db.require('workspace', workspace.id, 'write', request.ifMatch)
    if (row.delete_at === null) return requireWorkspace(services, db)
    await db.update('workspace', 'write').set({ delete_at: null }).where('workspace.id', '=', row.id).execute()
    const result = await requireWorkspace(services, db)
    // Last, while the row is still locked: only the commit comes after it.
    const mark = await changeDirectory(services, row.id, { delete_at: null })
    afterCommit(() => {
      const told = tellOfDeletion(services, workspace, { kind: 'kept', memberId: db.access.memberId })
      Promise.all([clearMark(services, row.id, mark), told]).catch(error =>
        services.log.warn({ err: error, workspace: row.id }, 'after a workspace was kept'),
      )
    })
    return result
  },
})
