import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { networkOf } from '#server/http/network.ts'
import type { Services } from '#server/services.ts'

const atOnce = 200
const workspacesAtOnce = 4
const minute = 60_000
// How long a workspace is left alone after a failure; the last pause is for all further ones.
const pausesMs = [minute, 5 * minute, 15 * minute, 60 * minute, 6 * 60 * minute]

/** Writes what is listed into the histories of the workspaces. An event has one id everywhere, and is written once. */
export async function tellWorkspaces(services: Services, signal: AbortSignal): Promise<void> {
  const workspaces = await findDue(services)
  for (let from = 0; from < workspaces.length && !signal.aborted; from += workspacesAtOnce) {
    const batch = workspaces.slice(from, from + workspacesAtOnce).map(each => tellAll(services, each, signal))
    await Promise.all(batch)
  }
}

// Where something failed a moment ago, what came since waits behind it: a history is told in order.
function findDue({ platform, clock }: Services): Promise<WorkspaceAddress[]> {
  return platform.db
    .selectFrom('account_event_telling as t')
    .innerJoin('workspace', 'workspace.id', 't.workspace_id')
    .select(['workspace.id', 'workspace.slug', 'workspace.schema', 'workspace.login_key as loginKey'])
    .where('workspace.status', '=', 'active')
    .groupBy('workspace.id')
    .having(sql<boolean>`coalesce(max(t.retry_at), '-infinity') <= ${clock.now().toString()}`)
    .orderBy('workspace.id')
    .execute()
}

async function tellAll(services: Services, workspace: WorkspaceAddress, signal: AbortSignal): Promise<void> {
  try {
    while (!signal.aborted && (await tellNext(services, workspace)) === atOnce);
  } catch (error) {
    // One that is broken must not keep the others from hearing of it.
    await noteFailure(services, workspace, error)
  }
}

/** @returns how many events were told. */
async function tellNext({ platform, workspaces }: Services, workspace: WorkspaceAddress): Promise<number> {
  const events = await platform.db
    .selectFrom('account_event_telling as t')
    .innerJoin('account_event as e', 'e.id', 't.event_id')
    .select(['e.id', 't.member_id as memberId', 'e.kind', 'e.at', 'e.address', 'e.details'])
    .where('t.workspace_id', '=', workspace.id)
    .orderBy('t.event_id')
    .limit(atOnce)
    .execute()
  if (events.length === 0) return 0
  const rows = events.map(({ address, details, ...event }) => ({
    ...event,
    facts: { network: networkOf(address ?? '') || null, ...(details as object) },
  }))
  await workspaces.system(workspace, db =>
    sql`select record_account_event_:schema(e.id, e."memberId", e.kind, e.at, e.facts)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as e (id uuid, "memberId" uuid, kind text, at timestamptz, facts jsonb)
      order by e.id`.execute(db),
  )
  await platform.db
    .deleteFrom('account_event_telling')
    .where('workspace_id', '=', workspace.id)
    .where('event_id', '=', sql<string>`any(${events.map(({ id }) => id)}::uuid[])`)
    .execute()
  return events.length
}

async function noteFailure(services: Services, { id }: WorkspaceAddress, error: unknown): Promise<void> {
  const { platform, clock, log } = services
  const now = clock.now()
  const waits = pausesMs.map(milliseconds => now.add({ milliseconds }).toString())
  log.warn({ err: error, workspace: id }, 'a workspace was not told of security events; it is told later')
  await platform.db
    .updateTable('account_event_telling')
    .set({
      attempts: sql`least(attempts + 1, 1000)`,
      retry_at: sql`(${waits}::timestamptz[])[least(attempts + 1, ${waits.length}::integer)]`,
    })
    .where('workspace_id', '=', id)
    .execute()
}
