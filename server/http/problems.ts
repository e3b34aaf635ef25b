/** A kind of refusal: its HTTP status and the sentence that people read first. The key is its code in `type`. */
export type ProblemTable = Record<string, { status: number; title: string }>

/** The refusals that any operation may answer with. Features add their own in a table each. */
export const commonProblems = {
  'bad-request': { status: 400, title: 'The request is malformed' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'You may not do this' },
  'proof-required': { status: 403, title: 'Confirm first that it is you' },
  'workspace-session': { status: 403, title: 'Sign in with your own password or passkey for this' },
  'workspace-closing': { status: 403, title: 'The workspace is going to be deleted' },
  'second-factor-missing': { status: 403, title: 'This workspace asks its members for a second factor' },
  'cross-site': { status: 403, title: 'The request came from another site' },
  'not-found': { status: 404, title: 'There is no such thing, or you may not see it' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  conflict: { status: 409, title: 'It conflicts with what is there' },
  stale: { status: 412, title: 'It has changed since you read it' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'That kind of content is not taken here' },
  'rule-broken': { status: 422, title: 'A rule forbids it' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  busy: { status: 503, title: 'The server is busy; try again in a moment' },
  unavailable: { status: 503, title: 'The workspace is not available now' },
} as const satisfies ProblemTable

export type CommonProblem = keyof typeof commonProblems

/** Where in the request the fault lies (RFC 6901) and what is wrong with it. */
export type FieldError = { pointer: string; message: string }
export type ProblemExtras = {
  errors?: FieldError[]
  retryAfterSeconds?: number
  /** Further members of the answer (RFC 9457, section 3.2), documented with the operation. */
  members?: Record<string, unknown>
}

/** An RFC 9457 problem on its way to the caller. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly code: string
  readonly status: number
  readonly title: string
  readonly extras: ProblemExtras
  constructor(
    code: string,
    { status, title }: { status: number; title: string },
    detail?: string,
    extras: ProblemExtras = {},
  ) {
    super(detail ?? title)
    this.code = code
    this.status = status
    this.title = title
    this.extras = extras
  }
}

export type MakeProblem<T extends ProblemTable> = (
  code: keyof T | CommonProblem,
  detail?: string,
  extras?: ProblemExtras,
) => ProblemError

/** A maker of problems that knows the common ones and those of a feature. */
export function problemsOf<T extends ProblemTable>(table: T): MakeProblem<T> {
  const known: ProblemTable = { ...commonProblems, ...table }
  return (code, detail, extras) => new ProblemError(String(code), known[String(code)]!, detail, extras)
}

/** A common problem. */
export const problem = problemsOf({})

/** The problem of one field of the request. */
export function fieldProblem(pointer: string, message: string, code: CommonProblem = 'bad-request'): ProblemError {
  return problem(code, message, { errors: [{ pointer, message }] })
}
