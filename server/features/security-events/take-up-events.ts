import { sql } from 'kysely'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { ownersAlone } from '#server/features/security-events/security-event.ts'
import { securityEventMail, type ToldEvent } from '#server/features/security-events/security-event-mails.ts'
import { bucketOf, takeWithin } from '#server/limits/rate-limit.ts'
import type { Language } from '#server/mail/language.ts'
import { sendMailLater, writeMail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

// A job that runs longer than a few minutes is in the way of others: the schedule goes on with the rest.
const mostAtOnce = 5_000
const mostBroken = 100

/**
 * Takes up what waits, oldest first, each in a transaction of its own: the owner's mail, and the list of workspaces
 * that are to be told. The row is locked meanwhile, and passed over by whoever else is at it.
 */
export async function takeUpEvents(services: Services, signal: AbortSignal): Promise<void> {
  const broken: string[] = []
  for (let count = 0; count < mostAtOnce && !signal.aborted; count++) {
    const next = await takeUpNext(services, broken)
    if (next === 'none') return
    if ('mailId' in next && next.mailId) await sendMailLater(services, next.mailId)
    // One that cannot be told must not keep all the others waiting for ever.
    if ('error' in next) {
      services.log.error({ err: next.error, event: next.id }, 'a security event was not taken up; it is tried again')
      broken.push(next.id)
      if (broken.length === mostBroken) throw next.error
    }
  }
}

type Taken = 'none' | { mailId: string | undefined } | { id: string; error: unknown }

async function takeUpNext(services: Services, broken: readonly string[]): Promise<Taken> {
  let id: string | undefined
  try {
    return await services.platform.transact(async (db): Promise<Taken> => {
      const event = await claim(db, broken)
      if (!event) return 'none'
      id = event.id
      const mailId = await mailOwner(services, db, event)
      if (!ownersAlone.has(event.kind)) await listWorkspaces(db, event)
      const at = services.clock.now().toString()
      await db.updateTable('account_event').set({ spread_at: at }).where('id', '=', event.id).execute()
      return { mailId }
    })
  } catch (error) {
    if (id === undefined) throw error
    return { id, error }
  }
}

// Index: account_event_waiting.
function claim(db: PlatformDatabase, broken: readonly string[]) {
  return db
    .selectFrom('account_event')
    .innerJoin('account', 'account.id', 'account_event.account_id')
    .select([
      'account_event.id',
      'account_event.account_id as accountId',
      'account_event.at',
      'account_event.kind',
      'account_event.address',
      'account_event.user_agent as userAgent',
      'account_event.details',
      'account.email',
      'account.language',
    ])
    .where('account_event.spread_at', 'is', null)
    .where('account_event.id', '<>', sql<string>`all(${broken}::uuid[])`)
    .orderBy('account_event.id')
    .limit(1)
    .forUpdate('account_event')
    .skipLocked()
    .executeTakeFirst()
}

type Event = Omit<ToldEvent, 'details'> & {
  id: string
  accountId: string
  details: unknown
  email: string
  language: Language
}

// An attacker who does the same thing over and over must not fill the owner's mailbox with it.
const mailsAnHour = 5

async function mailOwner(services: Services, db: PlatformDatabase, event: Event): Promise<string | undefined> {
  const { accountId, email, language, kind } = event
  const details = event.details as Record<string, unknown>
  const mail = securityEventMail(services.config, { email, language }, { ...event, details })
  if (!mail) return undefined
  const limit = { bucket: bucketOf('security-mail', accountId, kind), limit: mailsAnHour, seconds: 3600 }
  return (await takeWithin(db, services.clock.now(), limit)) ? writeMail(db, services, mail) : undefined
}

// Those that are set aside or not yet made, too: they are told once they are there.
async function listWorkspaces(db: PlatformDatabase, { id, accountId }: Event): Promise<void> {
  await db
    .insertInto('account_event_telling')
    .columns(['workspace_id', 'event_id', 'member_id'])
    .expression(
      db
        .selectFrom('membership')
        .innerJoin('workspace', 'workspace.id', 'membership.workspace_id')
        .select(['membership.workspace_id', sql.val(id).as('event_id'), 'membership.member_id'])
        .where('membership.account_id', '=', accountId)
        .where('workspace.status', '<>', 'deleting'),
    )
    .execute()
}
