import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteAttachment = operation({
  id: 'deleteAttachment',
  summary: 'Delete an attachment',
  description: 'With its bytes. That it was there stays in the history of the task.',
  route: 'DELETE /api/workspaces/:workspace/attachments/:attachment',
  needs: { resource: 'attachment', action: 'delete' },
  params: inWorkspace('attachment'),
  async run({ db, params, request, workspace, services, afterCommit }) {
    const { id } = await db.require('attachment', params.attachment, 'delete', request.ifMatch)
    await db.remove('attachment', 'delete').where('attachment.id', '=', id).execute()
    afterCommit(() => services.storage.removeLater(workspace.schema, [id]))
    return undefined
  },
})
