import { slugTaken } from '#server/features/workspaces/directory-queries.ts'
import { changeDirectory, clearMark } from '#server/features/workspaces/directory-sync.ts'
import { isReserved, Workspace, WorkspaceChanges } from '#server/features/workspaces/workspace.ts'
import { requireWorkspace } from '#server/features/workspaces/workspace-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateWorkspace = operation({
  id: 'updateWorkspace',
  summary: 'Rename a workspace',
  description: 'A new slug changes its address at once; the old one is free for anybody and does not lead here.',
  route: 'PATCH /api/workspaces/:workspace',
  needs: { resource: 'workspace', action: 'write' },
  params: inWorkspace(),
  body: WorkspaceChanges,
  example: { name: 'Acme Europe' },
  returns: Workspace,
  async run({ db, body, request, services, workspace, afterCommit }) {
    const row = await db.require('workspace', workspace.id, 'write', request.ifMatch)
    if (body.slug !== undefined && body.slug !== row.slug && isReserved(body.slug)) throw slugTaken()
    await db.update('workspace', 'write').set(body).where('workspace.id', '=', row.id).execute()
    const result = await requireWorkspace(db)
    // Last, while the row is still locked: only the commit comes after it.
    const mark = await changeDirectory(services, row.id, body)
    afterCommit(() => {
      clearMark(services, row.id, mark).catch(error =>
        services.log.warn({ err: error }, 'a mark in the directory waits for the schedule'),
      )
    })
    return result
  },
})
