import type { Readable } from 'node:stream'
import type { Static, TObject, TSchema } from 'typebox'
import type { Reader, Writer } from '#server/database/door.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import type { Origin, WorkspaceAddress } from '#server/database/workspaces.ts'
import type { MakeProblem, ProblemTable } from '#server/http/problems.ts'
import type { Language } from '#server/mail/language.ts'
import type { Need } from '#server/permissions/roles.ts'
import type { Services } from '#server/services.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What every operation declares; route, validation, documentation, permission table and client derive from it. */
type Declaration<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema, T extends ProblemTable> = {
  /** The operation's name: the file's in kebab-case, and the method of the generated client. */
  id: string
  summary: string
  description?: string
  params?: P
  query?: Q
  body?: B
  /** An example of the body, shown in the documentation and used as it is by the tests. */
  example?: Static<B>
  /** The schema of the answer; none: 204 without content. */
  returns?: R
  /** Status of success where it is not 200 (or 204 without `returns`). */
  status?: 200 | 201 | 202 | 204
  /** It may answer 204 instead, when `run` returns undefined. */
  mayBeEmpty?: true
  /** A range of the stream can be asked for (206), and whether it is still the same (304). */
  takesRange?: true
  /** A form may come with it instead of JSON, and says nothing: mail programs send one (RFC 8058). */
  takesForm?: true
  /** The answer is a stream of this media type instead of JSON. */
  streams?: string
  /** The request is `multipart/form-data` with one field `file`, and these text fields before it. */
  upload?: TObject
  /** A GET that leaves a trace, so HEAD, which is sent to look and not to do, is refused. */
  leavesTrace?: true
  /** It answers 303 and no body: `run` returns the address to which the browser goes on. */
  redirects?: true
  /** An upload that passes what was asked for to `transact`, and so takes an Idempotency-Key. */
  takesKey?: true
  problems?: T
}

/** A file or an event stream as the answer of an operation. */
export type StreamAnswer = { stream: Readable; headers: Record<string, string>; status?: number }
/** Where the browser goes on, as the answer of an operation that declares `redirects`. */
export type Redirect = { location: string }
/** A file that arrives: `fields` are the text fields sent before it. */
export type Upload = { fileName: string; mediaType: string; stream: Readable; fields: Record<string, string> }

export type Caller = {
  accountId: string
  sessionId: string
  email: string
  name: string
  language: Language
  /** Signed in with a second factor, or with a passkey, which is two in one. */
  secondFactor: boolean
  /** The one workspace that the session enters, because that workspace's identity provider vouched for it. */
  workspaceId: string | null
  /** When the person last proved who they are: at sign-in, or since. */
  provedAt: string
}
export type RequestFacts = {
  id: string
  ifMatch: string | undefined
  address: string
  /** What audit events tell of the request. */
  origin: Origin
  userAgent: string
  headers: Record<string, string | string[] | undefined>
  cookies: Record<string, string | undefined>
  /** Aborted when the caller has gone away. */
  signal: AbortSignal
}
/** What `run` can do to the answer besides returning its body. */
export type Answer = {
  setCookie(name: string, value: string, maxAgeSeconds: number): void
  header(name: string, value: string): void
}

type Input<P extends TSchema, Q extends TSchema, B extends TSchema> = {
  params: Static<P>
  query: Static<Q>
  body: Static<B>
  request: RequestFacts
}
type Result<R extends TSchema> = Promise<Static<R> | StreamAnswer | Redirect | undefined>

/** How a workspace's operation is entered: `membership` asks only for an active member. */
export type WorkspaceNeed = Need | 'membership'

export type WorkspaceContext<D> = {
  db: D
  workspace: WorkspaceAddress
  services: Services
  /** The session that the caller signed in with; null with an API token. */
  sessionId: string | null
  /** The file of an operation that declares `upload`. */
  upload: () => Promise<Upload>
  /**
   * Opens a transaction, for an operation that declares `transaction: 'own'`. An Idempotency-Key counts when the
   * operation says what it asks for: the digest of a file, say, in the place of a JSON body.
   */
  transact: <T>(work: (db: Writer) => Promise<T>, asked?: string) => Promise<T>
  /** Reads as the caller of this moment: signs in and enters again, so that what was lost meanwhile counts. */
  reenter: <T>(work: (db: Reader) => Promise<T>) => Promise<T>
  /** Runs after the commit; not at all when the transaction fails. */
  afterCommit: (work: () => void) => void
}

