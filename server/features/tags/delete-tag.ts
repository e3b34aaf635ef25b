import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const deleteTag = operation({
  id: 'deleteTag',
  summary: 'Delete a tag',
  description: 'Takes it off every task; each of them says so in its history (`task.tag_removed`).',
  route: 'DELETE /api/workspaces/:workspace/tags/:tag',
  needs: { resource: 'tag', action: 'delete' },
  params: inWorkspace('tag'),
  async run({ db, params, request }) {
    const tag = await db.require('tag', params.tag, 'delete', request.ifMatch)
    await db.remove('tag', 'delete').where('tag.id', '=', tag.id).execute()
    return undefined
  },
})
