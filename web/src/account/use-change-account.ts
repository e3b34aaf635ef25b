import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Account } from '#client'
import { api } from '#web/api.ts'
import { currentLanguage, speak } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'

export function useChangeAccount() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Parameters<typeof api.updateAccount>[0]['body']) => api.updateAccount({ body }),
    onSuccess: account => keepAccount(queryClient, account),
  })
}

/** Takes the account as it is now, its language included. */
export async function keepAccount(queryClient: QueryClient, account: Account): Promise<void> {
  queryClient.setQueryData(sessionQuery.queryKey, session => (session ? { ...session, account } : session))
  await speak(account.language)
}

/** Gives a new account the language in which the person has come this far. */
export async function keepSpokenLanguage(account: Account): Promise<void> {
  const language = currentLanguage()
  if (account.language !== language) await api.updateAccount({ body: { language } })
}
