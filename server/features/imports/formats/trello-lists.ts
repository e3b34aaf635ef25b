import { type TaskStatus, taskStatuses } from '../import-plan.ts'
import { isJsonObject, type Json, type JsonObject, listOf, numberOf, stringOf } from './json.ts'
import { ImportRefused } from './refused.ts'
import { readStatus } from './status-words.ts'

/** What a person decides about a board: which status each list becomes. */
export type TrelloMapping = { lists: ListChoice[] }
export type ListChoice = { id: string; to: TaskStatus }
/** `exact`: the name of the list is the status; else the list also becomes a tag, so that its name is kept. */
export type BoardList = ListChoice & { name: string; archived: boolean; cards: number; sure: boolean; exact: boolean }

/** The lists in their order. A name that says nothing takes its status from where the list stands. */
export function suggestLists(board: JsonObject): BoardList[] {
  const cards = Map.groupBy(listOf(board.cards), ({ idList }) => stringOf(idList))
  const lists = listOf(board.lists).toSorted((a, b) => numberOf(a.pos) - numberOf(b.pos))
  const read = lists.map(list => readStatus(stringOf(list.name)))
  return lists.map((list, index) => ({
    id: stringOf(list.id),
    name: stringOf(list.name),
    archived: list.closed === true,
    cards: cards.get(stringOf(list.id))?.length ?? 0,
    to: read[index]?.status ?? statusByPlace(read, index),
    sure: read[index] !== undefined,
    exact: read[index]?.exact ?? false,
  }))
}

/** A mapping from outside over the suggestion; a list that it does not name keeps what was suggested. */
export function readTrelloMapping(given: unknown, suggested: BoardList[]): BoardList[] {
  if (given === undefined) return suggested
  const mapping = given as Json
  if (!isJsonObject(mapping)) throw new ImportRefused('The mapping is not an object.')
  const chosen = new Map<string, TaskStatus>()
  for (const choice of listOf(mapping.lists)) {
    const id = stringOf(choice.id)
    const to = taskStatuses.find(status => status === choice.to)
    if (!suggested.some(list => list.id === id))
      throw new ImportRefused(`The mapping names a list "${id}" that is not in the file.`)
    if (!to)
      throw new ImportRefused(
        `The mapping's status ${JSON.stringify(choice.to)} is not one of ${taskStatuses.join(', ')}.`,
      )
    chosen.set(id, to)
  }
  return suggested.map(list => {
    const to = chosen.get(list.id)
    return to && to !== list.to ? { ...list, to, exact: false } : list
  })
}

/** Between the work that runs and the work that is done, it runs; left of what is to do, it is the backlog. What stands
 * right of "Done" is often a shelf of notes, so it stays open. */
function statusByPlace(read: ReturnType<typeof readStatus>[], index: number): TaskStatus {
  const before = read.slice(0, index).map(one => one?.status)
  const after = read.slice(index + 1).map(one => one?.status)
  if (before.includes('doing') && after.includes('done') && !before.includes('done')) return 'doing'
  return after.includes('todo') && !before.includes('todo') ? 'backlog' : 'todo'
}
