/** Where the API is and as whom to call it. In a browser on the same origin nothing is needed. */
export type ClientOptions = {
  baseUrl?: string
  /** An API token. */
  token?: string
  headers?: () => Record<string, string>
  fetch?: typeof globalThis.fetch
}

/** What any call takes besides its own parameters. */
export type Call = { ifMatch?: string | undefined; idempotencyKey?: string | undefined; reason?: string | undefined; signal?: AbortSignal | undefined; headers?: Record<string, string> | undefined }

/** An answer that is not JSON: a file, or a stream of events. */
export type Download = Response

/** A refusal (RFC 9457). `code` is the last part of `type`; `errors` say which fields are at fault. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly code: string
  readonly status: number
  readonly title: string
  readonly requestId: string | undefined
  readonly errors: { pointer: string; message: string }[]
  readonly retryAfterSeconds: number | undefined
  /** All that the answer says, with what is peculiar to its kind. */
  readonly body: Record<string, unknown>
  constructor(status: number, body: { type?: string; title?: string; detail?: string; requestId?: string; errors?: { pointer: string; message: string }[] }, retryAfter: string | null) {
    super(body.detail ?? body.title ?? `HTTP ${status}`)
    this.status = status
    this.code = body.type?.split('/').at(-1) ?? 'unknown'
    this.title = body.title ?? ''
    this.requestId = body.requestId
    this.errors = body.errors ?? []
    this.body = body
    this.retryAfterSeconds = retryAfter === null ? undefined : Number(retryAfter)
  }
}

type Anything = Call & { path?: Record<string, string>; query?: Record<string, unknown>; body?: unknown; form?: FormData }

export function createSender({ baseUrl = '', token, headers, fetch = globalThis.fetch }: ClientOptions) {
  return async function send<T>(method: string, path: string, kind: 'json' | 'nothing' | 'download', call: Anything): Promise<T> {
    const response = await fetch(baseUrl + fill(path, call.path ?? {}) + search(call.query ?? {}), {
      method,
      headers: headersOf(call, token, headers?.()),
      body: call.form ?? (call.body === undefined ? null : JSON.stringify(call.body)),
      credentials: 'same-origin',
      signal: call.signal ?? null,
    })
    if (!response.ok) throw new ApiProblem(response.status, await readProblem(response), response.headers.get('retry-after'))
    if (kind === 'json' && response.status !== 204) return (await response.json()) as T
    if (kind === 'nothing') await response.arrayBuffer()
    return (kind === 'download' ? response : undefined) as T
  }
}

function headersOf(call: Anything, token: string | undefined, more: Record<string, string> = {}): Record<string, string> {
  return {
    Accept: 'application/json, application/problem+json, */*',
    ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...(call.ifMatch === undefined ? {} : { 'If-Match': call.ifMatch }),
    ...(call.idempotencyKey === undefined ? {} : { 'Idempotency-Key': call.idempotencyKey }),
    ...(call.reason === undefined ? {} : { 'Audit-Reason': encodeURIComponent(call.reason) }),
    ...more,
    ...call.headers,
  }
}

function fill(path: string, values: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
}

function search(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.length > 0 ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : ''
}

async function readProblem(response: Response): Promise<Record<string, never>> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
