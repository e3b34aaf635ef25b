import type { AuditEvent } from '#client'

/** A description that a task had. `memberName` is null for the one before all that the history tells of. */
export type Version = { id: string; at: string; memberName: string | null; text: string; isFirst: boolean }

/** The descriptions that a task had, newest first, without those that are today's or were erased. */
export function versionsOf(events: readonly AuditEvent[], today: string): Version[] {
  const told = events.filter(({ entity, changes }) => entity === 'task' && changes.description !== undefined)
  const versions: Version[] = told.flatMap(({ id, at, memberName, changes: { description } }) =>
    typeof description?.to === 'string' ? [{ id, at, memberName, text: description.to, isFirst: false }] : [],
  )
  const oldest = told.at(-1)
  const before = oldest?.changes.description?.from
  if (oldest && typeof before === 'string')
    versions.push({ id: `${oldest.id}-before`, at: oldest.at, memberName: null, text: before, isFirst: true })
  return versions.filter(({ text }) => text !== today && text.trim() !== '')
}
