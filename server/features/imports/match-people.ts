import type { Reader } from '#server/database/door.ts'
import type { PlannedPerson } from '#server/features/imports/import-plan.ts'

/** The people of a file as members: by their e-mail address, then their user name, then their name. */
export type People = { memberOf(ref: string | undefined): string | undefined; nameOf(ref: string): string }

export async function matchPeople(db: Reader, people: readonly PlannedPerson[]): Promise<People> {
  const members = await db
    .rows('member')
    .select(['member.id', 'member.email', 'member.name', 'member.active'])
    .execute()
  const byEmail = index(members, member => member.email)
  const byUser = index(members, member => member.email.split('@')[0]!)
  const byName = index(members, member => member.name)
  const find = ({ email, username, name }: PlannedPerson) =>
    byEmail(email) ?? byUser(username) ?? byName(username) ?? byName(name)
  const found = new Map(people.map(person => [person.ref, find(person)]))
  const names = new Map(
    people.map(({ ref, name, email }) => [ref, email && email !== name ? `${name} (${email})` : name]),
  )
  return { memberOf: ref => (ref ? found.get(ref) : undefined), nameOf: ref => names.get(ref) ?? '' }
}

type Member = { id: string; active: boolean }

/** Finds by a text that one member has, or one active member of several. Where two are left, nobody is meant. */
function index<M extends Member>(members: readonly M[], textOf: (member: M) => string) {
  const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase()
  const groups = Map.groupBy(members, member => fold(textOf(member)))
  return (text: string | undefined): string | undefined => {
    const group = (text && groups.get(fold(text))) || []
    const active = group.filter(member => member.active)
    const meant = group.length > 1 ? active : group
    return meant.length === 1 ? meant[0]!.id : undefined
  }
}
