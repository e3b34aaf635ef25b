import { catchUp, changeDirectory } from '#server/features/workspaces/directory-sync.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/find-workspace.ts'
import { type ProblemTable, problem, problemsOf } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

export const holdProblems = {
  'legal-hold': { status: 409, title: 'A legal hold keeps the workspace and its history' },
} as const satisfies ProblemTable

/** The problem of whoever wants something to go that a legal hold keeps. */
export function underHold() {
  return problemsOf(holdProblems)('legal-hold', 'Nothing of it is deleted until an admin ends the legal hold.')
}

export async function isHeld({ platform }: Services, workspaceId: string): Promise<boolean> {
  const row = await platform.db
    .selectFrom('workspace')
    .select('legal_hold')
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  return row?.legal_hold ?? false
}

/** Begins or ends a legal hold: for the operator. */
export async function holdWorkspace(services: Services, slug: string, on: boolean, reason: string): Promise<void> {
  const workspace = await findWorkspaceBySlug(services, slug)
  if (!workspace) throw problem('not-found', `There is no workspace "${slug}".`)
  await changeDirectory(services, workspace.id, { legal_hold: on })
  await catchUp(services, workspace.id, reason)
}
