import { sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { Project } from '#server/features/projects/project.ts'
import { problem } from '#server/http/problems.ts'

export { suggestKey } from '#server/features/projects/project.ts'

export const projectColumns = [
  'project.id',
  'project.key',
  'project.name',
  'project.description',
  'project.private',
  'project.archived_at as archivedAt',
  'project.creator_id as creatorId',
  'project.created_at as createdAt',
  'project.updated_at as updatedAt',
  'project.version',
  sql<
    string[]
  >`array(select m.member_id from project_member m where m.project_id = project.id order by m.member_id)`.as(
    'memberIds',
  ),
] as const

/** One project, or the problem that there is none that the caller may read. */
export async function requireProject(db: Reader, id: string): Promise<Project> {
  const found = await db.rows('project').where('project.id', '=', id).select(projectColumns).executeTakeFirst()
  if (!found) throw problem('not-found')
  return found
}
