import { hashToken, sessionToken } from '#server/crypto/token.ts'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import { Invitation, NewInvitation } from '#server/features/invitations/invitation.ts'
import { invitationMail } from '#server/features/invitations/invitation-mail.ts'
import { invitationColumns } from '#server/features/invitations/invitation-queries.ts'
import { requireGivableRole } from '#server/features/roles/role-queries.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

const daysToAccept = 7

export const createInvitation = operation({
  id: 'createInvitation',
  summary: 'Invite somebody',
  description:
    'Mails a link that is good for 7 days, for this address, once. Inviting an address again renews its invitation: ' +
    'the new role counts, and the old link no longer works. Nobody invites to a role that may do more than they may.',
  route: 'POST /api/workspaces/:workspace/invitations',
  needs: { resource: 'member', action: 'write' },
  params: inWorkspace(),
  body: NewInvitation,
  example: { email: 'noor@acme.example', roleId: '01890a5d-ac96-774b-bcce-b302099a8057' },
  returns: Invitation,
  status: 201,
  async run({ db, body, services, workspace, afterCommit }) {
    const email = body.email.toLowerCase()
    await requireGivableRole(db, body.roleId)
    await refuseMember(db, email)
    const token = sessionToken()
    const expiresAt = services.clock
      .now()
      .add({ hours: daysToAccept * 24 })
      .toString()
    await put(db, { email, role_id: body.roleId, token_hash: hashToken(token), expires_at: expiresAt })
    const invitation = await db
      .rows('invitation')
      .where('invitation.email', '=', email)
      .select(invitationColumns)
      .executeTakeFirstOrThrow()
    const inviter = await db.require('member', db.access.memberId)
    const workspaceName = await nameOf(services, workspace.id)
    // Written last, and before the commit: whoever is told "invited" has been sent the mail.
    const mail = invitationMail(services.config, {
      email,
      token,
      slug: workspace.slug,
      workspaceName,
      inviterName: inviter.name,
      days: daysToAccept,
    })
    const mailId = await writeMail(services.platform.db, services, mail)
    afterCommit(() => void sendMailLater(services, mailId))
    return invitation
  },
})

// From the directory: a role may keep the inviter from reading the workspace's own row.
async function nameOf({ platform }: Services, workspaceId: string): Promise<string> {
  const { name } = await platform.db
    .selectFrom('workspace')
    .select('name')
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  return name
}

async function refuseMember(db: Writer, email: string): Promise<void> {
  const member = await db.rows('member').where('member.email', '=', email).select('member.active').executeTakeFirst()
  if (!member) return
  const message = member.active
    ? 'There is a member with this address.'
    : 'This member was deactivated: activate them instead.'
  throw fieldProblem('/email', message, 'conflict')
}

type Values = { email: string; role_id: string; token_hash: Buffer; expires_at: string }

async function put(db: Writer, values: Values): Promise<void> {
  const inviter = { inviter_id: db.access.memberId }
  const renewed = await db
    .update('invitation', 'write')
    .set({ ...values, ...inviter })
    .where('invitation.email', '=', values.email)
    .executeTakeFirst()
  if (renewed.numUpdatedRows > 0n) return
  await db.insert('invitation', { id: uuid7(), ...values, ...inviter })
}
