import { createContext, type ReactNode, use, useCallback, useState } from 'react'
import { ApiProblem } from '#client'
import { SpokenError } from '#web/forms/problem.ts'
import { currentMessages } from '#web/messages/language.ts'
import { ProofDialog } from '#web/proof/proof-dialog.tsx'

const Ask = createContext<() => Promise<void>>(() => Promise.reject(new Error('There is no ProofProvider above.')))

type Asked = { settle: (isProved: boolean) => void }

/** Around pages that do what the server wants a proof for of who somebody is. */
export function ProofProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>()
  const ask = useCallback(
    () =>
      new Promise<void>((resolve, reject) => {
        const settle = (isProved: boolean) => {
          setAsked(undefined)
          if (isProved) resolve()
          else reject(new SpokenError(currentMessages().security.proof.refused))
        }
        setAsked({ settle })
      }),
    [],
  )
  return (
    <Ask value={ask}>
      {children}
      {asked && <ProofDialog onProved={() => asked.settle(true)} onClose={() => asked.settle(false)} />}
    </Ask>
  )
}

/** Does something; where the server asks first whether it is really them, asks the person, and does it again. */
export function useProved() {
  const ask = use(Ask)
  return useCallback(
    async <T,>(act: () => Promise<T>): Promise<T> => {
      try {
        return await act()
      } catch (error) {
        if (!(error instanceof ApiProblem && error.code === 'proof-required')) throw error
      }
      await ask()
      return act()
    },
    [ask],
  )
}
