import { hashToken, sessionToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { Invitation, NewInvitation } from '#server/features/invitations/invitation.ts'
import { invitationColumns } from '#server/features/invitations/invitation-queries.ts'
import { mailInvitations, tokenField } from '#server/features/invitations/mail-invitations.ts'
import { requireGivableRole } from '#server/features/roles/role-queries.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem, problem } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'
import { bucketOf, takeFromLimits } from '#server/limits/rate-limit.ts'
import type { Services } from '#server/services.ts'

const daysToAccept = 7
const day = 24 * 60 * 60
// Nobody sends advertisements to strangers with this, nor fills the mailbox of one of them.
const mostADay = { workspace: 200, inviter: 300, address: 5 }

export const createInvitation = operation({
  id: 'createInvitation',
  summary: 'Invite somebody',
  description:
    'Mails a link that is good for 7 days, for this address, once. Inviting an address again renews its invitation: ' +
    'the new role counts, and the old link no longer works. Nobody invites to a role that may do more than they may. ' +
    'A workspace invites at most 200 times in 24 hours, and one address 5 times.',
  route: 'POST /api/workspaces/:workspace/invitations',
  needs: { resource: 'member', action: 'write' },
  params: inWorkspace(),
  body: NewInvitation,
  example: { email: 'noor@acme.example', roleId: '01890a5d-ac96-774b-bcce-b302099a8057' },
  returns: Invitation,
  status: 201,
  // The mail is written after the commit, and before the answer: whoever is told "invited" has been sent the link.
  transaction: 'own',
  async run({ body, services, workspace, transact }) {
    const email = body.email.toLowerCase()
    const wish = { ...body, email }
    const invitation = await transact(db => invite(services, workspace, db, wish), JSON.stringify(body))
    await mailInvitations(services, workspace).catch(error =>
      services.log.warn({ err: error, workspace: workspace.id }, "an invitation's mail waits for the reader of events"),
    )
    return invitation
  },
})

type Wish = { email: string; roleId: string }

async function invite(services: Services, workspace: WorkspaceAddress, db: Writer, { email, roleId }: Wish) {
  await requireGivableRole(db, roleId)
  await refuseMember(db, email)
  await countInvitation(services, workspace, db, email)
  const expiresAt = services.clock.now().add({ seconds: daysToAccept * day })
  await put(services, workspace, db, { email, role_id: roleId, expires_at: expiresAt.toString() })
  return db.rows('invitation').where('invitation.email', '=', email).select(invitationColumns).executeTakeFirstOrThrow()
}

async function refuseMember(db: Writer, email: string): Promise<void> {
  const member = await db.rows('member').where('member.email', '=', email).select('member.active').executeTakeFirst()
  if (!member) return
  const message = member.active
    ? 'There is a member with this address.'
    : 'This member was deactivated: activate them instead.'
  throw fieldProblem('/email', message, 'conflict')
}

async function countInvitation(services: Services, { id }: WorkspaceAddress, db: Writer, email: string): Promise<void> {
  const inviter = await db.require('member', db.access.memberId)
  const limits = [
    { bucket: bucketOf('invitations', 'workspace', id), limit: mostADay.workspace, seconds: day },
    // Whoever makes themselves many workspaces.
    { bucket: bucketOf('invitations', 'inviter', inviter.account_id ?? ''), limit: mostADay.inviter, seconds: day },
    { bucket: bucketOf('invitations', 'address', id, email), limit: mostADay.address, seconds: day },
  ]
  const retryAfterSeconds = await takeFromLimits(services, limits)
  if (retryAfterSeconds === 0) return
  throw problem('too-many-requests', 'There were too many invitations in 24 hours: try again later.', {
    retryAfterSeconds,
  })
}

type Values = { email: string; role_id: string; expires_at: string }

async function put({ sealer }: Services, workspace: WorkspaceAddress, db: Writer, wish: Values): Promise<void> {
  const found = await db.rows('invitation').where('invitation.email', '=', wish.email).select('id').executeTakeFirst()
  const id = found?.id ?? uuid7()
  const token = sessionToken()
  const values = {
    ...wish,
    token_hash: hashToken(token),
    token: sealer.seal(tokenField(workspace, id), token),
    mail_id: uuid7(),
    inviter_id: db.access.memberId,
  }
  if (!found) return db.insert('invitation', { id, ...values })
  const renewed = await db.update('invitation', 'write').set(values).where('invitation.id', '=', id).executeTakeFirst()
  // Accepted or revoked at this very moment.
  if (renewed.numUpdatedRows === 0n) throw problem('busy', undefined, { retryAfterSeconds: 1 })
}
