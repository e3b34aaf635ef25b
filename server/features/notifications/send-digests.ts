import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { isOpen, isTheirTurn } from '#server/features/notifications/digest-queries.ts'
import { morningOf } from '#server/features/notifications/morning.ts'
import { type Reader, writeDigest } from '#server/features/notifications/write-digest.ts'
import { bucketOf, takeWithin } from '#server/limits/rate-limit.ts'
import type { Mail } from '#server/mail/mail.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

/**
 * Mails each member whose turn it is what is unread since their last digest. What goes into it is marked first; then
 * the mail is written; then the member's day is done. Whoever is killed in between goes on there.
 */
export async function sendDigests(
  services: Services,
  workspace: WorkspaceAddress,
  day: Temporal.PlainDate,
  signal: AbortSignal,
): Promise<void> {
  const members = await claim(services, workspace, day)
  let failure: unknown
  for (const reader of await withAddresses(services, workspace, members)) {
    if (signal.aborted) break
    try {
      await sendOne(services, workspace, day, reader)
    } catch (error) {
      services.log.error({ err: error, workspace: workspace.id, member: reader.memberId }, 'a digest was not written')
      failure = error
    }
  }
  // The queue asks again, and then only they are left.
  if (failure) throw failure
}

type Claimed = { memberId: string; accountId: string; workspaceName: string }

// Index: notification_unread. Once something is in the digest of a day, nothing is added to it: a second mail could not tell the two apart.
function claim({ workspaces }: Services, workspace: WorkspaceAddress, day: Temporal.PlainDate): Promise<Claimed[]> {
  return workspaces.system(workspace, async db => {
    await sql`update notification n set digest_on = ${day.toString()}::date
      from member m
      where m.id = n.member_id and ${isTheirTurn(day)} and ${isOpen}
        and n.created_at <= ${morningOf(day).toString()}::timestamptz
        and not exists (
          select from notification c where c.member_id = m.id and c.read_at is null and c.digest_on = ${day.toString()}::date)`.execute(
      db,
    )
    const { rows } = await sql<Claimed>`
      select m.id as "memberId", m.account_id as "accountId", w.name as "workspaceName"
      from member m cross join workspace w
      where ${isTheirTurn(day)} and exists (
        select from notification n where n.member_id = m.id and n.read_at is null and n.digest_on = ${day.toString()}::date)
      order by m.id`.execute(db)
    return rows
  })
}

// One whose account is gone has no address; that day is done for them too.
async function withAddresses(
  { platform }: Services,
  workspace: WorkspaceAddress,
  members: readonly Claimed[],
): Promise<Reader[]> {
  if (members.length === 0) return []
  const accounts = await platform.db
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select(['membership.member_id', 'account.email', 'account.language'])
    .where('membership.workspace_id', '=', workspace.id)
    .where('membership.member_id', '=', sql<string>`any(${members.map(({ memberId }) => memberId)}::uuid[])`)
    .execute()
  const byMember = new Map(accounts.map(account => [account.member_id, account]))
  return members.map(({ memberId, workspaceName }) => {
    const account = byMember.get(memberId)
    return { memberId, workspaceName, email: account?.email, language: account?.language ?? 'en' }
  })
}

async function sendOne(
  services: Services,
  workspace: WorkspaceAddress,
  day: Temporal.PlainDate,
  reader: Reader,
): Promise<void> {
  const mail = await writeDigest(services, workspace, day, reader)
  const mailId = mail && (await writeOnce(services, workspace, day, reader.memberId, mail))
  await services.workspaces.system(workspace, db =>
    db
      .updateTable('member')
      .set({ digest_on: day.toString() })
      .where('id', '=', reader.memberId)
      .where('digest_on', '<', day.toString())
      .execute(),
  )
  if (mailId) await sendMailLater(services, mailId)
}

const secondsKept = 2 * 24 * 60 * 60

// The mail is in another database than the mark, and gone once it is sent. What says that it was written is written with it.
function writeOnce(
  services: Services,
  workspace: WorkspaceAddress,
  day: Temporal.PlainDate,
  memberId: string,
  mail: Mail,
): Promise<string | undefined> {
  const bucket = bucketOf('digest', workspace.id, memberId, day.toString())
  return services.platform.transact(async db => {
    const isFirst = await takeWithin(db, services.clock.now(), { bucket, limit: 1, seconds: secondsKept })
    return isFirst ? writeMail(db, services, mail) : undefined
  })
}
