import { importLimits, type PlannedPerson } from '../import-plan.ts'
import { cleanLine, cutText } from './clean-text.ts'

export type Who = { name?: string; email?: string; username?: string; id?: string }
export type People = {
  /** The ref of that person, or undefined where nothing names one. */
  ref(who: Who): string | undefined
  name(ref: string | undefined): string
}

/** One person for each account id, e-mail address, user name or, where there is nothing else, name. */
export function gatherPeople(list: PlannedPerson[]): People {
  const known = new Map<string, PlannedPerson>()
  const byRef = new Map<string, PlannedPerson>()
  return {
    ref(who) {
      const seen = readWho(who)
      const { find, keep } = keysOf(seen)
      if (keep.length === 0) return undefined
      const found = find.map(key => known.get(key)).find(person => person !== undefined)
      const person = found ?? { ref: `person:${list.length + 1}`, name: '' }
      if (!found) {
        list.push(person)
        byRef.set(person.ref, person)
      }
      if (seen.name && (person.name === '' || person.name === person.email)) person.name = seen.name
      person.email ??= seen.email
      person.username ??= seen.username
      person.name ||= person.email ?? person.username ?? cleanLine(who.id ?? '')
      for (const key of keep) if (!known.has(key)) known.set(key, person)
      return person.ref
    },
    name: ref => (ref ? (byRef.get(ref)?.name ?? '') : ''),
  }
}

const address = /[^\s<>,;"]+@[^\s<>,;"]+\.[^\s<>,;"]+/

/** Reads `Ada Lovelace`, `ada@example.com`, `Ada <ada@example.com>` and Todoist's `Ada (123)`. */
function readWho({ name: long = '', email = '', username = '', id = '' }: Who): Who {
  const name = long.slice(0, 1_000)
  const inName = address.exec(name)?.[0]
  const numbered = /^(.*\S)\s*\((\d+)\)$/.exec(name.trim())
  const bare = cleanLine(inName ? name.replace(inName, '').replace(/[<>()"]/g, '') : (numbered?.[1] ?? name))
  return {
    name: bare === '' ? undefined : cutText(bare, importLimits.personName),
    email: (address.exec(email.slice(0, 1_000))?.[0] ?? inName)?.toLowerCase(),
    username: cleanLine(username).replace(/^@/, '') || undefined,
    id: cleanLine(id) || numbered?.[2],
  }
}

/** Two accounts may share a name: where the file gives an account id, the name finds nobody. */
function keysOf({ name, email, username, id }: Who): { find: string[]; keep: string[] } {
  const strong = [id && `id:${id}`, email && `email:${email}`, username && `user:${username}`]
  const keep = [...strong, name && `name:${name.toLowerCase()}`].filter(key => typeof key === 'string' && key !== '')
  return { find: id ? keep.filter(key => !key?.startsWith('name:')) : keep, keep } as { find: string[]; keep: string[] }
}
