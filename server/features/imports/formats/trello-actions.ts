import { type JsonObject, listOf, objectOf, stringOf } from './json.ts'

/** What the activity of a board says about its cards. Trello lists the newest action first, and 1,000 at most. */
export type TrelloHistory = {
  comments: JsonObject[]
  /** By card: when it was archived or came to the list that it is in. */
  closedAt(card: JsonObject): string | undefined
  creator(cardId: string): JsonObject | undefined
}

export const commentActions: ReadonlySet<string> = new Set(['commentCard', 'copyCommentCard'])

export function readHistory(board: JsonObject): TrelloHistory {
  const archived = new Map<string, string>()
  const moved = new Map<string, string>()
  const creators = new Map<string, JsonObject>()
  const actions = listOf(board.actions)
  for (const action of actions) {
    const data = objectOf(action.data)
    const card = stringOf(objectOf(data.card).id)
    const date = stringOf(action.date)
    if (objectOf(data.card).closed === true && !archived.has(card)) archived.set(card, date)
    const list = stringOf(objectOf(data.listAfter).id)
    if (list !== '' && !moved.has(`${card} ${list}`)) moved.set(`${card} ${list}`, date)
    if (/^(createCard|copyCard|convertToCardFromCheckItem|emailCard)$/.test(stringOf(action.type)))
      creators.set(card, action)
  }
  return {
    comments: actions.filter(({ type }) => commentActions.has(stringOf(type))),
    closedAt(card) {
      const id = stringOf(card.id)
      const moment =
        moved.get(`${id} ${stringOf(card.idList)}`) ?? (card.closed === true ? archived.get(id) : undefined)
      return moment ?? (stringOf(card.dateLastActivity) || undefined)
    },
    creator: id => creators.get(id),
  }
}

/** A Trello id begins with the second in which it was made. */
export function createdAtOf(id: string): string | undefined {
  if (!/^[0-9a-f]{24}$/i.test(id)) return undefined
  const second = Number.parseInt(id.slice(0, 8), 16)
  return Temporal.Instant.fromEpochMilliseconds(second * 1000).toString({ fractionalSecondDigits: 3 })
}
