import Type, { type Static } from 'typebox'
import { type Plan, plans } from '#server/config/config.ts'
import { changes, Id, Instant, nullable, object, oneOf, text, Version } from '#server/http/schemas.ts'

export const Slug = Type.String({
  pattern: '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$',
  description: 'Names the workspace in addresses: lower-case letters, digits and hyphens',
})
const Name = text(200, 1)
const PlanName = oneOf(plans)

const DeleteAt = Type.String({
  format: 'date-time',
  description: 'When it is deleted for good, if that was asked for. Until then nobody works in it, and it can be kept.',
})

const RequiresSecondFactor = Type.Boolean({
  description: 'Members enter with a second factor only (403 `second-factor-missing` else); API tokens go on working',
})

const LegalHold = Type.Boolean({
  description: 'Nothing of the history is removed or erased, and the workspace is not deleted, until the hold ends',
})

export const Workspace = Type.Object(
  {
    id: Id,
    name: Name,
    slug: Slug,
    plan: PlanName,
    auditRetentionDays: Type.Integer({ description: 'How long the content of audit events is kept' }),
    auditRetentionShrinksTo: nullable(Type.Integer({ description: 'What a downgrade shortens it to' })),
    auditRetentionShrinksAt: nullable(
      Type.String({ format: 'date-time', description: 'When it does, unless the plan is upgraded before' }),
    ),
    legalHold: LegalHold,
    requiresSecondFactor: RequiresSecondFactor,
    deleteAt: nullable(DeleteAt),
    createdAt: Instant,
    updatedAt: Instant,
    version: Version,
  },
  { $id: 'Workspace' },
)
export type Workspace = Static<typeof Workspace>

export const WorkspaceSummary = Type.Object(
  {
    id: Id,
    name: Name,
    slug: Slug,
    plan: PlanName,
    requiresSecondFactor: Type.Optional(RequiresSecondFactor),
    deleteAt: Type.Optional(nullable(DeleteAt)),
  },
  { $id: 'WorkspaceSummary' },
)
export type WorkspaceSummary = Static<typeof WorkspaceSummary>

export const NewWorkspace = object({ name: Name, slug: Type.Optional(Slug) }, { $id: 'NewWorkspace' })
export const WorkspaceChanges = changes({
  name: Name,
  slug: Slug,
  requiresSecondFactor: RequiresSecondFactor,
  legalHold: LegalHold,
})

/** By plan, as the database knows it too (`plan_audit_days`). */
export const auditRetentionDays = { starter: 90, pro: 365, business: 1095 } as const satisfies Record<Plan, number>

// Addresses of the web client and the server begin with these words.
const reserved = new Set([
  'account',
  'admin',
  'api',
  'assets',
  'dev',
  'invitations',
  'join',
  'login',
  'logout',
  'new',
  'problems',
  'reset',
  'settings',
  'signin',
  'signup',
  'static',
  'www',
])

/** Whether a slug is kept for the server itself. */
export function isReserved(slug: string): boolean {
  return reserved.has(slug)
}

/** A slug made of a name: without accents, words joined by hyphens, with room for a number after it. */
export function suggestSlug(name: string): string {
  const words =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/ß/g, 'ss')
      .match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, 40).replace(/-+$/, '') || 'workspace'
}
