import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { type FollowedEvent, type Position, readEvents } from '#server/events/follow.ts'
import { isSentUnasked } from '#server/features/audit/audit-event.ts'
import { type Attempt, attempt, hasArrived, outcomeOf, type Reply } from '#server/outbound/attempt.ts'
import type { Services } from '#server/services.ts'

export type TargetTable = 'webhook' | 'integration'
export type Target = { id: string; actions: string[]; failures: number; position: Position }
type Database = Kysely<WorkspaceTables>
/** Sends one event. @returns what was answered, or undefined where the target has nothing to say about it. */
export type Send = (event: FollowedEvent) => Promise<Reply | undefined>
export type Sender = {
  send: Send
  /** Keeps what came of an attempt, in the transaction that moves the target on. `until`: when it is tried again. */
  keep?: (db: Database, event: FollowedEvent, made: Attempt, until: string | undefined) => Promise<void>
  /** In the transaction that ends a batch: what still waits for another attempt of the stream never gets it. */
  tidy?: (db: Database) => Promise<void>
  /** Tells that the target is about to be switched off. */
  warn?: (why: string) => Promise<void>
}

const atOnce = 100
const inMilliseconds = { fractionalSecondDigits: 3 } as const
const second = 1000
const minute = 60 * second
const hour = 60 * minute
// After a failure the next attempt waits this long; when the list ends, the target is switched off: after three days.
const pausesMs = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  12 * hour,
  12 * hour,
  12 * hour,
  12 * hour,
  8 * hour,
]

/**
 * Delivers what a webhook or an integration has not been sent, in order, each at least once: the position moves after
 * the answer, so whoever is killed in between sends again. @returns in how many ms to go on, or undefined: all is sent.
 */
export async function deliver(
  services: Services,
  workspace: WorkspaceAddress,
  table: TargetTable,
  id: string,
  open: (db: Database) => Promise<Sender>,
): Promise<number | undefined> {
  const found = await services.workspaces.system(workspace, async db => {
    const target = await findTarget(db, table, id)
    if (!target) return undefined
    return { target, batch: await readEvents(db, target.position, atOnce), sender: await open(db) }
  })
  if (!found) return undefined
  const { target, batch, sender } = found
  const waitMs = target.retryAt === null ? 0 : Date.parse(target.retryAt) - services.clock.now().epochMilliseconds
  if (waitMs > 0) return waitMs
  for (const event of batch.events) {
    const made = isWanted(target, event) ? await attempt(services.clock, () => sender.send(event)) : undefined
    // What was not wanted needs no note of its own: the last of the batch is noted below.
    if (made === undefined) continue
    if (!hasArrived(made)) return noteFailure(services, workspace, { table, target, sender, event, made })
    target.failures = 0
    const noted = { last_status: outcomeOf(made), failures: 0, retry_at: null }
    await services.workspaces.system(workspace, async db => {
      await Promise.all([moveOn(db, table, id, event.position, noted), sender.keep?.(db, event, made, undefined)])
    })
  }
  const last = batch.events.at(-1)
  if (last)
    await services.workspaces.system(workspace, async db => {
      await Promise.all([moveOn(db, table, id, last.position), sender.tidy?.(db)])
    })
  return batch.events.length === atOnce ? 0 : batch.unsettled ? second : undefined
}

function isWanted({ id, actions }: Target, { action, changes }: FollowedEvent): boolean {
  // Where the file of a schedule lies is told to the webhook that was set for it, whatever else that asks for.
  if (action === 'audit.export_ready') return changes.webhookId?.to === id
  return actions.length === 0 ? isSentUnasked(action) : actions.includes(action)
}

async function findTarget(
  db: Database,
  table: TargetTable,
  id: string,
): Promise<(Target & { retryAt: string | null }) | undefined> {
  const row = await db
    .selectFrom(table)
    .select([
      'id',
      'actions',
      'failures',
      'retry_at as retryAt',
      sql<string>`sent_xid::text`.as('xid'),
      'sent_seq as seq',
    ])
    .where('id', '=', id)
    .where('active', '=', true)
    .executeTakeFirst()
  return row && { ...row, position: { xid: row.xid, seq: row.seq } }
}

function moveOn(db: Database, table: TargetTable, id: string, { xid, seq }: Position, noted: object = {}) {
  return db
    .updateTable(table)
    .set({ sent_xid: xid, sent_seq: seq, ...noted })
    .where('id', '=', id)
    .execute()
}

type Failed = { table: TargetTable; target: Target; sender: Sender; event: FollowedEvent; made: Attempt }

async function noteFailure(
  services: Services,
  workspace: WorkspaceAddress,
  { table, target: { id, failures }, sender, event, made }: Failed,
): Promise<number | undefined> {
  const gone = made.responseStatus === 410
  const pause = gone ? undefined : pausesMs[failures]
  const why = gone
    ? 'switched off: the receiver answered 410 Gone'
    : `switched off after ${failures + 1} failed attempts: ${outcomeOf(made)}`
  const until =
    pause === undefined ? undefined : services.clock.now().add({ milliseconds: pause }).toString(inMilliseconds)
  const noted =
    until === undefined
      ? { active: false, last_status: why, retry_at: null }
      : { last_status: outcomeOf(made), retry_at: until }
  // Before it is noted: whoever is killed in between warns twice, and nobody is left without a word.
  if (until === undefined) await sender.warn?.(why)
  await services.workspaces.system(workspace, async db => {
    const change = db
      .updateTable(table)
      .set({ ...noted, failures: failures + 1 })
      .where('id', '=', id)
      .execute()
    await Promise.all([change, sender.keep?.(db, event, made, until)])
  })
  return pause
}
