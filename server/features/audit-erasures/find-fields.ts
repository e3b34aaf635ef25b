import { hash } from 'node:crypto'
import type { ErasureKind } from '#server/features/audit-erasures/audit-erasure.ts'
import type { Person } from '#server/features/audit-erasures/person.ts'

type Change = { from: unknown; to: unknown; fromName?: string | null; toName?: string | null; erased?: string }
/** As the table has them: by the names of columns. */
export type Changes = Record<string, Change | undefined>
export type StoredEvent = {
  entity: string
  entity_id: string
  action: string
  member_id: string | null
  member_name: string | null
  token_name: string | null
  address: string | null
  reason: string | null
  changes: Changes
}
/** What of an event is to be erased: changes by column, and fields by the names that they have in its leaf. */
export type Fields = { changes: string[]; others: ('memberName' | 'tokenName' | 'address' | 'reason')[] }

/** Finds what of an event is of that person, and of a kind that was asked for. */
export function findFields(event: StoredEvent, person: Person, what: readonly ErasureKind[]): Fields {
  const isOwn = event.member_id === person.memberId
  const rules = what.map(kind => rulesOf[kind])
  const changes = Object.entries(event.changes).flatMap(([field, change]) =>
    change && change.erased === undefined && rules.some(rule => rule(event, field, change, person)) ? [field] : [],
  )
  const others = !isOwn ? [] : what.flatMap(kind => othersOf[kind]).filter(name => event[columnOf[name]] !== null)
  return { changes, others }
}

type Rule = (event: StoredEvent, field: string, change: Change, person: Person) => boolean

const rulesOf: Record<ErasureKind, Rule> = { names: isName, addresses: isAddress, words: isWord }

const othersOf: Record<ErasureKind, Fields['others']> = {
  names: ['memberName'],
  addresses: ['address'],
  words: ['tokenName', 'reason'],
}
const columnOf = { memberName: 'member_name', tokenName: 'token_name', address: 'address', reason: 'reason' } as const

/** An event tells of its member, of the new and the old address of an account, and of those whom others refer to. */
function isName(event: StoredEvent, field: string, change: Change, { memberId, called }: Person): boolean {
  const isOfMember = event.entity === 'member' && event.entity_id === memberId
  if (isOfMember && ['name', 'email', 'from', 'to'].includes(field)) return true
  if (change.from === memberId && change.fromName) return true
  if (change.to === memberId && change.toName) return true
  if (field === 'name' && /_(added|removed)$/.test(event.action) && names(event.changes.member_id, memberId))
    return true
  return ['email', 'author_name'].includes(field) && [change.from, change.to].some(each => called.has(String(each)))
}

const networkFields = ['network', 'networks', 'last_used_network', 'address']

function isAddress(event: StoredEvent, field: string, _: Change, { memberId }: Person): boolean {
  return networkFields.includes(field) && (event.member_id === memberId || event.entity_id === memberId)
}

/** The columns that hold what people write, of whatever table. */
export const textFields = ['title', 'description', 'body', 'note', 'name', 'file_name', 'filters', 'q'] as const
// Of a member and of the workspace it is a name; the history itself has no words.
const wordless = ['member', 'workspace', 'invitation', 'sign_on']

/** What they wrote themselves, where they did, and wherever else it stands as a value of the same object or as its name. */
function isWord(event: StoredEvent, field: string, change: Change, person: Person): boolean {
  const { memberId, wrote } = person
  const isPasskey =
    event.entity === 'member' && event.entity_id === memberId && event.action.startsWith('member.passkey_')
  if (isPasskey && field === 'name') return true
  const knows = (id: unknown, name: string, value: unknown) =>
    typeof id === 'string' && typeof value === 'string' && wrote.has(digestOf(id, name, value))
  if (knows(change.from, 'name', change.fromName) || knows(change.to, 'name', change.toName)) return true
  // The name of a tag that was added to a task, or removed.
  const tag = event.changes.tag_id
  if (field === 'name' && tag && (knows(tag.from, 'name', change.from) || knows(tag.to, 'name', change.to))) return true
  if (!isText(field) || wordless.includes(event.entity)) return false
  if (knows(event.entity_id, field, change.from) || knows(event.entity_id, field, change.to)) return true
  const isLink = /_(added|removed)$/.test(event.action)
  if (isLink || !writtenBy(event, memberId)) return false
  return hasText(change.to) || (authorOf(event) !== undefined && hasText(change.from))
}

const isText = (field: string) => textFields.some(each => each === field)
const hasText = (value: unknown) =>
  typeof value === 'object' ? value !== null && Object.keys(value).length > 0 : value !== ''

/** Whether what an event shows to have been written was written by them: an import writes in the name of others. */
export function writtenBy(event: Authored, memberId: string): boolean {
  const author = authorOf(event)
  if (author) return names(author, memberId)
  return event.member_id === memberId && !event.changes.author_name
}

type Authored = Pick<StoredEvent, 'entity' | 'member_id' | 'changes'>

const authors: Record<string, string> = { comment: 'author_id', time_entry: 'member_id', attachment: 'creator_id' }

/** Who wrote it, where the event of its making or its end says so itself. */
function authorOf({ entity, changes }: Authored): Change | undefined {
  const column = authors[entity]
  return column === undefined ? undefined : changes[column]
}

function names(change: Change | undefined, memberId: string): boolean {
  return change?.from === memberId || change?.to === memberId
}

/** Stands for a text as the value of a field of an object: what it is called, or what it says. */
export function digestOf(entityId: string, field: string, value: string): string {
  const name = field === 'title' ? 'name' : field
  return hash('sha256', `${entityId} ${name} ${value}`, 'base64').slice(0, 20)
}
