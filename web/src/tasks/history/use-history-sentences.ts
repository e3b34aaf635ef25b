import { useSuspenseQuery } from '@tanstack/react-query'
import type { AuditEvent } from '#client'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { usePeople } from '#web/tasks/use-people.ts'

type Change = AuditEvent['changes'][string]

/** An event as sentences, one for each thing that changed: "Mia moved it from To do to Doing". Names are those of then. */
export function useHistorySentences(): (event: AuditEvent) => string[] {
  const messages = useMessages()
  const formats = useFormats()
  const people = usePeople()
  const { data: projects } = useSuspenseQuery(projectsQuery(useWorkspace()))
  const { history, task } = messages.work
  const word = (table: Record<string, string>, value: unknown) => table[String(value)] ?? String(value)
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const person = (name: string | null | undefined, id: unknown) =>
    name ?? (typeof id === 'string' ? people.nameOf(id) : history.namelessOther)

  /** In the order in which they are told. */
  const tellers: Record<string, (who: string, change: Change) => string | undefined> = {
    title: (who, { from, to }) => history.renamed(who, text(from), text(to)),
    status: (who, { from, to }) => history.moved(who, word(messages.statuses, from), word(messages.statuses, to)),
    projectId: (who, { to, toName }) =>
      history.movedTo(who, toName ?? projects.find(project => project.id === to)?.name ?? history.somewhere),
    assigneeId: (who, { from, to, fromName, toName }) =>
      to ? history.assigned(who, person(toName, to)) : history.unassigned(who, person(fromName, from)),
    priority: (who, { to }) => history.prioritised(who, word(messages.priorities, to)),
    dueOn: (who, { to }) => (to ? history.due(who, formats.day(text(to))) : history.noDue(who)),
    startOn: (who, { to }) => (to ? history.starts(who, formats.day(text(to))) : history.noStart(who)),
    estimateSeconds: (who, { to }) =>
      to === null ? history.noEstimate(who) : history.estimated(who, formats.duration(Number(to))),
    parentId: (who, { to, fromName, toName }) =>
      to ? history.partOf(who, toName ?? history.aTask) : history.partOfNone(who, fromName ?? history.aTask),
    description: (who, { from, to }) =>
      !from ? history.described(who) : to ? history.rewrote(who) : history.undescribed(who),
  }

  function changed(who: string, { changes }: AuditEvent): string[] {
    const names: Record<string, string> = { ...messages.audit.fieldNames, ...task.fields }
    const said = Object.entries(tellers).flatMap(([field, tell]) => {
      const change = changes[field]
      if (!change) return []
      return change.erased ? history.erased(who, names[field] ?? field) : (tell(who, change) ?? [])
    })
    if (said.length > 0) return said
    const others = Object.keys(changes).filter(field => !follows.includes(field))
    return [
      others.length > 0
        ? history.changed(who, others.map(field => names[field] ?? field).join(', '))
        : history.rearranged(who),
    ]
  }

  return event => {
    const { memberId, memberName, changes, erased } = event
    const isNameless = erased.includes('memberName')
    const who = memberId ? (memberName ?? (isNameless ? history.nameless : people.nameOf(memberId))) : history.system
    if (event.action === 'task.updated') return changed(who, event)
    const { name } = changes
    const other = name?.erased ? history.namelessOther : text(name?.to) || text(name?.from)
    const known: Record<string, (who: string, name: string) => string> = history.actions
    return [known[event.action]?.(who, other) ?? `${who}: ${event.action}`]
  }
}

// What comes of itself with another change.
const follows = ['position', 'number', 'closedAt']
