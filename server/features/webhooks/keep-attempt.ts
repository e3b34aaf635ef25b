import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { StoredDelivery } from '#server/features/webhooks/delivery.ts'
import { type Attempt, hasArrived } from '#server/outbound/attempt.ts'
import type { Services } from '#server/services.ts'

type Database = Kysely<WorkspaceTables>
type Kept = Pick<StoredDelivery, 'webhook_id' | 'id' | 'action'>
type Next = { next_attempt_at: string | null; failures?: number }

export const mostAttempts = 20
/** A batch of the stream is 100: trimmed to this after each, a webhook never has more than 1,000. */
const mostKept = 900

/** What a delivery is after an attempt. `waiting`: what it is called until the next one. */
export function stateAfter(made: Attempt, next: Next, waiting: 'pending' | 'failed' = 'failed') {
  const arrived = hasArrived(made)
  const until = arrived ? null : next.next_attempt_at
  const status = arrived ? 'delivered' : until === null ? 'given_up' : waiting
  const finished = until === null ? made.at : null
  return { status, failures: next.failures ?? 0, next_attempt_at: until, finished_at: finished } as const
}

/** Appends an attempt to the log of a webhook: one row for each event, however often it is sent. */
export async function keepAttempt(
  db: Database,
  delivery: Kept,
  made: Attempt,
  next: Next,
  waiting: 'pending' | 'failed' = 'failed',
): Promise<void> {
  const state = stateAfter(made, next, waiting)
  const attempts = JSON.stringify([made])
  await db
    .insertInto('webhook_delivery')
    .values({ ...delivery, ...state, attempts, attempt_count: 1, created_at: made.at })
    .onConflict(conflict =>
      conflict.columns(['webhook_id', 'id']).doUpdateSet({
        ...state,
        attempts: sql`case when jsonb_array_length(webhook_delivery.attempts) >= ${mostAttempts}
          then webhook_delivery.attempts - 0 else webhook_delivery.attempts end || excluded.attempts`,
        attempt_count: sql`webhook_delivery.attempt_count + 1`,
      }),
    )
    .execute()
}

/** The stream has gone past what it had tried in vain: it was switched to other events, which have their own turn. */
export async function settleFailed({ clock }: Services, db: Database, webhook: string): Promise<void> {
  await db
    .updateTable('webhook_delivery')
    .set({ status: 'given_up', next_attempt_at: null, finished_at: clock.now().toString() })
    .where('webhook_id', '=', webhook)
    .where('status', '=', 'failed')
    .execute()
}

/** Removes the oldest of what is over. What was asked for again stays until it was sent. */
export async function trimDeliveries(db: Database, webhook: string): Promise<void> {
  await db
    .deleteFrom('webhook_delivery')
    .where('webhook_id', '=', webhook)
    .where('status', '<>', 'pending')
    .where(eb =>
      eb(
        'id',
        '<=',
        eb
          .selectFrom('webhook_delivery')
          .select('id')
          .where('webhook_id', '=', webhook)
          .orderBy('id', 'desc')
          .offset(mostKept)
          .limit(1),
      ),
    )
    .execute()
}
