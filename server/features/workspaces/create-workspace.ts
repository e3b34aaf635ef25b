import {
  buildWorkspace,
  requireFreeSlug,
  reserveUnderFreeSlug,
  reserveWorkspace,
  slugTaken,
} from '#server/features/workspaces/directory-queries.ts'
import { NewWorkspace, WorkspaceSummary } from '#server/features/workspaces/workspace.ts'
import { accountOperation } from '#server/http/operation.ts'

export const createWorkspace = accountOperation({
  id: 'createWorkspace',
  summary: 'Create a workspace',
  description: 'You become its first admin. Without a slug it gets one made of its name.',
  route: 'POST /api/workspaces',
  body: NewWorkspace,
  example: { name: 'Blue Door Studio', slug: 'blue-door' },
  returns: WorkspaceSummary,
  status: 201,
  async run({ db, body, caller, services, afterCommit }) {
    const { accountId, email, name } = caller
    const wish = { name: body.name, plan: services.config.defaultPlan, owner: { accountId, email, name } }
    if (body.slug) await requireFreeSlug(db, body.slug, '/slug')
    const seed = body.slug
      ? await reserveWorkspace(services, db, { ...wish, slug: body.slug })
      : await reserveUnderFreeSlug(services, db, wish)
    if (!seed) throw slugTaken()
    // Reserved with the answer to this Idempotency-Key; a process killed before it is built leaves it to the schedule.
    afterCommit(() => buildWorkspace(services, seed))
    return { id: seed.id, name: seed.name, slug: seed.slug, plan: wish.plan }
  },
})
