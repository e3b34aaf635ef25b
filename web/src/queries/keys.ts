import type { AuditEvent } from '#client'

/** What a workspace's data is made of, as the live stream names it. */
export type Entity =
  | 'task'
  | 'comment'
  | 'time_entry'
  | 'attachment'
  | 'tag'
  | 'project'
  | 'member'
  | 'role'
  | 'workspace'
  | 'webhook'
  | 'integration'
  | 'api_token'
  | 'invitation'
  | 'saved_view'
  | 'import'
  | 'sign_on'
  | 'notification'
  | 'audit_event'
  | 'audit_export'

/**
 * The key of a query in a workspace: its slug, the entity that it shows, then what tells it from others. The live
 * stream invalidates by the first two, so a query that follows this needs no word about staying fresh.
 */
export function keyIn(workspace: string, entity: Entity, ...rest: readonly unknown[]) {
  return ['w', workspace, entity, ...rest] as const
}

export type LiveEvent = Pick<
  AuditEvent,
  'id' | 'at' | 'entity' | 'entityId' | 'taskId' | 'projectId' | 'action' | 'memberId'
>
