import { useSuspenseQuery } from '@tanstack/react-query'
import type { AuditEvent } from '#client'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { usePeople } from '#web/tasks/use-people.ts'

/** An event as a sentence: "Mia moved it from To do to Doing". */
export function useHistorySentence(): (event: AuditEvent) => string {
  const messages = useMessages()
  const formats = useFormats()
  const people = usePeople()
  const { data: projects } = useSuspenseQuery(projectsQuery(useWorkspace()))
  const { history, task } = messages.work
  const word = (table: Record<string, string>, value: unknown) => table[String(value)] ?? String(value)
  const projectName = (id: unknown) => projects.find(project => project.id === id)?.name ?? history.somewhere
  const person = (id: unknown) => (typeof id === 'string' ? people.nameOf(id) : task.unassigned)
  const text = (value: unknown) => (typeof value === 'string' ? value : '')

  function changed(who: string, { changes }: AuditEvent): string {
    const { status, assigneeId, title, priority, dueOn, projectId, ...others } = changes
    if (status) return history.moved(who, word(messages.statuses, status.from), word(messages.statuses, status.to))
    if (projectId) return history.movedTo(who, projectName(projectId.to))
    if (assigneeId) return assigneeId.to ? history.assigned(who, person(assigneeId.to)) : history.unassigned(who)
    if (title) return history.renamed(who, text(title.from), text(title.to))
    if (priority) return history.prioritised(who, word(messages.priorities, priority.to))
    if (dueOn) return dueOn.to ? history.due(who, formats.day(text(dueOn.to))) : history.noDue(who)
    const names: Record<string, string> = task.fields
    const fields = Object.keys(others).flatMap(field => names[field] ?? [])
    return fields.length > 0 ? history.changed(who, fields.join(', ')) : history.rearranged(who)
  }

  return event => {
    const who = event.memberId ? people.nameOf(event.memberId) : history.system
    const name = text(event.changes.name?.to) || text(event.changes.name?.from)
    if (event.action === 'task.updated') return changed(who, event)
    const known: Record<string, (who: string, name: string) => string> = history.actions
    return known[event.action]?.(who, name) ?? `${who}: ${event.action}`
  }
}
