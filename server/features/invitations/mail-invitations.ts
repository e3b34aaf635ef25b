import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { invitationMail } from '#server/features/invitations/invitation-mails.ts'
import type { Language } from '#server/mail/language.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

const atOnce = 50

/** The field that holds an invitation's token until its mail is written. */
export function tokenField({ id }: Pick<WorkspaceAddress, 'id'>, invitationId: string) {
  return { workspace: id, column: 'invitation.token', row: invitationId } as const
}

/**
 * Writes the mails of the invitations that have none yet. After the commit of the invitation, because the mail is in
 * another database; by whoever invited, and by the reader of the workspace's events, should they be killed. A mail has
 * the id that its invitation gave it, so it is written once however often this runs.
 */
export async function mailInvitations(services: Services, workspace: WorkspaceAddress): Promise<void> {
  const mailIds = await services.workspaces.system(workspace, async db => {
    const unmailed = await findUnmailed(db)
    const written: string[] = []
    for (const invitation of unmailed) written.push(...(await writeOne(services, workspace, invitation)))
    await db
      .updateTable('invitation')
      .set({ token: null })
      .where('id', '=', sql<string>`any(${unmailed.map(({ id }) => id)}::uuid[])`)
      .execute()
    return written
  })
  for (const mailId of mailIds) await sendMailLater(services, mailId)
  if (mailIds.length === atOnce) await mailInvitations(services, workspace)
}

// Somebody who renews or revokes it, or mails it already, holds the row. Index: invitation_unmailed.
function findUnmailed(db: Kysely<WorkspaceTables>) {
  return db
    .selectFrom('invitation')
    .innerJoin('workspace', join => join.onTrue())
    .leftJoin('member', 'member.id', 'invitation.inviter_id')
    .select([
      'invitation.id',
      'invitation.email',
      'invitation.token',
      'invitation.mail_id as mailId',
      'invitation.expires_at as expiresAt',
      'workspace.name as workspaceName',
      'member.name as inviterName',
      'member.email as inviterEmail',
      'member.account_id as inviterAccount',
    ])
    .where('invitation.token', 'is not', null)
    .orderBy('invitation.id')
    .limit(atOnce)
    .forUpdate('invitation')
    .skipLocked()
    .execute()
}

type Unmailed = Awaited<ReturnType<typeof findUnmailed>>[number]

async function writeOne(services: Services, workspace: WorkspaceAddress, unmailed: Unmailed): Promise<string[]> {
  const { platform, sealer, config, clock } = services
  const { id, email, token, mailId, expiresAt, workspaceName, inviterName, inviterEmail, inviterAccount } = unmailed
  // Its link is good for nothing any more.
  if (!token || !mailId || Date.parse(expiresAt) <= clock.now().epochMilliseconds) return []
  const mail = invitationMail(config, {
    email,
    language: await languageFor(services, email, inviterAccount),
    token: sealer.open(tokenField(workspace, id), token),
    slug: workspace.slug,
    workspaceName,
    inviter: inviterName !== null && inviterEmail !== null ? { name: inviterName, email: inviterEmail } : null,
    expiresAt,
  })
  return [await writeMail(platform.db, services, mail, mailId)]
}

// One's own, or that of whoever invites: they know better than we do.
async function languageFor({ platform }: Services, email: string, inviterAccount: string | null): Promise<Language> {
  const accounts = await platform.db
    .selectFrom('account')
    .select(['email', 'language'])
    .where(eb => eb.or([eb('email', '=', email), eb('id', '=', inviterAccount)]))
    .execute()
  return (accounts.find(account => account.email === email) ?? accounts[0])?.language ?? 'en'
}
