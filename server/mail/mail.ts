import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import nodemailer from 'nodemailer'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { Services } from '#server/services.ts'

export type Mail = { to: string; subject: string; text: string; html?: string }

/**
 * Writes a mail in the transaction that causes it, sealed, because it may hold a code. Give the id to
 * `sendMailLater` after the commit; should that not happen, a schedule finds the mail within a minute.
 */
export async function writeMail(db: PlatformDatabase, { sealer }: Services, mail: Mail): Promise<string> {
  const id = uuid7()
  const payload = sealer.seal({ workspace: 'platform', column: 'mail.payload', row: id }, JSON.stringify(mail))
  await db.insertInto('mail').values({ id, payload }).execute()
  return id
}

export async function sendMailLater({ jobs, log }: Services, mailId: string): Promise<void> {
  await jobs
    .add('send-mail', { mailId }, { key: `mail/${mailId}` })
    .catch(error => log.warn({ err: error }, 'a mail waits for the schedule'))
}

const mostAttempts = 20

/** Sends one mail; once it is accepted by the relay, its content is deleted. */
export async function sendMail(services: Services, mailId: string): Promise<void> {
  const { platform, sealer } = services
  const row = await platform.db
    .updateTable('mail')
    .set(eb => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', mailId)
    .where('attempts', '<', mostAttempts)
    .returning('payload')
    .executeTakeFirst()
  if (!row) return
  const mail: Mail = JSON.parse(
    sealer.open({ workspace: 'platform', column: 'mail.payload', row: mailId }, row.payload),
  )
  await deliver(services, mail)
  await platform.db.deleteFrom('mail').where('id', '=', mailId).execute()
}

/** Enqueues what has been waiting, as after a crash between commit and enqueueing. */
export async function sendWaitingMail(services: Services): Promise<void> {
  const waiting = await services.platform.db
    .selectFrom('mail')
    .select('id')
    .where('attempts', '<', mostAttempts)
    .limit(500)
    .execute()
  for (const { id } of waiting) await sendMailLater(services, id)
}

async function deliver({ config, clock }: Services, { to, subject, text, html }: Mail): Promise<void> {
  const message = {
    from: config.mailFrom,
    to: { name: '', address: to },
    subject: oneLine(subject),
    text,
    ...(html ? { html } : {}),
    date: new Date(clock.now().epochMilliseconds),
  }
  if (config.smtpUrl) {
    const transport = nodemailer.createTransport({
      url: config.smtpUrl.href,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
    } as object)
    await transport.sendMail(message)
    return
  }
  const { message: content } = await nodemailer
    .createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
    .sendMail(message)
  const folder = join(config.dataDir, 'mail')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = `${clock.now().toString().replace(/[:.]/g, '-')}-${to.replace(/[^a-z0-9@._+-]/gi, '_')}.eml`
  const part = join(folder, `.${randomUUID()}`)
  await writeFile(part, content as Buffer, { mode: 0o600 })
  await rename(part, join(folder, name))
}

// A line break in a subject would begin another header.
function oneLine(text: string): string {
  return text.replace(/[\r\n\t\0]+/g, ' ').slice(0, 200)
}
