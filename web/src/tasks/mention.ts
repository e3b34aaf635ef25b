import type { Member } from '#client'

/** What is being typed after an `@` at the caret, and where it begins; undefined where nobody is meant. */
export function mentionAt(text: string, caret: number): { from: number; typed: string } | undefined {
  const before = text.slice(Math.max(0, caret - 60), caret)
  const found = /(?:^|[\s(])@([\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]*)?)$/u.exec(before)
  return found ? { from: caret - found[1]!.length - 1, typed: found[1]! } : undefined
}

/** The members whose name has a word that begins with what is typed; at most six. */
export function suggestMembers(members: readonly Member[], typed: string): Member[] {
  const wanted = fold(typed)
  const fits = ({ name }: Member) =>
    fold(name).startsWith(wanted) ||
    fold(name)
      .split(/\s+/)
      .some(word => word.startsWith(wanted))
  return members.filter(fits).slice(0, 6)
}

/** The text with the member named in it, as the server reads it, and the caret behind. */
export function insertMention(
  text: string,
  from: number,
  caret: number,
  member: Member,
): { text: string; caret: number } {
  const name = `@[${member.name.replace(/[[\]\n]/g, '')}](member:${member.id}) `
  return { text: text.slice(0, from) + name + text.slice(caret), caret: from + name.length }
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
