import Type, { type Static } from 'typebox'
import { changes, Id, Instant, nullable, object, text, Version } from '#server/http/schemas.ts'

const Body = text(100_000, 1, 'Markdown')

export const Comment = Type.Object(
  {
    id: Id,
    taskId: Id,
    authorId: nullable(Id),
    authorName: nullable(Type.String({ description: 'Who wrote it where that person is no member, as in an import' })),
    body: Body,
    createdAt: Instant,
    editedAt: nullable(Instant),
    version: Version,
  },
  { $id: 'Comment' },
)
export type Comment = Static<typeof Comment>

export const NewComment = object({ body: Body }, { $id: 'NewComment' })
export const CommentChanges = changes({ body: Body })
