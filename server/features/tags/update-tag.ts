import { Tag, TagChanges } from '#server/features/tags/tag.ts'
import { requireTag } from '#server/features/tags/tag-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateTag = operation({
  id: 'updateTag',
  summary: 'Rename or recolour a tag',
  route: 'PATCH /api/workspaces/:workspace/tags/:tag',
  needs: { resource: 'tag', action: 'update' },
  params: inWorkspace('tag'),
  body: TagChanges,
  example: { name: 'very urgent' },
  returns: Tag,
  async run({ db, params, body, request }) {
    const tag = await db.require('tag', params.tag, 'update', request.ifMatch)
    const values = { ...body, ...(body.color === undefined ? {} : { color: body.color.toLowerCase() }) }
    await db.update('tag', 'update').set(values).where('tag.id', '=', tag.id).execute()
    return requireTag(db, tag.id)
  },
})
