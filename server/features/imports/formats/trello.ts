import type { ImportPlan } from '../import-plan.ts'
import { isJsonObject, type Json, type JsonObject, listOf, numberOf, readJson, stringOf } from './json.ts'
import { emptyPlan, planBuilder } from './plan-builder.ts'
import { ImportRefused } from './refused.ts'
import { readHistory } from './trello-actions.ts'
import { draftCard } from './trello-cards.ts'
import { labelColor } from './trello-colors.ts'
import { planComments } from './trello-comments.ts'
import { readFieldReader } from './trello-fields.ts'
import { noteBoard } from './trello-left-behind.ts'
import { type ListChoice, readTrelloMapping, suggestLists, type TrelloMapping } from './trello-lists.ts'

export type TrelloPreview = {
  tool: 'trello'
  name: string
  cardCount: number
  lists: (ListChoice & { name: string; archived: boolean; cards: number; sure: boolean })[]
  problems: ImportPlan['problems']
  mapping: TrelloMapping
}

/** What a board holds and which status each of its lists becomes. */
export function previewTrello(bytes: Uint8Array): TrelloPreview {
  try {
    const board = readBoard(bytes)
    const lists = suggestLists(board)
    const mapping = { lists: lists.map(({ id, to }) => ({ id, to })) }
    const cardCount = listOf(board.cards).length
    return { tool: 'trello', name: stringOf(board.name), cardCount, lists, problems: [], mapping }
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    const nothing = { name: '', cardCount: 0, lists: [], mapping: { lists: [] } }
    return { tool: 'trello', ...nothing, problems: error.problems }
  }
}

/** The plan of a board export. Never throws for what the file or the mapping holds. */
export function planTrello(bytes: Uint8Array, given?: unknown): ImportPlan {
  try {
    return planBoard(readBoard(bytes), given)
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    return emptyPlan('trello', error.problems)
  }
}

export function isTrelloBoard(json: Json): json is JsonObject {
  return isJsonObject(json) && Array.isArray(json.cards) && Array.isArray(json.lists)
}

function readBoard(bytes: Uint8Array): JsonObject {
  const json = readJson(bytes)
  if (isTrelloBoard(json)) return json
  throw new ImportRefused('The file is no Trello board: it holds no "cards" and "lists". Export the board as JSON.')
}

function planBoard(board: JsonObject, given: unknown): ImportPlan {
  const build = planBuilder('trello')
  const lists = readTrelloMapping(given, suggestLists(board))
  const boardName = stringOf(board.name) || 'Trello'
  const projectRef = build.project({ name: boardName, description: stringOf(board.desc) })
  for (const member of listOf(board.members)) {
    const { id, fullName, username, email } = member
    const who = { id: stringOf(id), name: stringOf(fullName), username: stringOf(username), email: stringOf(email) }
    build.people.ref(who)
  }
  for (const { name, color } of listOf(board.labels)) build.tags.ref(stringOf(name), labelColor(stringOf(color)))
  const history = readHistory(board)
  const context = {
    ...{ build, projectRef, lists, history, fieldsOf: readFieldReader(board) },
    checklists: Map.groupBy(listOf(board.checklists), ({ idCard }) => stringOf(idCard)),
    titles: new Map(listOf(board.cards).map(card => [stringOf(card.shortLink), stringOf(card.name)])),
    labels: new Map(listOf(board.labels).map(label => [stringOf(label.id), label])),
  }
  const listOrder = new Map(lists.map(({ id }, index) => [id, index]))
  const place = (card: JsonObject) => listOrder.get(stringOf(card.idList)) ?? lists.length
  const cards = listOf(board.cards).toSorted((a, b) => place(a) - place(b) || numberOf(a.pos) - numberOf(b.pos))
  for (const card of cards) build.task(draftCard(card, context))
  planComments(board, history, build)
  noteBoard(board, cards, build)
  return build.plan
}
