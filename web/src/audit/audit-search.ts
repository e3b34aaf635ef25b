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
  request?: string
  field?: string
  q?: string
  from?: string
  until?: string
}

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const { member, entity, action, entityId, token, request, field, q, from, until } = search
  return {
    ...(isId(member) ? { member } : {}),
    ...(isAuditEntity(entity) ? { entity } : {}),
    ...(isAuditAction(action) ? { action } : {}),
    ...(isId(entityId) ? { entityId } : {}),
    ...(isId(token) ? { token } : {}),
    ...(isText(request) ? { request } : {}),
    ...(isText(field) && /^[a-z][a-zA-Z0-9]{0,60}$/.test(field) ? { field } : {}),
    ...(isText(q) ? { q } : {}),
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
  request,
  field,
  q,
  from,
  until,
}: AuditSearch): Parameters<typeof api.listAuditEvents>[0]['query'] {
  return {
    memberId: member,
    entity,
    action,
    entityId,
    tokenId: token,
    requestId: request,
    field,
    q,
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

// A word that consists of digits comes out of the address as a number.
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 200
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value)
}
