import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem, createClient } from '#client'
import { isClosing, lacksFactor } from '#web/entrance/shut.ts'
import { notifyProblem } from '#web/forms/problem.ts'

declare module '@tanstack/react-query' {
  interface Register {
    /** `handlesProblem`: the mutation shows its own problems, as a form does. `nameless`: a 401 is an answer like others. */
    mutationMeta: { handlesProblem?: boolean; nameless?: boolean }
    queryMeta: { nameless?: boolean }
  }
}

/** Every operation of the server; its types are the models. */
export const api = createClient()

type Listeners = {
  /** The server no longer knows us. */
  signedOut: () => void
  /** The workspace can no longer be entered: it closes, or asks for a second factor. */
  shutOut: () => void
}

export function createQueryClient({ signedOut, shutOut }: Listeners): QueryClient {
  const noticeSignedOut = (error: unknown, nameless: boolean | undefined) => {
    const gone = !nameless && error instanceof ApiProblem && error.status === 401
    if (gone) signedOut()
    if (isClosing(error) || lacksFactor(error)) shutOut()
    return gone
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => void noticeSignedOut(error, query.meta?.nameless) }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (noticeSignedOut(error, mutation.meta?.nameless)) return
        if (!mutation.meta?.handlesProblem) notifyProblem(error)
      },
    }),
    defaultOptions: {
      // The live stream says what has changed, so what we have stays good for a while.
      queries: { staleTime: 60_000, retry: mayComeGood, retryDelay: attempt => Math.min(500 * 2 ** attempt, 8000) },
      mutations: { retry: false },
    },
  })
}

/** A key for a request that must not take effect twice. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}

/** All items of a list that is known to be short: members, roles, projects, tags. */
export async function allPages<T>(
  load: (cursor?: string) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | undefined
  do {
    const page = await load(cursor)
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return items
}

function mayComeGood(failures: number, error: Error): boolean {
  if (error instanceof ApiProblem && error.status !== 503) return false
  return failures < 2
}
