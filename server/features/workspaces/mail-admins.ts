import { timeZone } from '#server/clock.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { Language } from '#server/mail/language.ts'
import { type Letter, writeLetter } from '#server/mail/letter.ts'
import { nameInMail } from '#server/mail/link.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

/**
 * Mails all admins of a workspace, each in their language.
 * @param memberId who did what the letter tells of; null: the operator.
 */
export async function mailAdmins(
  services: Services,
  workspace: WorkspaceAddress,
  write: (language: Language, workspaceName: string, by: string) => Letter,
  memberId: string | null = null,
): Promise<void> {
  const { name, admins, by } = await services.workspaces.system(workspace, async db => {
    const people = await db
      .selectFrom('member')
      .innerJoin('role', 'role.id', 'member.role_id')
      .where('role.builtin', '=', 'admin')
      .where('member.active', '=', true)
      .select(['member.account_id as accountId'])
      .limit(100)
      .execute()
    const actor = memberId
      ? await db.selectFrom('member').select('name').where('id', '=', memberId).executeTakeFirst()
      : undefined
    const { name } = await db.selectFrom('workspace').select('name').executeTakeFirstOrThrow()
    return { name, admins: people.flatMap(({ accountId }) => accountId ?? []), by: actor?.name ?? 'Kontor' }
  })
  if (admins.length === 0) return
  const accounts = await services.platform.db
    .selectFrom('account')
    .select(['email', 'language'])
    .where('id', 'in', admins)
    .execute()
  for (const { email, language } of accounts) {
    const letter = write(language, nameInMail(name), nameInMail(by))
    const mail = writeLetter(services.config, email, language, letter)
    await sendMailLater(services, await writeMail(services.platform.db, services, mail))
  }
}

/** The day of an instant, as it is written in a letter. */
export function spellDay(instant: string, language: Language): string {
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate()
  return day.toLocaleString(language, { day: 'numeric', month: 'long', year: 'numeric' })
}
