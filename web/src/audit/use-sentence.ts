import type { AuditEvent } from '#client'
import { specialOf } from '#web/audit/special.ts'
import { type Names, useTaskName } from '#web/audit/use-names.ts'
import { useMessages } from '#web/messages/language.ts'

/** Tells an event: "Ada changed the task Order the new sign". */
export function useSentence(event: AuditEvent, names: Names): string {
  const { audit } = useMessages()
  const task = useTaskName(event)
  const sentences: Record<string, (who: string, what: string, other: string) => string> = audit.sentences
  const entities: Record<string, string> = audit.entities
  const isNameless = event.erased.includes('memberName')
  const known = isNameless ? audit.nameless : event.memberId && names.member(event.memberId)
  const who = event.memberName ?? (known || audit.system)
  const special = specialOf(event)
  if (special) return audit.special[special](who)
  const entity = entities[event.entity] ?? event.entity
  const verb = event.action.split('.')[1] ?? ''
  const label = event.entity === 'task' ? (task ?? names.thing(event)) : names.thing(event)
  const thing = label ? `${entity} ${label}` : entity
  const what = task && event.entity !== 'task' ? audit.onTask(thing, task) : thing
  return sentences[verb]?.(who, what, linkedName(event)) ?? `${who}: ${event.action} ${label}`
}

// A link names its other end in the changes: the tag, the viewer, the member.
function linkedName({ changes: { name } }: AuditEvent): string {
  const other = name?.to ?? name?.from
  return typeof other === 'string' ? other : ''
}
