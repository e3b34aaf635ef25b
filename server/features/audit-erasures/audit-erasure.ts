import Type, { type Static } from 'typebox'
import { holdProblems } from '#server/features/workspaces/legal-hold.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { Id, Instant, nullable, object, oneOf, text, Version } from '#server/http/schemas.ts'

export const erasureKinds = ['names', 'addresses', 'words'] as const
export type ErasureKind = (typeof erasureKinds)[number]

const What = Type.Array(oneOf(erasureKinds), {
  minItems: 1,
  maxItems: erasureKinds.length,
  uniqueItems: true,
  description:
    '`names`: what the person was called, and their e-mail addresses; `addresses`: where their requests came from; ' +
    '`words`: what they wrote (titles, descriptions, comments, notes, names of things, reasons)',
})
const Reason = text(500, 1, 'Told in the history: it must not repeat what is erased')

export const AuditErasure = Type.Object(
  {
    id: Id,
    memberId: Type.String({ format: 'uuid', description: 'Whose' }),
    what: Type.Unsafe<ErasureKind[]>(What),
    reason: Type.String(),
    askerId: nullable(Type.String({ format: 'uuid', description: 'Who asked for it; null: the operator' })),
    status: oneOf(['waiting', 'running', 'done', 'failed']),
    failure: nullable(Type.String({ description: 'Why it failed, in a sentence' })),
    doneCount: Type.Integer({ description: 'Events looked at so far' }),
    totalCount: Type.Integer({ description: 'Events to look at; 0 until it runs' }),
    erasedCount: Type.Integer({ description: 'Events of which something was erased' }),
    createdAt: Instant,
    finishedAt: nullable(Instant),
    version: Version,
  },
  { $id: 'AuditErasure' },
)
export type AuditErasure = Static<typeof AuditErasure>

export const NewAuditErasure = object({ memberId: Id, what: What, reason: Reason }, { $id: 'NewAuditErasure' })

export const erasureProblems = {
  ...holdProblems,
  'sign-in-required': { status: 422, title: 'Only a person who is signed in can ask for this' },
  'proof-required': { status: 403, title: 'Confirm first that it is you' },
} as const satisfies ProblemTable
