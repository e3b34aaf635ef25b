import { createContext, type ReactNode, use, useState } from 'react'
import { RecoveryCodesDialog } from '#web/security/recovery-codes-dialog.tsx'

const Show = createContext<(codes: readonly string[]) => void>(() => undefined)

/** Shows new recovery codes, wherever they come from, until somebody says that they are kept. None: nothing to show. */
export function RecoveryCodesProvider({ children }: { children: ReactNode }) {
  const [codes, setCodes] = useState<readonly string[]>([])
  return (
    <Show value={setCodes}>
      {children}
      {codes.length > 0 && <RecoveryCodesDialog codes={codes} onKept={() => setCodes([])} />}
    </Show>
  )
}

export const useShowCodes = () => use(Show)
