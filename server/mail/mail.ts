import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { Language } from '#server/mail/language.ts'
import type { Services } from '#server/services.ts'

export type Mail = {
  to: string
  subject: string
  text: string
  html?: string
  language?: Language
  unsubscribeUrl?: string
}

/**
 * Writes a mail in the transaction that causes it, sealed, because it may hold a code. Give the id to
 * `sendMailLater` after the commit; should that not happen, a schedule finds the mail within a minute.
 * @param id where the cause may be repeated: a mail that is there already is not written again.
 */
export async function writeMail(
  db: PlatformDatabase,
  { sealer }: Services,
  mail: Mail,
  id: string = uuid7(),
): Promise<string> {
  const payload = sealer.seal({ workspace: 'platform', column: 'mail.payload', row: id }, JSON.stringify(mail))
  await db
    .insertInto('mail')
    .values({ id, payload })
    .onConflict(conflict => conflict.column('id').doNothing())
    .execute()
  return id
}

export async function sendMailLater({ jobs, log }: Services, mailId: string): Promise<void> {
  await jobs
    .add('send-mail', { mailId }, { key: `mail/${mailId}` })
    .catch(error => log.warn({ err: error }, 'a mail waits for the schedule'))
}
