import type { api } from '#web/api.ts'
import type { Messages } from '#web/messages/en.ts'

type AuditQuery = NonNullable<Parameters<typeof api.listAuditEvents>[0]['query']>
export type AuditAction = NonNullable<AuditQuery['action']>
export type AuditEntity = NonNullable<AuditQuery['entity']>

export const auditEntities = [
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
  'audit',
  'audit_export',
] as const satisfies readonly AuditEntity[]

const links = [
  'task.tag_added',
  'task.tag_removed',
  'task.viewer_added',
  'task.viewer_removed',
  'project.member_added',
  'project.member_removed',
] as const satisfies readonly AuditAction[]

const ofAccounts = [
  'member.signed_up',
  'member.signed_in',
  'member.sign_in_failed',
  'member.locked',
  'member.unlocked',
  'member.password_reset_requested',
  'member.password_reset',
  'member.password_changed',
  'member.email_change_requested',
  'member.email_changed',
  'member.totp_added',
  'member.totp_removed',
  'member.recovery_codes_made',
  'member.recovery_code_used',
  'member.passkey_added',
  'member.passkey_removed',
  'member.session_ended',
  'member.sessions_ended',
] as const satisfies readonly AuditAction[]

const ofHistory = [
  'audit.exported',
  'audit.export_ready',
  'audit.pruned',
  'audit.erased',
  'audit.key_replaced',
] as const satisfies readonly AuditAction[]

/** Every kind of change, in the order in which people look for them. */
export const auditActions: readonly AuditAction[] = [
  ...auditEntities
    .filter(entity => entity !== 'audit')
    .flatMap(entity => [`${entity}.created`, `${entity}.updated`, `${entity}.deleted`] as const),
  ...links,
  'api_token.used',
  'api_token.used_from_new_network',
  ...ofAccounts,
  ...ofHistory,
]

/** "Tasks: created". */
export function describeAction(action: string, { audit }: Messages): string {
  const [entity = '', verb = ''] = action.split('.')
  const kinds: Record<string, string> = audit.kinds
  const verbs: Record<string, string> = audit.actions
  return `${kinds[entity] ?? entity}: ${verbs[verb] ?? verb}`
}

export function isAuditAction(value: unknown): value is AuditAction {
  return auditActions.some(action => action === value)
}

export function isAuditEntity(value: unknown): value is AuditEntity {
  return auditEntities.some(entity => entity === value)
}
