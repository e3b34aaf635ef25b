import type { AuditEvent } from '#client'

/** The long text that an event is about, before and after: a description, or what a comment says. */
export function textChange({ entity, changes }: AuditEvent): { from: string; to: string } | undefined {
  const change = entity === 'task' ? changes.description : entity === 'comment' ? changes.body : undefined
  if (!change || change.erased) return undefined
  const { from, to } = change
  return { from: typeof from === 'string' ? from : '', to: typeof to === 'string' ? to : '' }
}
