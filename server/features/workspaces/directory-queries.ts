import { uuid7 } from '#server/crypto/uuid7.ts'
import { newestWorkspaceVersion } from '#server/database/migrate.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { newSchemaName, provision, type WorkspaceSeed } from '#server/database/provision.ts'
import { loginAs } from '#server/database/server.ts'
import { isReserved, suggestSlug } from '#server/features/workspaces/workspace.ts'
import { fieldProblem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

export type NewWorkspace = {
  name: string
  slug: string
  plan: string
  owner: { accountId: string; email: string; name: string }
}

/**
 * Enters a workspace that is still to be built in the directory, which says what is to be made: whoever dies before
 * `buildWorkspace` leaves it to the schedule. Undefined: the slug is taken.
 */
export async function reserveWorkspace(
  { keys, sealer }: Services,
  db: PlatformDatabase,
  { name, slug, plan, owner }: NewWorkspace,
): Promise<WorkspaceSeed | undefined> {
  const admin = { memberId: uuid7(), ...owner }
  const seed: WorkspaceSeed = { id: uuid7(), slug, name, plan, schema: newSchemaName(), loginKey: keys.newest, admin }
  const field = { workspace: 'platform' as const, column: 'workspace.provisioning' as const, row: seed.id }
  const entered = await db
    .insertInto('workspace')
    .values({
      id: seed.id,
      slug,
      name,
      plan: plan as 'starter',
      schema: seed.schema,
      login_key: seed.loginKey,
      status: 'creating',
      provisioning: sealer.seal(field, JSON.stringify(seed)),
    })
    .onConflict(conflict => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  return entered && seed
}

/** The same under the slug that is wanted, or made of the name, with a number behind it when it is taken. */
export async function reserveUnderFreeSlug(
  services: Services,
  db: PlatformDatabase,
  { slug: wanted, ...wish }: Omit<NewWorkspace, 'slug'> & { slug?: string | undefined },
): Promise<WorkspaceSeed> {
  const first = wanted ?? suggestSlug(wish.name)
  const base = first.slice(0, 40)
  for (;;) {
    const rows = await db.selectFrom('workspace').select('slug').where('slug', 'like', `${base}%`).execute()
    const taken = new Set(rows.map(row => row.slug))
    const slug = taken.has(first) || isReserved(first) ? numbered(base, taken) : first
    const seed = await reserveWorkspace(services, db, { ...wish, slug })
    // Somebody else took it in between: look again.
    if (seed) return seed
  }
}

function numbered(base: string, taken: Set<string>): string {
  let count = 2
  while (taken.has(`${base}-${count}`)) count++
  return `${base}-${count}`
}

/** A slug that a person typed: free, or a problem at its field. */
export async function requireFreeSlug(db: PlatformDatabase, slug: string, pointer: string): Promise<void> {
  const row = await db.selectFrom('workspace').select('id').where('slug', '=', slug).executeTakeFirst()
  if (row || isReserved(slug)) throw slugTaken(pointer)
}

export function slugTaken(pointer = '/slug') {
  return fieldProblem(pointer, 'This address is taken.', 'conflict')
}

/** Makes what the directory says is to be made. Idempotent. */
export async function buildWorkspace(
  { database, keys, workspaceKeys, platform }: Services,
  seed: WorkspaceSeed,
): Promise<void> {
  // Nothing is sealed with it before the workspace is there, and no file is without an entry in the directory.
  workspaceKeys.make(seed.id)
  const login = loginAs(database.server, keys, 'kontor_provisioner')
  await database.connections.lendOnce('kontor_provisioner', login, client => provision(client, keys, seed))
  const { accountId, memberId } = seed.admin
  await platform.transact(async db => {
    await putMembership(db, { accountId, workspaceId: seed.id, memberId })
    await db
      .updateTable('workspace')
      .set({ status: 'active', schema_version: newestWorkspaceVersion(), provisioning: null, has_key: true })
      .where('id', '=', seed.id)
      .where('status', '=', 'creating')
      .execute()
  })
}

/** The workspaces that an account is a member of; `only` the one that its session enters. */
export function workspacesOf(db: PlatformDatabase, accountId: string, only: string | null = null) {
  return db
    .selectFrom('membership')
    .innerJoin('workspace', 'workspace.id', 'membership.workspace_id')
    .where('membership.account_id', '=', accountId)
    .where('workspace.status', 'in', ['active', 'broken'])
    .$if(only !== null, query => query.where('workspace.id', '=', only))
    .select([
      'workspace.id',
      'workspace.name',
      'workspace.slug',
      'workspace.plan',
      'workspace.requires_second_factor as requiresSecondFactor',
      'workspace.delete_at as deleteAt',
    ])
}

/** Lets an account in as this member. */
export async function putMembership(
  db: PlatformDatabase,
  { accountId, workspaceId, memberId }: { accountId: string; workspaceId: string; memberId: string },
): Promise<void> {
  await db
    .insertInto('membership')
    .values({ account_id: accountId, workspace_id: workspaceId, member_id: memberId })
    .onConflict(conflict => conflict.columns(['account_id', 'workspace_id']).doUpdateSet({ member_id: memberId }))
    .execute()
}

export async function removeMembership(db: PlatformDatabase, workspaceId: string, memberId: string): Promise<void> {
  await db.deleteFrom('membership').where('workspace_id', '=', workspaceId).where('member_id', '=', memberId).execute()
}
