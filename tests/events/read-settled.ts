import { sql } from 'kysely'
import { expect } from 'vitest'
import { oldestRunning } from '#server/events/follow.ts'
import { deliverEvents, readEventsOf } from '#server/events/read-events.ts'
import type { World } from '#tests/setup/world.ts'

const never = new AbortController().signal

/** Runs the job that reads the events of acme, once all that has committed can be read. */
export async function readSettled(world: World): Promise<void> {
  await settle(world)
  await readEventsOf(world.services, { workspaceId: world.acme.id }, never)
}

/** The same for the job of one receiver. */
export async function deliverSettled(world: World, table: 'webhook' | 'integration', id: string): Promise<void> {
  await settle(world)
  await deliverEvents(world.services, { workspaceId: world.acme.id, table, id }, never)
}

// An event waits for what began before it: the note that a token was used, for one, which follows an answer.
async function settle({ services, acme: { id, schema } }: World): Promise<void> {
  const isSettled = () =>
    services.workspaces.system({ id, schema, slug: 'acme', loginKey: 1 }, async db => {
      const { rows } = await sql<{ settled: boolean }>`
        select not exists (select from audit_event e where e.xid >= ${oldestRunning}) as settled`.execute(db)
      return rows[0]!.settled
    })
  await expect.poll(isSettled, { timeout: 10_000, interval: 10 }).toBe(true)
}
