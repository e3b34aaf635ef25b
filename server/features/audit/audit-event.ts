import Type, { type Static } from 'typebox'
import { historyKinds } from '#server/features/security-events/security-event.ts'
import { Id, Instant, nullable } from '#server/http/schemas.ts'

/** What leaves events: the tables that have audit triggers (sql/workspace/0002-rules.sql). */
export const auditedEntities = [
  'task',
  'comment',
  'time_entry',
  'attachment',
  'tag',
  'project',
  'member',
  'role',
  'workspace',
  'webhook',
  'integration',
  'api_token',
  'invitation',
  'saved_view',
  'import',
  'sign_on',
  'audit_export',
  'audit',
] as const
/** Links are events of what they belong to. */
const linkActions = [
  'task.tag_added',
  'task.tag_removed',
  'task.viewer_added',
  'task.viewer_removed',
  'project.member_added',
  'project.member_removed',
] as const
/** A token's first use in a day, and in a network: there is no event for each of its reads. */
const tokenActions = ['api_token.used', 'api_token.used_from_new_network'] as const
/** What happened to a member's account: an event in each of its workspaces. */
const accountActions = historyKinds.map(kind => `member.${kind}` as const)
/** What happens to the history itself. */
const auditActions = [
  'audit.exported',
  'audit.export_ready',
  'audit.pruned',
  'audit.erased',
  'audit.key_replaced',
] as const
export const auditedActions = [
  ...auditedEntities
    .filter(entity => entity !== 'audit')
    .flatMap(entity => [`${entity}.created`, `${entity}.updated`, `${entity}.deleted`] as const),
  ...linkActions,
  ...tokenActions,
  ...accountActions,
  ...auditActions,
] as const
export type AuditAction = (typeof auditedActions)[number]

/** Where and when people sign in is nobody's to be sent who has not asked for it by name. */
export function isSentUnasked(action: string): boolean {
  return !accountActions.some(each => each === action)
}

export type Change = {
  from: unknown
  to: unknown
  fromName?: string | null
  toName?: string | null
  erased?: string
}

export const AuditEvent = Type.Object(
  {
    id: Id,
    at: Instant,
    entity: Type.String(),
    entityId: Id,
    taskId: nullable(Id),
    projectId: nullable(Id),
    action: Type.String({ description: '`<entity>.created`, `.updated`, `.deleted`, `task.tag_added`, …' }),
    memberId: nullable(Id),
    memberName: nullable(Type.String({ description: 'What the member was called then' })),
    tokenId: nullable(Type.String({ format: 'uuid', description: 'The API token that it was done with' })),
    tokenName: nullable(Type.String()),
    job: nullable(Type.String({ description: 'What the server did by itself: `import`, `invitation`, …' })),
    requestId: nullable(Type.String()),
    address: nullable(Type.String({ description: 'Where the request came from, as far as the operator keeps it' })),
    reason: nullable(Type.String({ description: 'Why, in the words of whoever did it (`Audit-Reason`)' })),
    erased: Type.Array(Type.String(), {
      description: 'Which of `memberName`, `tokenName`, `address`, `reason` were erased at a person’s request',
    }),
    changes: Type.Unsafe<Record<string, Change>>({
      type: 'object',
      description: 'Each changed field, from → to, with the names that ids had then; an erased one says so',
      additionalProperties: {
        type: 'object',
        required: ['from', 'to'],
        properties: {
          from: {},
          to: {},
          fromName: { type: ['string', 'null'] },
          toName: { type: ['string', 'null'] },
          erased: { type: 'string', description: 'The commitment that stays (docs/audit-format.md)' },
        },
      },
    }),
  },
  { $id: 'AuditEvent' },
)
export type AuditEvent = Static<typeof AuditEvent>

export const auditColumns = [
  'audit_event.id',
  'audit_event.at',
  'audit_event.entity',
  'audit_event.entity_id as entityId',
  'audit_event.task_id as taskId',
  'audit_event.project_id as projectId',
  'audit_event.action',
  'audit_event.member_id as memberId',
  'audit_event.member_name as memberName',
  'audit_event.token_id as tokenId',
  'audit_event.token_name as tokenName',
  'audit_event.job',
  'audit_event.request_id as requestId',
  'audit_event.address',
  'audit_event.reason',
  'audit_event.erased',
  'audit_event.changes',
] as const

type Stored = Omit<AuditEvent, 'changes' | 'erased'> & { changes: unknown; erased: unknown }

/** An event as the API shows it: the table has the columns' names, the API its own. */
export function toAuditEvent(stored: Stored): AuditEvent {
  const { changes, erased } = stored
  const fields = Object.entries(changes as AuditEvent['changes']).map(([name, change]) => [camelCase(name), change])
  return { ...stored, erased: Object.keys(erased ?? {}), changes: Object.fromEntries(fields) }
}

/** What a column is called in the API, and in a leaf. */
export function camelCase(name: string): string {
  return name.includes('_') ? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : name
}
