import { type JsonObject, listOf, saysSomething, stringOf, stringsOf } from './json.ts'
import type { PlanBuilder } from './plan-builder.ts'
import { commentActions } from './trello-actions.ts'

/** Says what of a board does not arrive, down to the keys that this version has never seen. */
export function noteBoard(board: JsonObject, cards: JsonObject[], build: PlanBuilder): void {
  const { add } = build.notTaken
  const lists = listOf(board.lists)
  const used = new Set(cards.map(({ idList }) => stringOf(idList)))
  for (const { name } of lists.filter(({ id }) => !used.has(stringOf(id)))) {
    add({ what: 'Empty lists', why: 'A list arrives as what its cards become.', where: stringOf(name) })
  }
  const usedLabels = new Set(cards.flatMap(({ idLabels }) => stringsOf(idLabels)))
  for (const { id, name, color } of listOf(board.labels)) {
    if (usedLabels.has(stringOf(id)) || stringOf(name) !== '') continue
    add({ what: 'Labels without a name on no card', why: 'A colour alone makes no tag.', where: stringOf(color) })
  }
  const history = listOf(board.actions).filter(({ type }) => !commentActions.has(stringOf(type)))
  const why = 'The history of another tool proves nothing in Kontor’s audit log, which records the import instead.'
  if (history.length > 0) add({ what: 'Activity other than comments', why, count: history.length })
  for (const { memberType, deactivated } of listOf(board.memberships)) {
    if (memberType === 'admin') add({ what: 'Administrators of the board', why: 'Roles are given in Kontor.' })
    if (deactivated === true) add({ what: 'Deactivated memberships', why: 'Members are managed in Kontor.' })
  }
  for (const card of cards) noteCard(card, add)
  noteKeys('board', [board], { known: boardKeys, add })
  noteKeys('card', cards, { known: cardKeys, add })
  noteKeys('list', lists, { known: listKeys, add })
  noteKeys('checklist', listOf(board.checklists), { known: checklistKeys, add })
  const items = listOf(board.checklists).flatMap(({ checkItems }) => listOf(checkItems))
  noteKeys('checklist item', items, { known: itemKeys, add })
}

type Add = PlanBuilder['notTaken']['add']

const cardNotes: Record<string, string> = {
  idMembersVoted: 'Votes',
  stickers: 'Stickers',
  subscribed: 'Subscriptions of whoever exported the board',
  idAttachmentCover: 'Covers',
  dueReminder: 'Reminders',
  pluginData: 'Data of power-ups',
  isTemplate: 'Marks of template cards',
  cardRole: 'Roles of cards (separator, link, mirror)',
}

function noteCard(card: JsonObject, add: Add): void {
  for (const [key, what] of Object.entries(cardNotes)) {
    const value = card[key]
    const count = Array.isArray(value) ? value.length : saysSomething(value) ? 1 : 0
    if (count > 0) add({ what, why: 'Kontor has no place for it.', where: `card "${stringOf(card.name)}"`, count })
  }
  const { idAttachment, color, idUploadedBackground } = (card.cover ?? {}) as JsonObject
  if (!card.idAttachmentCover && saysSomething([idAttachment ?? null, color ?? null, idUploadedBackground ?? null])) {
    add({ what: 'Covers', why: 'Kontor has no place for it.', where: `card "${stringOf(card.name)}"` })
  }
}

function noteKeys(what: string, objects: JsonObject[], { known, add }: { known: ReadonlySet<string>; add: Add }): void {
  for (const object of objects) {
    for (const [key, value] of Object.entries(object)) {
      if (known.has(key) || !saysSomething(value)) continue
      add({ what: `"${key.slice(0, 60)}" of a ${what}`, why: 'Kontor does not know this part of a Trello export.' })
    }
  }
}

const keys = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** Read, named above, or about how Trello shows, limits and bills a board. */
const boardKeys =
  keys(`id nodeId name desc descData closed dateClosed idOrganization idEnterprise enterpriseOwned limits
  pinned starred url shortUrl shortLink prefs subscribed labelNames powerUps premiumFeatures dateLastActivity dateLastView
  idTags datePluginDisable creationMethod creationMethodError creationMethodLoadingStartedAt ixUpdate idMemberCreator
  templateGallery memberships actions cards labels lists members checklists customFields pluginData idBoardSource
  idMemberCreatedBy type`)
const cardKeys = keys(`id nodeId address badges checkItemStates closed coordinates creationMethod creationMethodError
  creationMethodLoadingStartedAt customFieldItems dateLastActivity dateClosed dateCompleted dateViewedByCreator desc descData
  due dueComplete email externalUrl idBoard idChecklists idLabels idList idMembers idShort labels limits locationName
  manualCoverAttachment name pos shortLink shortUrl start url attachments cover mirrorSourceId pinned
  ${Object.keys(cardNotes).join(' ')}`)
const listKeys =
  keys(`id nodeId name closed color idBoard pos subscribed softLimit limits creationMethod datasource type
  idOrganization`)
const checklistKeys = keys(`id nodeId name idBoard idCard pos limits creationMethod checkItems`)
const itemKeys = keys(
  `id nodeId name nameData pos state due dueReminder idMember idChecklist limits type creationMethod`,
)
