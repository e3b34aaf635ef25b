import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Reader } from '#server/database/door.ts'
import {
  AuditErasure,
  type ErasureKind,
  erasureProblems,
  NewAuditErasure,
} from '#server/features/audit-erasures/audit-erasure.ts'
import { requireErasure } from '#server/features/audit-erasures/audit-erasure-queries.ts'
import { promiseErasure } from '#server/features/audit-erasures/erase-audit.ts'
import { underHold } from '#server/features/workspaces/legal-hold.ts'
import { isProofRecent } from '#server/http/authentication.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'
import type { Services } from '#server/services.ts'

export const createAuditErasure = operation({
  id: 'createAuditErasure',
  summary: 'Have a person’s data erased from the history',
  description:
    'For a right to erasure (GDPR, article 17). What is erased of an event leaves a commitment, so the history verifies as ' +
    'before, and nothing brings it back. It covers what has happened until it begins; what the person is called and ' +
    'wrote where the work itself is stands until it is changed there, and in exports that were made before. The answer comes ' +
    'at once: read the erasure for its progress. For whoever exports the history and writes members, signed in, after a ' +
    'proof of who they are (`createProof`); refused under a legal hold.',
  route: 'POST /api/workspaces/:workspace/audit-erasures',
  needs: { resource: 'audit', action: 'export' },
  params: inWorkspace(),
  body: NewAuditErasure,
  example: {
    memberId: '01890a5d-ac96-774b-bcce-b302099a8057',
    what: ['names', 'addresses', 'words'],
    reason: 'Asked for by letter of 2 November',
  },
  returns: AuditErasure,
  status: 202,
  problems: erasureProblems,
  async run({ db, body, request, services, workspace, sessionId, problem, afterCommit }) {
    await db.requirePlaces('audit_erasure', [])
    const called = await requirePerson(db, body.memberId)
    const { legal_hold: isHeld } = await db.require('workspace', workspace.id)
    if (isHeld) throw underHold()
    refuseRepeating(body, called)
    if (sessionId === null)
      throw problem('sign-in-required', 'An API token cannot show who asks: sign in, and ask there.')
    if (!(await isProved(services, sessionId))) throw problem('proof-required')
    const id = uuid7()
    const { memberId, what, reason } = body
    const asked = { asker_id: db.access.memberId, request_id: request.id }
    await db.insert('audit_erasure', { id, member_id: memberId, what, reason, ...asked })
    afterCommit(await promiseErasure(services, { workspaceId: workspace.id, erasureId: id }))
    return requireErasure(db, id)
  },
})

type Called = { name: string | null; email: string | null }

/** What somebody is called, or was when they went. */
async function requirePerson(db: Reader, memberId: string): Promise<Called> {
  const member = await db
    .rows('member')
    .where('member.id', '=', memberId)
    .select(['member.name', 'member.email'])
    .executeTakeFirst()
  if (member) return member
  // The index is audit_event_entity.
  const gone = await db
    .rows('audit')
    .where('audit_event.entity_id', '=', memberId)
    .where('audit_event.entity', '=', 'member')
    .orderBy('audit_event.id', 'desc')
    .select([
      sql<string | null>`audit_event.changes -> 'name' ->> 'from'`.as('name'),
      sql<string | null>`audit_event.changes -> 'email' ->> 'from'`.as('email'),
    ])
    .limit(1)
    .executeTakeFirst()
  if (!gone) throw fieldProblem('/memberId', 'There is no such member.', 'not-found')
  return gone
}

/** The reason is told in the history, where the name would be back at once. */
function refuseRepeating({ what, reason }: { what: ErasureKind[]; reason: string }, { name, email }: Called): void {
  if (!what.includes('names')) return
  const text = reason.toLowerCase()
  if ([name, email].some(each => each && text.includes(each.toLowerCase())))
    throw fieldProblem('/reason', 'must not repeat the name or the address that is erased', 'rule-broken')
}

async function isProved(services: Services, sessionId: string): Promise<boolean> {
  const session = await services.platform.db
    .selectFrom('session')
    .select('proved_at as provedAt')
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return session !== undefined && isProofRecent(services, session)
}
