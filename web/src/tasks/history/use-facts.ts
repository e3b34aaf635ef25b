import type { Task, TaskAsOf } from '#client'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { useProjectName } from '#web/tasks/history/use-project-name.ts'
import { usePeople } from '#web/tasks/use-people.ts'
import { useTags } from '#web/tasks/use-tags.ts'

/** A field in words: what it was, and what it is today where that can differ. */
export type Fact = { field: string; label: string; was: string; is: string | undefined }

/** The fields of a task as it was, with names of then, beside those of today. */
export function useFacts(past: TaskAsOf, now: Task | undefined): Fact[] {
  const { statuses, priorities, work, fields, audit } = useMessages()
  const { day, duration } = useFormats()
  const people = usePeople()
  const tags = useTags()
  const projectName = useProjectName()
  const labels: Record<string, string> = { ...audit.fieldNames, ...work.task.fields }
  const fact = (field: string, was: string, is?: string): Fact => ({ field, label: labels[field] ?? field, was, is })
  const days = (value: string | null) => (value ? day(value) : '')
  const estimate = (seconds: number | null) => (seconds === null ? '' : duration(seconds))
  const person = (id: string | null, name: string | null) => (id ? (name ?? fields.unknown) : work.task.unassigned)
  const list = (names: (string | null | undefined)[]) =>
    names
      .map(name => name ?? fields.unknown)
      .sort((a, b) => a.localeCompare(b))
      .join(', ')
  // Where today's are the same, a new name is no change of the task.
  const unlessSame = (a: readonly (string | null)[], b: readonly (string | null)[], is: () => string) =>
    a.length === b.length && a.every(id => b.includes(id)) ? undefined : is()
  const ids = (things: { id: string }[]) => things.map(({ id }) => id)
  const names = (things: { name: string | null }[]) => list(things.map(({ name }) => name))
  return [
    fact('status', past.status ? statuses[past.status] : '', now && statuses[now.status]),
    fact('priority', past.priority ? priorities[past.priority] : '', now && priorities[now.priority]),
    fact(
      'assigneeId',
      person(past.assigneeId, past.assigneeName),
      now &&
        unlessSame([past.assigneeId], [now.assigneeId], () =>
          now.assigneeId ? people.nameOf(now.assigneeId) : work.task.unassigned,
        ),
    ),
    fact('dueOn', days(past.dueOn), now && days(now.dueOn)),
    fact('startOn', days(past.startOn), now && days(now.startOn)),
    fact('estimateSeconds', estimate(past.estimateSeconds), now && estimate(now.estimateSeconds)),
    fact(
      'tagIds',
      names(past.tags),
      now && unlessSame(ids(past.tags), now.tagIds, () => list(now.tagIds.map(id => tags.get(id)?.name))),
    ),
    fact(
      'viewerIds',
      names(past.viewers),
      now && unlessSame(ids(past.viewers), now.viewerIds, () => list(now.viewerIds.map(id => people.nameOf(id)))),
    ),
    fact(
      'projectId',
      past.projectName ?? projectName(past.projectId),
      now && unlessSame([past.projectId], [now.projectId], () => projectName(now.projectId)),
    ),
    ...(past.parentId ? [fact('parentId', past.parentTitle ?? work.history.aTask)] : []),
    fact('creatorId', past.creatorId ? (past.creatorName ?? fields.unknown) : fields.unknown),
  ]
}
