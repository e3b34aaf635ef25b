import pg from 'pg'
import { OverloadedError } from '#server/crypto/hash-slots.ts'
import { MissingKeyError, SealBrokenError } from '#server/crypto/seal.ts'
import { DatabaseBusyError } from '#server/database/connections.ts'
import { type CommonProblem, ProblemError, problem } from '#server/http/problems.ts'
import { MissingWorkspaceKeyError } from '#server/keys/workspace-keys.ts'
import { TooLargeError } from '#server/storage/storage.ts'

/** Any error as a problem. What we did not expect says nothing but "internal"; the log has the rest. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof pg.DatabaseError) return fromDatabase(error)
  if (error instanceof DatabaseBusyError) return problem('busy', undefined, { retryAfterSeconds: 2 })
  if (error instanceof OverloadedError)
    return problem('busy', undefined, { retryAfterSeconds: error.retryAfterSeconds })
  if (error instanceof TooLargeError) return problem('too-large')
  if (error instanceof MissingKeyError || error instanceof MissingWorkspaceKeyError)
    return unavailable('A key is missing on the server. Its operator sees which with `kontor doctor`.')
  if (error instanceof SealBrokenError)
    return unavailable('A secret that this needs was changed from outside. Its operator sees which in the log.')
  return fromFramework(error) ?? problem('internal')
}

const unavailable = (detail: string) => problem('unavailable', detail, { retryAfterSeconds: 60 })

type Rule = { code: string; status: number; title: string; pointer?: string; message: string }

// What a constraint means to the person whose request it stopped.
const constraints: Record<string, Rule> = {
  workspace_storage: {
    code: 'storage-full',
    status: 422,
    title: 'The workspace has no room for this file',
    message: 'All files of a workspace together have a limit: delete some, or ask whoever runs your Kontor for more.',
  },
  workspace_keeps_an_admin: {
    code: 'last-admin',
    status: 409,
    title: 'A workspace keeps at least one active admin',
    message: 'This is the last active admin. Make somebody else an admin first.',
  },
  role_builtin_is_fixed: {
    code: 'built-in-role',
    status: 409,
    title: 'A built-in role cannot be changed or deleted',
    message: 'Copy the role under another name and change the copy.',
  },
  workspace_slug: conflict('/slug', 'This address is taken.'),
  account_email: conflict('/email', 'There is an account with this address.'),
  project_key: conflict('/key', 'Another project has this key.'),
  tag_name: conflict('/name', 'There is a tag with this name.'),
  role_name: conflict('/name', 'There is a role with this name.'),
  member_email: conflict('/email', 'There is a member with this address.'),
  member_account_id: conflict('', 'This account is a member of the workspace already.'),
  audit_erasure_open: conflict('', 'An erasure for this person is under way: wait until it is done.'),
  invitation_open: conflict('/email', 'There is an invitation for this address.'),
  member_role_id_fkey: conflict('', 'Members still have this role: give them another one first.'),
  invitation_role_id_fkey: conflict('', 'Invitations still name this role: revoke them first.'),
  sign_on_role_id_fkey: conflict('', 'Single sign-on gives this role to new members: choose another one there first.'),
  sign_on_one_row: conflict('', 'Somebody connected a provider just now: read it again, then decide.'),
  sign_on_domain_verified: {
    code: 'domain-taken',
    status: 409,
    title: 'Another workspace has shown that the domain is its own',
    message: 'A domain belongs to one workspace at a time: it has to be removed there first.',
  },
  time_entry_member_id_fkey: {
    code: 'member-has-time',
    status: 409,
    title: 'Somebody with time entries cannot be removed',
    message: 'Their time would be lost. Deactivate the member instead: that ends their access and keeps the time.',
  },
  time_entry_running: {
    code: 'timer-running',
    status: 409,
    title: 'A timer is running',
    message: 'Stop the running timer first.',
  },
  task_not_below_itself: broken(
    '/parentId',
    'must not be the task itself or one below it, nor be nested deeper than 50',
  ),
  task_dates_in_order: broken('/dueOn', 'must not be before startOn'),
  task_not_its_own_parent: broken('/parentId', 'must be another task'),
  time_entry_in_order: broken('/endedAt', 'must not be before startedAt'),
}

function conflict(pointer: string, message: string): Rule {
  return { code: 'conflict', status: 409, title: 'It conflicts with what is there', pointer, message }
}

function broken(pointer: string, message: string): Rule {
  return { code: 'rule-broken', status: 422, title: 'A rule forbids it', pointer, message }
}

const states: Record<string, CommonProblem> = {
  '40001': 'busy',
  '40P01': 'busy',
  '55P03': 'busy',
  '57014': 'busy',
  '53300': 'busy',
  '57P01': 'busy',
  '57P02': 'busy',
  '57P03': 'busy',
  '28P01': 'unavailable',
  '28000': 'unavailable',
  '3F000': 'unavailable',
  '22P02': 'bad-request',
  '22003': 'bad-request',
  '22007': 'bad-request',
  '22008': 'bad-request',
  '22021': 'bad-request',
  '22P05': 'bad-request',
  '23503': 'not-found',
  '23505': 'conflict',
  '23514': 'rule-broken',
  '23502': 'rule-broken',
  '54000': 'too-large',
}

function fromDatabase(error: pg.DatabaseError): ProblemError {
  const rule = constraints[error.constraint ?? '']
  if (rule) {
    const errors = rule.pointer ? [{ pointer: rule.pointer, message: rule.message }] : undefined
    return new ProblemError(rule.code, rule, rule.message, errors && { errors })
  }
  const code = states[error.code ?? ''] ?? 'internal'
  return problem(code, undefined, code === 'busy' || code === 'unavailable' ? { retryAfterSeconds: 2 } : {})
}

const frameworkCodes: Record<string, CommonProblem> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_REQ_FILE_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media-type',
  ECONNREFUSED: 'busy',
  ECONNRESET: 'busy',
  EPIPE: 'busy',
}

function fromFramework(error: unknown): ProblemError | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, statusCode } = error as Error & { code?: string; statusCode?: number }
  const known = frameworkCodes[code ?? '']
  if (known) return problem(known, undefined, known === 'busy' ? { retryAfterSeconds: 2 } : {})
  // node-postgres has no code for a connection that it lost or could not open in time.
  if (/Connection terminated|timeout expired|Client has encountered a connection error/.test(error.message)) {
    return problem('busy', undefined, { retryAfterSeconds: 2 })
  }
  // Nor has the parser of forms for one that is cut short or has no boundary.
  if (/multipart data|Boundary not found|Malformed content type/i.test(error.message))
    return problem('bad-request', 'The form is malformed, or ends before its file does.')
  if (statusCode === 413) return problem('too-large')
  if (statusCode === 415) return problem('unsupported-media-type')
  return statusCode && statusCode >= 400 && statusCode < 500 ? problem('bad-request') : undefined
}

/** Every problem code that the database's rules can answer with, for the documentation. */
export const databaseProblems = Object.fromEntries(
  Object.values(constraints).map(({ code, status, title }) => [code, { status, title }]),
)
