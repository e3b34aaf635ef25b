import type { ImportPreview } from '#client'
import type { Status } from '#web/tasks/task.ts'

/** Where the parts of a file go, as the server suggested it and a person may change it. */
export type Mapping = NonNullable<ImportPreview['mapping']>
type Choice = { to?: unknown; target?: unknown }

/** The mapping with another target for a column. */
export function sendColumn(mapping: Mapping, index: number, target: string): Mapping {
  return { ...mapping, columns: replaced(mapping.columns, column => column.index === index, { target }) }
}

/** The mapping with another status for a word of the file. */
export function sendStatus(mapping: Mapping, from: string, to: Status): Mapping {
  return { ...mapping, statuses: replaced(mapping.statuses, word => word.from === from, { to }) }
}

/** The mapping with another status for a list of a board. */
export function sendList(mapping: Mapping, id: string, to: Status): Mapping {
  return { ...mapping, lists: replaced(mapping.lists, list => list.id === id, { to }) }
}

/** What the mapping says of one column, word or list. */
export function choiceOf(
  mapping: Mapping,
  part: 'columns' | 'statuses' | 'lists',
  is: (one: Record<string, unknown>) => boolean,
): Choice | undefined {
  return records(mapping[part]).find(is)
}

function replaced(list: unknown, is: (one: Record<string, unknown>) => boolean, changes: Choice): unknown[] {
  return records(list).map(one => (is(one) ? { ...one, ...changes } : one))
}

function records(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list : []
}
