import type { Explanation } from '#client'
import type { Words } from '#web/messages/en/explain.ts'
import type { Messages } from '#web/messages/en.ts'

export type Verdict = 'yes' | 'partly' | 'no'

/** Yes, no, or with no one thing in mind: for some of them. */
export function verdictOf({ allowed, rule }: Explanation, isOfOne: boolean): Verdict {
  if (!allowed) return 'no'
  return isOfOne || rule === 'all' ? 'yes' : 'partly'
}

type Names = { who: string; role: string | null }

/** The rule as a sentence. What is open to everybody is not open to guests. */
export function reasonIn(
  { explain }: Messages,
  { rule, facts }: Explanation,
  resource: string,
  { who, role }: Names,
): string {
  const rules: Record<Explanation['rule'], (words: Words) => string> = explain.rules
  const inProjects: Record<string, string> = explain.inProjects
  const own: Record<string, string> = explain.own
  const isGuest = facts.some(({ fact, holds }) => fact === 'guest' && holds)
  return rules[rule]({
    who,
    role: explain.inRole(role),
    inProjects: inProjects[resource] ?? explain.inProjects[isGuest ? 'guest' : 'default'],
    own: (resource === 'project' && isGuest ? explain.own.guest : own[resource]) ?? explain.own.default,
  })
}

/** What helps to understand the rule: of one thing all that is known, else only what is so. */
export function factsIn({ explain }: Messages, { facts }: Explanation, isOfOne: boolean): [string, boolean][] {
  const names: Record<Explanation['facts'][number]['fact'], string> = explain.factNames
  return facts.filter(({ holds }) => isOfOne || holds).map(({ fact, holds }) => [names[fact], holds])
}
