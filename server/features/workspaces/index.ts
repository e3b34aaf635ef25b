import { createWorkspace } from '#server/features/workspaces/create-workspace.ts'
import { deleteWorkspace } from '#server/features/workspaces/delete-workspace.ts'
import { getWorkspace } from '#server/features/workspaces/get-workspace.ts'
import { keepWorkspace } from '#server/features/workspaces/keep-workspace.ts'
import { listWorkspaces } from '#server/features/workspaces/list-workspaces.ts'
import { updateWorkspace } from '#server/features/workspaces/update-workspace.ts'
import type { Feature } from '#server/http/operation.ts'

export { finishProvisioning } from '#server/features/workspaces/create-workspace-for.ts'
export { finishDeleting } from '#server/features/workspaces/delete-workspace-for.ts'
export { catchUpMarked } from '#server/features/workspaces/directory-sync.ts'
export { findWorkspaceBySlug } from '#server/features/workspaces/find-workspace.ts'
export { Slug, WorkspaceSummary } from '#server/features/workspaces/workspace.ts'

export const workspaces: Feature = {
  name: 'workspaces',
  description: 'Each has its own people, data and login at the database; nothing crosses from one to another.',
  operations: [listWorkspaces, createWorkspace, getWorkspace, updateWorkspace, deleteWorkspace, keepWorkspace],
}
