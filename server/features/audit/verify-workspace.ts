import { sql } from 'kysely'
import { inOrder, type Problem } from '#server/audit-log/export-problems.ts'
import { checkpointPath } from '#server/features/audit/checkpoint-file.ts'
import { findSealed, type ReadWorkspace } from '#server/features/audit/tree-queries.ts'
import { walkTree } from '#server/features/audit/walk-tree.ts'
import { findWithoutLeaf } from '#server/features/audit/without-leaf.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** What the history of a workspace shows, and what is wrong with it: nothing where `problems` is empty. */
export type WorkspaceVerdict = {
  workspace: { id: string; slug: string }
  /** Leaves, of which so many have their event, and so many lost it to retention. */
  size: number
  events: number
  pruned: number
  /** Events that have no leaf yet. */
  unsealed: number
  /** How many checkpoints are what the tree was, and the newest of them. */
  checkpoints: { inDatabase: number; inFile: number; newest: { size: number; note: string } | null }
  problems: Problem[]
}

/**
 * Verifies the history of a workspace from its events up: each is its leaf, the leaves are the tree, the tree is what
 * every checkpoint said, in the database and in the file beside it. Stops at the first tile with something wrong.
 * Takes the same memory however long the history is.
 */
export async function verifyWorkspace(
  services: Services,
  slug: string,
  onProgress: (done: number, size: number) => void = () => undefined,
): Promise<WorkspaceVerdict> {
  const workspace = await services.platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('slug', '=', slug)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!workspace) throw problem('not-found', `There is no workspace "${slug}".`)
  const read: ReadWorkspace = work => services.workspaces.system(workspace, work)
  const sealed = await read(findSealed)
  const path = checkpointPath(services.config.dataDir, workspace.id)
  const walk = await walkTree({
    read,
    sealed,
    path,
    keys: services.auditKeys.known(),
    workspaceId: workspace.id,
    onProgress,
  })
  const added = walk.problems.length === 0 ? await findWithoutLeaf(read, sealed) : []
  const { rows } = await read(db =>
    sql<{ count: number }>`select count(*) as count from audit_event e, workspace w
      where (e.xid, e.seq) > (w.sealed_xid, w.sealed_seq)`.execute(db),
  )
  return {
    workspace: { id: workspace.id, slug },
    ...{ size: sealed.size, events: walk.events, pruned: walk.pruned, unsealed: rows[0]!.count },
    checkpoints: walk.checkpoints,
    problems: inOrder([...walk.problems, ...added]),
  }
}
