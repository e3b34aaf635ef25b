import type { AuditEvent } from '#server/features/audit/audit-event.ts'
import type { HistoryKind } from '#server/features/security-events/security-event.ts'

/** A piece of a sentence: plain text, something to stress, or something to open. */
export type Part = string | { strong: string } | { link: string; url: string | undefined; strong?: string }
/** What a sentence needs to know beyond the event: names as they are now. */
export type Names = {
  actor: string
  task: { key: string; title: string; url: string | undefined } | undefined
  member(id: string): string
}

/** An event as a sentence: "Mia moved WEB-12 *Choose a font* from To do to Doing". */
export function sentenceOf(event: AuditEvent, names: Names): Part[] {
  const { task } = names
  const known = task
    ? { link: task.key, url: task.url, strong: task.title }
    : { strong: before(event, 'title') || 'a task' }
  const said = phrases[event.action]?.(event, known, names) ?? generally(event, known)
  return [names.actor, ' ', ...said]
}

type Phrase = (event: AuditEvent, task: Part, names: Names) => Part[]

const phrases: Record<string, Phrase> = {
  'task.created': (_, task) => ['created ', task],
  'task.updated': taskUpdated,
  'task.deleted': (_, task) => ['deleted ', task],
  'task.tag_added': (event, task) => ['tagged ', task, ' with ', after(event, 'name')],
  'task.tag_removed': (event, task) => ['took the tag ', before(event, 'name'), ' off ', task],
  'task.viewer_added': (event, task) => ['let ', after(event, 'name'), ' see ', task],
  'task.viewer_removed': (event, task) => ['stopped letting ', before(event, 'name'), ' see ', task],
  'comment.created': (event, task) => ['commented on ', task, ': ', excerpt(after(event, 'body'))],
  'comment.updated': (_, task) => ['edited a comment on ', task],
  'comment.deleted': (_, task) => ['deleted a comment on ', task],
  'attachment.created': (event, task) => ['attached ', after(event, 'name'), ' to ', task],
  'attachment.deleted': (event, task) => ['removed ', before(event, 'name'), ' from ', task],
  'project.member_added': event => ['named ', after(event, 'name'), ' in a project'],
  'api_token.used': event => [
    'used an API token',
    ...[after(event, 'network')].filter(Boolean).map(net => ` from ${net}`),
  ],
  'api_token.used_from_new_network': event => ['used an API token from a new network: ', after(event, 'network')],
  'project.member_removed': event => ['took ', before(event, 'name'), ' out of a project'],
  ...accountPhrases(),
}

// A record of the kinds: a new one does not compile without a sentence.
function accountPhrases(): Record<string, Phrase> {
  const said = {
    signed_up: 'joined with a new account',
    signed_in: 'signed in',
    sign_in_failed: 'failed to sign in',
    locked: 'has to wait before signing in again: too many attempts failed',
    unlocked: 'may try to sign in again',
    password_reset_requested: 'asked to reset the password',
    password_reset: 'reset the password',
    password_changed: 'changed the password',
    email_change_requested: 'asked for another e-mail address',
    email_changed: 'changed the e-mail address',
    totp_added: 'added an authenticator app',
    totp_removed: 'removed the authenticator app',
    recovery_codes_made: 'made new recovery codes',
    recovery_code_used: 'signed in with a recovery code',
    passkey_added: 'added a passkey',
    passkey_removed: 'removed a passkey',
    session_ended: 'ended a session',
    sessions_ended: 'ended other sessions',
  } satisfies Record<HistoryKind, string>
  const phrase =
    (words: string): Phrase =>
    ({ changes }) => [words, ...(changes.newDevice?.to === true ? [' on a new device'] : [])]
  return Object.fromEntries(Object.entries(said).map(([kind, words]) => [`member.${kind}`, phrase(words)]))
}

function taskUpdated({ changes }: AuditEvent, task: Part, names: Names): Part[] {
  const { status, assigneeId, title, ...others } = changes
  const assigned =
    assigneeId &&
    (typeof assigneeId.to === 'string'
      ? ['assigned ', task, ' to ', names.member(assigneeId.to)]
      : ['unassigned ', task])
  if (status) return ['moved ', task, ' from ', words(status.from), ' to ', words(status.to)]
  if (assigned) return assigned
  if (title) return ['renamed ', task]
  const fields = Object.keys(others)
    .map(field => words(field.replace(/(Id|On|Seconds)$/, '')))
    .map(word => word.toLowerCase())
  return ['changed the ', fields.join(', ') || 'details', ' of ', task]
}

function generally(event: AuditEvent, task: Part): Part[] {
  const [entity = '', verb = ''] = event.action.split('.')
  const name = after(event, 'name') || before(event, 'name')
  const what = entity.replaceAll('_', ' ')
  const article = /^[aeiou]/.test(what) ? 'an' : 'a'
  const rest: Part[] = name ? [' ', { strong: name }] : event.taskId ? [' on ', task] : []
  return [`${verb} ${name ? 'the' : article} ${what}`, ...rest]
}

function after({ changes }: AuditEvent, field: string): string {
  return textOf(changes[field]?.to)
}

function before({ changes }: AuditEvent, field: string): string {
  return textOf(changes[field]?.from)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** `todo` → `To do`, `dueOn` → `Due on`. */
function words(value: unknown): string {
  const text =
    value === 'todo'
      ? 'to do'
      : String(value)
          .replace(/([A-Z])/g, ' $1')
          .toLowerCase()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return `“${line.length > 200 ? `${line.slice(0, 199).toWellFormed()}…` : line}”`
}
