import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { type FollowedEvent, type Position, readEvents } from '#server/events/follow.ts'
import { isSentUnasked } from '#server/features/audit/audit-event.ts'
import { RefusedDestinationError } from '#server/outbound/check-destination.ts'
import type { Services } from '#server/services.ts'

export type TargetTable = 'webhook' | 'integration'
export type Target = { id: string; actions: string[]; failures: number; position: Position }
/** Sends one event. @returns the status of the answer, or undefined where the target has nothing to say about it. */
export type Send = (event: FollowedEvent) => Promise<number | undefined>
type Outcome = { delivered: true; status: string | undefined } | { delivered: false; gone: boolean; status: string }

const atOnce = 100
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
  open: (db: Kysely<WorkspaceTables>) => Promise<Send>,
): Promise<number | undefined> {
  const found = await services.workspaces.system(workspace, async db => {
    const target = await findTarget(db, table, id)
    if (!target) return undefined
    return { target, batch: await readEvents(db, target.position, atOnce), send: await open(db) }
  })
  if (!found) return undefined
  const { target, batch, send } = found
  const waitMs = target.retryAt === null ? 0 : Date.parse(target.retryAt) - services.clock.now().epochMilliseconds
  if (waitMs > 0) return waitMs
  for (const event of batch.events) {
    const outcome: Outcome = isWanted(target, event)
      ? await attempt(send, event)
      : { delivered: true, status: undefined }
    if (!outcome.delivered) return noteFailure(services, workspace, table, target, outcome)
    // What was not wanted needs no note of its own: the last of the batch is noted below.
    if (outcome.status !== undefined) await moveOn(services, workspace, table, id, event.position, outcome.status)
  }
  const last = batch.events.at(-1)
  if (last) await moveOn(services, workspace, table, id, last.position, undefined)
  return batch.events.length === atOnce ? 0 : batch.unsettled ? second : undefined
}

function isWanted({ id, actions }: Target, { action, changes }: FollowedEvent): boolean {
  // Where the file of a schedule lies is told to the webhook that was set for it, whatever else that asks for.
  if (action === 'audit.export_ready') return changes.webhookId?.to === id
  return actions.length === 0 ? isSentUnasked(action) : actions.includes(action)
}

async function findTarget(
  db: Kysely<WorkspaceTables>,
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

async function attempt(send: Send, event: FollowedEvent): Promise<Outcome> {
  try {
    const status = await send(event)
    if (status === undefined) return { delivered: true, status: undefined }
    return status >= 200 && status < 300
      ? { delivered: true, status: `${status}` }
      : { delivered: false, gone: status === 410, status: `answered ${status}` }
  } catch (error) {
    return { delivered: false, gone: false, status: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RefusedDestinationError) return error.message
  const { name, code, message } = error as Error & { code?: string }
  return name === 'TimeoutError' || name === 'AbortError'
    ? 'no answer within 10 seconds'
    : `not reached: ${code ?? message}`.slice(0, 200)
}

async function moveOn(
  { workspaces }: Services,
  workspace: WorkspaceAddress,
  table: TargetTable,
  id: string,
  { xid, seq }: Position,
  status: string | undefined,
) {
  const noted = status === undefined ? {} : { last_status: status, failures: 0, retry_at: null }
  await workspaces.system(workspace, db =>
    db
      .updateTable(table)
      .set({ sent_xid: xid, sent_seq: seq, ...noted })
      .where('id', '=', id)
      .execute(),
  )
}

async function noteFailure(
  services: Services,
  workspace: WorkspaceAddress,
  table: TargetTable,
  { id, failures }: Target,
  { gone, status }: { gone: boolean; status: string },
): Promise<number | undefined> {
  const pause = gone ? undefined : pausesMs[failures]
  const why = gone
    ? 'switched off: the receiver answered 410 Gone'
    : `switched off after ${failures + 1} failed attempts: ${status}`
  const noted =
    pause === undefined
      ? { active: false, last_status: why, retry_at: null }
      : { last_status: status, retry_at: services.clock.now().add({ milliseconds: pause }).toString() }
  await services.workspaces.system(workspace, db =>
    db
      .updateTable(table)
      .set({ ...noted, failures: failures + 1 })
      .where('id', '=', id)
      .execute(),
  )
  return pause
}
