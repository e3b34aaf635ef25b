import { instantOf } from './csv-dates.ts'
import { readDate } from './dates.ts'
import { type JsonObject, listOf, numberOf, objectOf, stringOf } from './json.ts'
import type { PlanBuilder } from './plan-builder.ts'
import type { TrelloHistory } from './trello-actions.ts'

/** Comments stand in the board's activity only, oldest last. Each card counts its own, which shows what is missing. */
export function planComments(board: JsonObject, { comments }: TrelloHistory, build: PlanBuilder): void {
  const cards = new Set(listOf(board.cards).map(({ id }) => stringOf(id)))
  const taken = new Map<string, number>()
  for (const action of comments.toReversed()) {
    const data = objectOf(action.data)
    const card = stringOf(objectOf(data.card).id)
    if (!cards.has(card)) {
      build.notTaken.add({
        what: 'Comments',
        why: 'Their card is not in the file.',
        where: stringOf(objectOf(data.card).name),
      })
      continue
    }
    const { id, fullName, username } = objectOf(action.memberCreator)
    const who = {
      id: stringOf(id) || stringOf(action.idMemberCreator),
      name: stringOf(fullName),
      username: stringOf(username),
    }
    const personRef = build.people.ref(who)
    const createdAt = instantOf(readDate(stringOf(action.date), { order: 'dmy', zone: 'UTC' }))
    const where = { where: `comment on card "${stringOf(objectOf(data.card).name).slice(0, 60)}"`, message: '' }
    const authorName = build.people.name(personRef)
    build.comment({ taskRef: `card:${card}`, personRef, authorName, body: stringOf(data.text), createdAt }, where)
    taken.set(card, (taken.get(card) ?? 0) + 1)
  }
  noteMissing(board, taken, build)
}

function noteMissing(board: JsonObject, taken: Map<string, number>, build: PlanBuilder): void {
  const counts = listOf(board.cards).map(card => {
    const counted = numberOf(objectOf(card.badges).comments)
    return { name: stringOf(card.name), counted, missing: Math.max(0, counted - (taken.get(stringOf(card.id)) ?? 0)) }
  })
  const held = taken.values().reduce((sum, count) => sum + count, 0)
  const missing = counts.reduce((sum, card) => sum + card.missing, 0)
  const why = `The file holds ${held} of the ${held + missing} comments that its cards count: Trello cuts the activity of an export at 1,000 entries.`
  for (const card of counts.filter(card => card.missing > 0)) {
    build.notTaken.add({ what: 'Comments', why, where: `card "${card.name}"`, count: card.missing })
  }
}
