import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { Services } from '#server/services.ts'

/** Where a workspace lives, or undefined: none of this slug is in use. */
export function findWorkspaceBySlug({ platform }: Services, slug: string): Promise<WorkspaceAddress | undefined> {
  return platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('slug', '=', slug)
    .where('status', '=', 'active')
    .executeTakeFirst()
}
