import { browserSupportsWebAuthnAutofill, WebAuthnAbortService } from '@simplewebauthn/browser'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { PasskeyAnswer, SignedIn } from '#client'
import { api } from '#web/api.ts'
import { askPasskey, canUsePasskeys } from '#web/passkeys/passkeys.ts'

// Asked for beforehand: some browsers ask for a passkey only at once after a click. It is good for five minutes.
const optionsQuery = {
  queryKey: ['passkey-sign-in'],
  queryFn: () => api.createSignInOptions({}),
  meta: { nameless: true },
  staleTime: 4 * 60_000,
  gcTime: 0,
  refetchInterval: 4 * 60_000,
} as const

/** Signs in with a passkey alone: by a button, or with one that is chosen among what the browser offers at the address. */
export function usePasskeySignIn(onDone: (signedIn: SignedIn) => void | Promise<void>) {
  const queryClient = useQueryClient()
  const isPossible = canUsePasskeys()
  const { data: options, refetch } = useQuery({ ...optionsQuery, enabled: isPossible })
  // One answer is on its way at a time: a challenge is good once, and the browser's offer may be taken up while the button is
  // pressed. Who is signed in stays so until the page is left.
  const isTaken = useRef(false)
  const { mutate, mutateAsync, ...signIn } = useMutation({
    meta: { handlesProblem: true, nameless: true },
    mutationFn: async (answer: Promise<PasskeyAnswer>) => api.signInWithPasskey({ body: await answer }),
    onSuccess: onDone,
    onError: () => {
      isTaken.current = false
      void refetch()
    },
  })
  const send = useCallback(
    (ask: () => Promise<PasskeyAnswer>) => {
      if (isTaken.current) return
      isTaken.current = true
      mutate(ask())
    },
    [mutate],
  )
  // An effect: the browser is asked to offer passkeys for as long as the page is there.
  useEffect(() => {
    if (!options) return
    let isOver = false
    void (async () => {
      if (!(await browserSupportsWebAuthnAutofill()) || isOver) return
      // It ends without a choice when the page is left, or the button pressed.
      const answer = await askPasskey(options, true).catch(() => undefined)
      if (answer && !isOver) send(async () => answer)
    })()
    return () => {
      isOver = true
      WebAuthnAbortService.cancelCeremony()
    }
  }, [options, send])
  const ask = async () => askPasskey(options ?? (await queryClient.fetchQuery(optionsQuery)))
  return { isPossible, pending: signIn.isPending, error: signIn.error, start: () => send(ask) }
}
