import { queryOptions } from '@tanstack/react-query'
import { allPages, api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

/** The caller as a member: role and permissions. */
export const meQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'member', 'me'),
    queryFn: ({ signal }) => api.getMe({ path: { workspace }, signal }),
  })

export const workspaceQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'workspace'),
    queryFn: ({ signal }) => api.getWorkspace({ path: { workspace }, signal }),
  })

export const projectsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'project', 'list'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listProjects({ path: { workspace }, query: { limit: 200, cursor }, signal })),
  })

/** Those that are out of the way, and out of the sidebar. */
export const archivedProjectsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'project', 'archived'),
    queryFn: ({ signal }) =>
      allPages(cursor =>
        api.listProjects({ path: { workspace }, query: { archived: true, limit: 200, cursor }, signal }),
      ),
  })

export const membersQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'member', 'list'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listMembers({ path: { workspace }, query: { limit: 200, cursor }, signal })),
  })

/** Who cannot sign in for a while. A lock ends by itself, which is no event. */
export const memberLocksQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'member', 'locks'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listMemberLocks({ path: { workspace }, query: { limit: 200, cursor }, signal })),
    refetchInterval: 30_000,
  })

export const rolesQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'role', 'list'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listRoles({ path: { workspace }, query: { limit: 200, cursor }, signal })),
  })

export const tagsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'tag', 'list'),
    queryFn: ({ signal }) =>
      allPages(cursor => api.listTags({ path: { workspace }, query: { limit: 200, cursor }, signal })),
  })
