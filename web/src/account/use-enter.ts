import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { SignedIn } from '#client'
import { speak } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { returnPath } from '#web/return-path.ts'

/** Goes on after signing in, to where somebody wanted to. */
export function useEnter(next: string | undefined) {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async (signedIn: SignedIn) => {
    // Whoever was here before leaves nothing to the next one.
    queryClient.clear()
    await queryClient.fetchQuery(sessionQuery)
    await speak(signedIn.account.language)
    router.history.push(returnPath(next))
  }
}
