import { daysToKeep } from '#server/features/workspaces/delete-workspace.ts'
import { tellOfDeletion } from '#server/features/workspaces/deletion-mails.ts'
import { catchUp, changeDirectory } from '#server/features/workspaces/directory-sync.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/find-workspace.ts'
import { isHeld, underHold } from '#server/features/workspaces/legal-hold.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** Closes a workspace now, to be deleted in 30 days: for the operator. Returns when. */
export async function planDeletion(services: Services, slug: string): Promise<string> {
  const deleteAt = services.clock
    .now()
    .add({ hours: daysToKeep * 24 })
    .toString({ fractionalSecondDigits: 3 })
  await changeDeletion(services, slug, deleteAt)
  return deleteAt
}

/** Takes a deletion back: for the operator. */
export function cancelDeletion(services: Services, slug: string): Promise<void> {
  return changeDeletion(services, slug, null)
}

async function changeDeletion(services: Services, slug: string, deleteAt: string | null): Promise<void> {
  const workspace = await findWorkspaceBySlug(services, slug)
  if (!workspace) throw problem('not-found', `There is no workspace "${slug}".`)
  if (deleteAt && (await isHeld(services, workspace.id))) throw underHold()
  await changeDirectory(services, workspace.id, { delete_at: deleteAt })
  await catchUp(services, workspace.id)
  const news = deleteAt ? { kind: 'asked' as const, deleteAt } : { kind: 'kept' as const }
  await tellOfDeletion(services, workspace, { ...news, memberId: null })
}
