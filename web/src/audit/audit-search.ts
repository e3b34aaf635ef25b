import type { api } from '#web/api.ts'
import { type AuditAction, type AuditEntity, isAuditAction, isAuditEntity } from '#web/audit/actions.ts'
import { startOfDay } from '#web/audit/start-of-day.ts'

/** The filters as they stand in the address. `from` and `until` are days, both included. */
export type AuditSearch = {
  member?: string
  entity?: AuditEntity
  action?: AuditAction
  entityId?: string
  token?: string
  from?: string
  until?: string
}

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const { member, entity, action, entityId, token, from, until } = search
  return {
    ...(isId(member) ? { member } : {}),
    ...(isAuditEntity(entity) ? { entity } : {}),
    ...(isAuditAction(action) ? { action } : {}),
    ...(isId(entityId) ? { entityId } : {}),
    ...(isId(token) ? { token } : {}),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(until) ? { until } : {}),
  }
}

export function toAuditQuery({
  member,
  entity,
  action,
  entityId,
  token,
  from,
  until,
}: AuditSearch): Parameters<typeof api.listAuditEvents>[0]['query'] {
  return {
    memberId: member,
    entity,
    action,
    entityId,
    tokenId: token,
    since: from && startOfDay(from),
    until: until && startOfDay(nextDay(until)),
  }
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value)
}
