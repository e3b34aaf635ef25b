import { Tag } from '#server/features/tags/tag.ts'
import { requireTag } from '#server/features/tags/tag-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getTag = operation({
  id: 'getTag',
  summary: 'Read a tag',
  route: 'GET /api/workspaces/:workspace/tags/:tag',
  needs: { resource: 'tag', action: 'read' },
  params: inWorkspace('tag'),
  returns: Tag,
  run: ({ db, params }) => requireTag(db, params.tag),
})
