import { slugTaken } from '#server/features/workspaces/directory-queries.ts'
import { changeDirectory, clearMark } from '#server/features/workspaces/directory-sync.ts'
import { isReserved, Workspace, WorkspaceChanges } from '#server/features/workspaces/workspace.ts'
import { requireWorkspace } from '#server/features/workspaces/workspace-queries.ts'
import { operation } from '#server/http/operation.ts'
import type { ProblemTable } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'
import type { Services } from '#server/services.ts'

const problems = {
  'reason-required': { status: 422, title: 'Say why' },
  'second-factor-first': { status: 409, title: 'Sign in with a second factor first' },
} as const satisfies ProblemTable

export const updateWorkspace = operation({
  id: 'updateWorkspace',
  summary: 'Change a workspace',
  description:
    'A new slug changes its address at once; the old one is free for anybody and does not lead here. To ask everybody for a ' +
    'second factor, be signed in with one yourself: it counts at once, in open event streams too. A legal hold keeps ' +
    'the workspace and all of its history until it ends; beginning and ending it need a reason (`Audit-Reason`).',
  route: 'PATCH /api/workspaces/:workspace',
  needs: { resource: 'workspace', action: 'write' },
  params: inWorkspace(),
  body: WorkspaceChanges,
  example: { name: 'Acme Europe' },
  returns: Workspace,
  problems,
  async run({ db, body, request, services, workspace, sessionId, afterCommit, problem }) {
    const row = await db.require('workspace', workspace.id, 'write', request.ifMatch)
    if (body.slug !== undefined && body.slug !== row.slug && isReserved(body.slug)) throw slugTaken()
    const { requiresSecondFactor, legalHold = row.legal_hold, ...values } = body
    if (requiresSecondFactor && !row.requires_second_factor && !(await hasSecondFactor(services, sessionId)))
      throw problem(
        'second-factor-first',
        'Sign in with a second factor yourself first, or you would lock yourself out.',
      )
    const holds = legalHold !== row.legal_hold
    if (holds && !request.origin.reason)
      throw problem('reason-required', 'Beginning or ending a legal hold needs a reason, in the header Audit-Reason.')
    const changed = {
      ...values,
      ...(requiresSecondFactor === undefined ? {} : { requires_second_factor: requiresSecondFactor }),
    }
    if (Object.keys(changed).length > 0)
      await db.update('workspace', 'write').set(changed).where('workspace.id', '=', row.id).execute()
    if (holds) await db.setLegalHold(legalHold)
    const result = await requireWorkspace(services, db)
    // Last, while the row is still locked: only the commit comes after it.
    const mark = await changeDirectory(services, row.id, { ...changed, ...(holds ? { legal_hold: legalHold } : {}) })
    afterCommit(() => {
      clearMark(services, row.id, mark).catch(error =>
        services.log.warn({ err: error }, 'a mark in the directory waits for the schedule'),
      )
    })
    return result
  },
})

async function hasSecondFactor({ platform }: Services, sessionId: string | null): Promise<boolean> {
  if (sessionId === null) return false
  const session = await platform.db
    .selectFrom('session')
    .select('second_factor as has')
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return session?.has ?? false
}
