import { createTag } from '#server/features/tags/create-tag.ts'
import { deleteTag } from '#server/features/tags/delete-tag.ts'
import { getTag } from '#server/features/tags/get-tag.ts'
import { listTags } from '#server/features/tags/list-tags.ts'
import { updateTag } from '#server/features/tags/update-tag.ts'
import type { Feature } from '#server/http/operation.ts'

export const tags: Feature = {
  name: 'tags',
  description: 'Words that mark tasks across projects.',
  operations: [listTags, createTag, getTag, updateTag, deleteTag],
}
