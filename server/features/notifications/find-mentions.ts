export type Mentionable = { id: string; name: string }

const byId = /@\[[^\]\n]{1,200}\]\(member:([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\)/g
const byName = /(?<![\p{L}\p{N}_@.[])@(?:"([^"\n]{1,200})"|([\p{L}][\p{L}\p{N}'’-]*))/gu

/**
 * The members that a Markdown text names: `@[Mia Peeters](member:<id>)`, which the client writes, and `@mia` or
 * `@"Mia Peeters"` where exactly one member has that name. Code is left out: there, `@` means something else.
 */
export function findMentions(text: string, members: readonly Mentionable[]): Set<string> {
  const prose = text.replace(/```[\s\S]*?(?:```|$)|`[^`\n]*`/g, ' ')
  const known = new Set(members.map(member => member.id))
  const named = [...prose.matchAll(byId)].map(match => match[1]!.toLowerCase()).filter(id => known.has(id))
  const typed = [...prose.replace(byId, ' ').matchAll(byName)].flatMap(([, full, first]) =>
    onlyOne(members, full, first),
  )
  return new Set([...named, ...typed])
}

function onlyOne(members: readonly Mentionable[], full: string | undefined, first: string | undefined): string[] {
  const wanted = fold(full ?? first ?? '')
  const found = members.filter(
    ({ name }) => fold(name) === wanted || (first !== undefined && fold(name).split(' ')[0] === wanted),
  )
  return found.length === 1 ? [found[0]!.id] : []
}

function fold(name: string): string {
  return name.normalize('NFC').toLocaleLowerCase('en').trim().replace(/\s+/g, ' ')
}
