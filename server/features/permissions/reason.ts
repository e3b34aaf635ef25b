import type { Question, RuleWord } from '#server/permissions/explain.ts'
import type { Resource } from '#server/permissions/roles.ts'

/** The sentence of a rule, about a member of this name with a role of that. */
export function reasonOf(rule: RuleWord, { resource, action, ...names }: Question & Names): string {
  const [one, every] = nouns[resource]
  return sentences[rule]({
    ...names,
    role: names.role === null ? 'The role' : `The role ${names.role}`,
    verb: action === 'write' || action === 'update' ? 'change' : action,
    one,
    every: action === 'create' ? `${one} anywhere` : every,
    inProjects: inProjects[resource] ?? 'in a project that names them or, except for guests, is open to everyone',
    own: own[resource] ?? 'of their own',
    withTask: resource === 'attachment' && action !== 'read' ? 'change' : 'read',
  })
}

type Names = { who: string; role: string | null }
type Words = Record<'who' | 'role' | 'verb' | 'one' | 'every' | 'inProjects' | 'own' | 'withTask', string>

const sentences: Record<RuleWord, (words: Words) => string> = {
  all: w => `${w.role} may ${w.verb} ${w.every}.`,
  project: w => `${w.role} may ${w.verb} ${w.one} ${w.inProjects}.`,
  own: w => `${w.role} may ${w.verb} ${w.one} ${w.own}.`,
  self: w => `Everyone may ${w.verb} ${w.one} that is their own.`,
  role: w => `${w.role} may not ${w.verb} ${w.one}.`,
  token: () => 'The role allows it, and the API token was not given it.',
  unreadable: w => `${w.who} may not read it: for ${w.who} it does not exist.`,
  task: w => `It goes with its task, which ${w.who} may not ${w.withTask}.`,
  audit: w =>
    `Whoever may ${w.verb} ${w.one} has it told everything, so they need to be allowed to read the whole audit.`,
  'beyond-own': w => `The role concerned may do more than ${w.who} may: that takes somebody who may do all of it.`,
  'not-in-project': w => `${w.role} may ${w.verb} only ${w.one} ${w.inProjects}, which this is not.`,
  'not-own': w => `${w.role} may ${w.verb} only ${w.one} ${w.own}, which this is not.`,
  deactivated: w => `${w.who} is deactivated and may do nothing here.`,
}

const nouns: Record<Resource, readonly [one: string, every: string]> = {
  project: ['a project', 'every project'],
  task: ['a task', 'every task'],
  comment: ['a comment', 'every comment on a task that they may read'],
  attachment: ['an attachment', 'every attachment of a task that they may read'],
  tag: ['a tag', 'every tag'],
  time_entry: ['a time entry', 'every time entry'],
  member: ['a member', 'every member'],
  role: ['a role', 'every role'],
  workspace: ['the workspace', 'the workspace'],
  integration: ['an integration', 'every integration'],
  webhook: ['a webhook', 'every webhook'],
  audit: ['an event of the audit', 'the whole audit'],
}

const inProjects: Partial<Record<Resource, string>> = {
  project: 'that names them or, except for guests, is open to everyone',
  tag: 'that is on a task that they may read',
  member: 'whom they meet on a task that they may read',
}

const own: Partial<Record<Resource, string>> = {
  project: 'that names them or, except for guests, is open to everyone',
  tag: 'that is on a task that they may read',
  task: 'that they created or that is assigned to them (to read it, also one that they are a viewer of)',
  comment: 'that they wrote',
  attachment: 'that they attached',
  member: 'who is themselves',
  audit: 'that they caused',
}
