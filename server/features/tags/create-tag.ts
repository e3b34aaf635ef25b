import { uuid7 } from '#server/crypto/uuid7.ts'
import { colorFor, NewTag, Tag } from '#server/features/tags/tag.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const createTag = operation({
  id: 'createTag',
  summary: 'Create a tag',
  description: 'Without a colour it gets one that follows from its name.',
  route: 'POST /api/workspaces/:workspace/tags',
  needs: { resource: 'tag', action: 'create' },
  params: inWorkspace(),
  body: NewTag,
  example: { name: 'urgent', color: '#c92a2a' },
  returns: Tag,
  status: 201,
  async run({ db, body }) {
    const tag = { id: uuid7(), name: body.name, color: (body.color ?? colorFor(body.name)).toLowerCase() }
    await db.insert('tag', tag)
    // Not read again: somebody who sees only the tags in use may make one that is not used yet.
    return { ...tag, version: 1 }
  },
})
