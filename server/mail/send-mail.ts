import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Mail, sendMailLater } from '#server/mail/mail.ts'
import { messageOf } from '#server/mail/message.ts'
import { isRefusal, shortReason } from '#server/mail/refusal.ts'
import type { Services } from '#server/services.ts'

const minute = 60_000
const longestMs = minute
// Nobody else takes the mail while it is being sent; whoever is killed meanwhile leaves it to the schedule.
const claimMs = longestMs + minute / 2
// After a failure the next attempt waits this long; when the list ends, after four days, the mail is given up.
const pausesMs = [1, 2, 5, 10, 20, 30, 60, 120, 240, 480, 720, 1440, 1440, 1440].map(minutes => minutes * minute)

/** Sends one mail. Once the relay has taken it, or will never take it, its content is deleted. */
export async function sendMail(services: Services, mailId: string): Promise<void> {
  const { sealer, mail: relay } = services
  const claimed = await claim(services, mailId)
  if (!claimed) return
  const field = { workspace: 'platform', column: 'mail.payload', row: mailId } as const
  const mail: Mail = JSON.parse(sealer.open(field, claimed.payload))
  try {
    await relay.send(messageOf(services, mailId, mail), AbortSignal.timeout(longestMs))
  } catch (error) {
    return noteFailure(services, mailId, claimed.attempts, error)
  }
  await forget(services, mailId)
}

/** Enqueues what has been waiting: after a crash between commit and enqueueing, or because it was not taken before. */
export async function sendWaitingMail(services: Services): Promise<void> {
  const waiting = await services.platform.db
    .selectFrom('mail')
    .select('id')
    .where(isDue(services))
    .orderBy('id')
    .limit(500)
    .execute()
  for (const { id } of waiting) await sendMailLater(services, id)
}

function claim(services: Services, mailId: string) {
  return services.platform.db
    .updateTable('mail')
    .set(eb => ({
      attempts: eb('attempts', '+', 1),
      retry_at: services.clock.now().add({ milliseconds: claimMs }).toString(),
    }))
    .where('id', '=', mailId)
    .where(isDue(services))
    .returning(['payload', 'attempts'])
    .executeTakeFirst()
}

function isDue({ clock }: Services) {
  const now = clock.now().toString()
  return sql<boolean>`(retry_at is null or retry_at <= ${now})`
}

// The log has no address and no words of the mail: the answers of relays repeat both.
async function noteFailure(services: Services, mailId: string, attempts: number, error: unknown): Promise<void> {
  const { platform, clock, log } = services
  const facts = { mail: mailId, attempt: attempts, ...shortReason(error) }
  const waitMs = pausesMs[attempts - 1]
  if (isRefusal(error) || waitMs === undefined) {
    log.error(facts, isRefusal(error) ? 'a mail was refused for good; it is given up' : 'a mail is given up')
    return forget(services, mailId)
  }
  const retryAt = clock.now().add({ milliseconds: waitMs }).toString()
  log.warn({ ...facts, retryAt }, 'a mail was not taken; it is tried again')
  await platform.db.updateTable('mail').set({ retry_at: retryAt }).where('id', '=', mailId).execute()
}

// Tried for a while, because a mail that is sent and still there would be sent again.
async function forget({ platform }: Pick<Services, 'platform'>, mailId: string, triesLeft = 5): Promise<void> {
  try {
    await platform.db.deleteFrom('mail').where('id', '=', mailId).execute()
  } catch (error) {
    if (triesLeft === 0) throw error
    await pause(1_000)
    await forget({ platform }, mailId, triesLeft - 1)
  }
}
