import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { ProblemError } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

type About = { memberId: string; taskId: string }

/** Those who may read the task that they would hear of: asked through the door, with the access of each. */
export async function whoMayRead<T extends About>(
  services: Services,
  workspace: WorkspaceAddress,
  candidates: readonly T[],
): Promise<T[]> {
  const allowed: T[] = []
  for (const [memberId, theirs] of Map.groupBy(candidates, candidate => candidate.memberId)) {
    const readable = await readableTasks(
      services,
      workspace,
      memberId,
      theirs.map(candidate => candidate.taskId),
    )
    allowed.push(...theirs.filter(candidate => readable.has(candidate.taskId)))
  }
  return allowed
}

async function readableTasks(
  { workspaces }: Services,
  workspace: WorkspaceAddress,
  memberId: string,
  ids: string[],
): Promise<Set<string>> {
  try {
    const rows = await workspaces.read(workspace, { memberId }, db =>
      db.rows('task').where('task.id', '=', sql<string>`any(${ids}::uuid[])`).select('task.id').execute(),
    )
    return new Set(rows.map(row => row.id))
  } catch (error) {
    // Whoever is no active member any more hears of nothing.
    if (error instanceof ProblemError && error.status === 404) return new Set()
    throw error
  }
}
