import { Tag } from '#server/features/tags/tag.ts'
import { tagColumns } from '#server/features/tags/tag-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listTags = operation({
  id: 'listTags',
  summary: 'List tags',
  description: 'By name. Guests see those of the tasks that they may read.',
  route: 'GET /api/workspaces/:workspace/tags',
  needs: { resource: 'tag', action: 'read' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(Tag),
  run: ({ db, query, services, workspace }) =>
    listPage(
      { services, workspace, query },
      'tags',
      [
        { ref: 'tag.name', type: 'text', notNull: true },
        { ref: 'tag.id', type: 'uuid' },
      ],
      ({ after, order, keys, limit }) =>
        db.rows('tag').where(after).select(tagColumns).select(keys).orderBy(order).limit(limit).execute(),
    ),
})
