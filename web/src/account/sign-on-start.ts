import type { ApiProblem, SignOnStart } from '#client'
import { slugRule } from '#web/forms/rules.ts'
import { returnPath } from '#web/return-path.ts'

/** What somebody typed to say where they sign in: an e-mail address, or a workspace by its slug or its address. */
export function toSignOnStart(
  typed: string,
  next: string | undefined,
  here = location.origin,
): SignOnStart | undefined {
  const text = typed.trim()
  const returnTo = next === undefined ? {} : { returnTo: returnPath(next, here) }
  if (text.includes('@')) return /^\S+@\S+\.\S+$/.test(text) ? { email: text, ...returnTo } : undefined
  const slug = text
    .replace(/^.*\/w\//, '')
    .replace(/\/.*$/, '')
    .toLowerCase()
  return slug !== '' && slugRule(slug) === null ? { workspace: slug, ...returnTo } : undefined
}

/** Whether the server has no way in for what was typed. */
export function isUnknown(problem: ApiProblem): boolean {
  return problem.status === 404 || problem.errors.length > 0
}