type Door<Route extends string, Own> = Own extends 'own' ? Reader : Route extends `GET ${string}` ? Reader : Writer

/** An operation in a workspace. Reads get a `Reader`; every other method runs in one transaction with a `Writer`. */
export function operation<
  const Route extends `${Method} /api/workspaces/:workspace${string}`,
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
  const T extends ProblemTable = Record<never, never>,
  const Own extends 'own' | undefined = undefined,
>(
  declaration: Declaration<P, Q, B, R, T> & {
    route: Route
    needs: WorkspaceNeed
    transaction?: Own
    /** Can be called too while the workspace waits to be deleted. */
    whileClosing?: true
    run: (context: Input<P, Q, B> & WorkspaceContext<Door<Route, Own>> & { problem: MakeProblem<T> }) => Result<R>
  },
): Operation {
  return { ...declaration, access: 'workspace' } as unknown as Operation
}

export type AccountContext = { services: Services; answer: Answer }
export type SignedInContext = AccountContext & {
  caller: Caller
  /** With an Idempotency-Key, the transaction that also keeps the answer. */
  db: PlatformDatabase
  /**
   * Opens a transaction, for an operation that declares `transaction: 'own'`, because it takes long before it writes. With
   * an Idempotency-Key that was used before, `work` does not run, and the earlier answer comes back.
   */
  transact: <T>(work: (db: PlatformDatabase) => Promise<T>) => Promise<T>
  /** Runs after the commit and before the answer, where the effect needs more than the platform's database. */
  afterCommit: (work: () => Promise<void>) => void
}

/**
 * An operation of a signed-in account, outside any workspace. API tokens do not enter here, and neither do sessions of
 * a workspace's identity provider unless it says `anySession`. `needsProof`: the person proved who they are a moment ago.
 */
export function accountOperation<
  const Route extends `${Method} /api/${string}`,
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
  const T extends ProblemTable = Record<never, never>,
>(
  declaration: Declaration<P, Q, B, R, T> & {
    route: Route
    transaction?: 'own'
    anySession?: true
    needsProof?: true
    run: (context: Input<P, Q, B> & SignedInContext & { problem: MakeProblem<T> }) => Result<R>
  },
): Operation {
  return { ...declaration, access: 'account' } as unknown as Operation
}

/** An operation that anyone may call. */
export function publicOperation<
  const Route extends `${Method} /api/${string}`,
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
  const T extends ProblemTable = Record<never, never>,
>(
  declaration: Declaration<P, Q, B, R, T> & {
    route: Route
    run: (
      context: Input<P, Q, B> & AccountContext & { caller: Caller | undefined; problem: MakeProblem<T> },
    ) => Result<R>
  },
): Operation {
  return { ...declaration, access: 'public' } as unknown as Operation
}

/** An operation as the rest of the server sees it: its types have done their work. */
export type Operation = {
  id: string
  route: string
  access: 'workspace' | 'account' | 'public'
  needs?: WorkspaceNeed
  transaction?: 'own'
  anySession?: true
  needsProof?: true
  whileClosing?: true
  summary: string
  description?: string
  params?: TObject
  query?: TObject
  body?: TSchema
  example?: unknown
  returns?: TSchema
  status?: number
  mayBeEmpty?: true
  takesRange?: true
  takesForm?: true
  streams?: string
  leavesTrace?: true
  redirects?: true
  upload?: TObject
  takesKey?: true
  problems?: ProblemTable
  run: (context: Record<string, unknown>) => Promise<unknown>
}

/** A feature: what the server is made of. */
export type Feature = { name: string; description: string; operations: readonly Operation[] }

export function methodOf(operation: Operation): Method {
  return operation.route.split(' ')[0] as Method
}

export function pathOf(operation: Operation): string {
  return operation.route.split(' ')[1]!
}

export function statusOf(operation: Operation): number {
  if (operation.redirects) return 303
  return operation.status ?? (operation.returns || operation.streams ? 200 : 204)
}
