import Type from 'typebox'
import { Id, Instant, nullable } from '#server/http/schemas.ts'

export const MemberLock = Type.Object(
  {
    memberId: Id,
    lockedUntil: nullable(
      Type.String({
        ...Instant,
        description: 'When it ends by itself; null: with a new password, or a sign-in in a browser that is known',
      }),
    ),
    failures: Type.Integer({ description: 'Failed sign-ins since the last that was right, or since it was lifted' }),
  },
  { $id: 'MemberLock' },
)
