import type { TaskStatus } from '../import-plan.ts'
import type { Checklist, Field, Link } from './compose-description.ts'
import { instantOf } from './csv-dates.ts'
import { homeZone, readDate } from './dates.ts'
import { type JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from './json.ts'
import type { PlanBuilder, TaskDraft } from './plan-builder.ts'
import { createdAtOf, type TrelloHistory } from './trello-actions.ts'
import { labelColor } from './trello-colors.ts'
import type { BoardList } from './trello-lists.ts'

export type CardContext = {
  build: PlanBuilder
  projectRef: string
  lists: BoardList[]
  history: TrelloHistory
  checklists: Map<string, JsonObject[]>
  labels: Map<string, JsonObject>
  /** Titles by the short link of a card. */
  titles: Map<string, string>
  fieldsOf(card: JsonObject): Field[]
}

export function draftCard(card: JsonObject, context: CardContext): TaskDraft {
  const { build, projectRef, lists, history, fieldsOf } = context
  const id = stringOf(card.id)
  const where = `card "${stringOf(card.name).slice(0, 60)}"`
  const list = lists.find(one => one.id === stringOf(card.idList))
  const status = statusOf(card, list, { build, where })
  const [assignee, ...others] = stringsOf(card.idMembers).flatMap(member => build.people.ref({ id: member }) ?? [])
  const why = 'A task has one assignee: the first member of the card. The others became viewers.'
  if (others.length > 0) build.converted.add({ what: 'Further members of a card', why, where, count: others.length })
  const listTag = list && !list.exact ? [build.tags.ref(list.name)] : []
  return {
    ref: `card:${id}`,
    projectRef,
    title: stringOf(card.name),
    text: stringOf(card.desc),
    checklists: checklistsOf(card, context),
    fields: [...fieldsOf(card), ...placeOf(card)],
    links: linksOf(card, context.titles),
    origin: originOf(card),
    status,
    priority: 'none',
    creatorRef: build.people.ref({ id: stringOf(history.creator(id)?.idMemberCreator) }),
    assigneeRef: assignee,
    viewerRefs: others,
    tagRefs: [...labelsOf(card, context), ...listTag].filter(ref => ref !== undefined),
    startOn: dayOf(card.start, 'start', { build, where }),
    dueOn: dayOf(card.due, 'due', { build, where }),
    createdAt: createdAtOf(id),
    closedAt:
      status === 'done' || status === 'cancelled' ? instantOf(readDate(history.closedAt(card) ?? '', utc)) : undefined,
    archived: card.closed === true,
    source: {
      id,
      url: stringOf(card.shortUrl) || undefined,
      key: card.idShort ? `#${stringOf(card.idShort)}` : undefined,
    },
  }
}

const utc = { order: 'dmy', zone: 'UTC' } as const

function statusOf(
  card: JsonObject,
  list: BoardList | undefined,
  { build, where }: { build: PlanBuilder; where: string },
): TaskStatus {
  const listed = list?.to ?? 'todo'
  const kept = list?.exact ? '' : ', and a tag that keeps the name of the list'
  if (list) build.converted.add({ what: `List "${list.name}"`, why: `It became the status "${listed}"${kept}.`, where })
  const complete = card.dueComplete === true && listed !== 'cancelled' && listed !== 'done'
  const why = 'They are done, whatever list they are in.'
  if (complete) build.converted.add({ what: 'Cards that are marked complete', why, where })
  const status = complete ? 'done' : listed
  return card.closed === true ? archivedStatus(status, { build, where }) : status
}

/** Kontor has no archive for tasks: what was archived done is done, what was archived elsewhere was given up. */
function archivedStatus(status: TaskStatus, { build, where }: { build: PlanBuilder; where: string }): TaskStatus {
  const closed = status === 'done' || status === 'cancelled'
  build.converted.add(
    closed
      ? { what: 'Archived cards that were done', why: 'They are done tasks: Kontor has no archive for tasks.', where }
      : {
          what: 'Archived cards that were not done',
          why: 'Nothing says that they were finished: they became cancelled.',
          where,
        },
  )
  return closed ? status : 'cancelled'
}

function dayOf(
  value: JsonObject['due'],
  what: string,
  { build, where }: { build: PlanBuilder; where: string },
): string | undefined {
  const text = stringOf(value)
  if (text === '') return undefined
  const date = readDate(text, { order: 'dmy', zone: homeZone })
  if (!date) build.problem({ where, column: what, message: `"${text.slice(0, 60)}" is no date that Kontor can read.` })
  const why = 'Kontor keeps days: the time of day is left out.'
  if (date?.timed) build.converted.add({ what: 'Start and due dates with a time', why, where })
  return date?.day
}

function checklistsOf(card: JsonObject, { checklists, build }: CardContext): Checklist[] {
  const lists = checklists.get(stringOf(card.id)) ?? []
  return lists
    .toSorted((a, b) => numberOf(a.pos) - numberOf(b.pos))
    .map(list => ({
      name: stringOf(list.name),
      items: listOf(list.checkItems)
        .toSorted((a, b) => numberOf(a.pos) - numberOf(b.pos))
        .map(item => {
          const due = readDate(stringOf(item.due), { order: 'dmy', zone: homeZone })?.day
          const member = build.people.name(build.people.ref({ id: stringOf(item.idMember) }))
          const more = [member && `@${member}`, due && `due ${due}`].filter(Boolean).join(', ')
          return {
            text: more ? `${stringOf(item.name)} (${more})` : stringOf(item.name),
            done: item.state === 'complete',
          }
        }),
    }))
}

function originOf(card: JsonObject): Link | undefined {
  const url = stringOf(card.shortUrl) || stringOf(card.url)
  return url ? { name: 'The card in Trello', url } : undefined
}

/** An attachment that is only the address of another card of the board is called like that card. */
function linksOf(card: JsonObject, titles: Map<string, string>): Link[] {
  const attachments = listOf(card.attachments).toSorted((a, b) => numberOf(a.pos) - numberOf(b.pos))
  return attachments.map(attachment => {
    const url = stringOf(attachment.url)
    const name = stringOf(attachment.name)
    const linked = /^https:\/\/trello\.com\/c\/(\w+)/.exec(url)?.[1]
    return { name: (name === url && linked && titles.get(linked)) || name, url }
  })
}

/** Labels by their ids, else as the card repeats them; one without a name is called by its colour. */
function labelsOf(card: JsonObject, { labels, build }: CardContext): (string | undefined)[] {
  const byId = stringsOf(card.idLabels)
    .map(id => labels.get(id))
    .filter(label => label !== undefined)
  const found = byId.length > 0 ? byId : listOf(card.labels)
  return found.map(({ name, color }) => build.tags.ref(stringOf(name) || stringOf(color), labelColor(stringOf(color))))
}

function placeOf(card: JsonObject): Field[] {
  const { latitude, longitude } = objectOf(card.coordinates)
  const point = stringOf(card.coordinates) || [latitude, longitude].map(stringOf).filter(Boolean).join(', ')
  const place = [stringOf(card.locationName), stringOf(card.address), point].filter(Boolean).join('; ')
  return place ? [{ name: 'Place', value: place }] : []
}
