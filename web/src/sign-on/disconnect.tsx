import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function Disconnect({ version }: { version: number }) {
  const { signOn } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const [asking, ask] = useDisclosure()
  return (
    <>
      <Button color="red" variant="outline" onClick={ask.open}>
        {signOn.disconnect}
      </Button>
      {asking && (
        <ConfirmModal
          title={signOn.disconnectAsk}
          text={signOn.disconnectText}
          confirmLabel={signOn.disconnect}
          act={() => api.disconnectSingleSignOn({ path: { workspace }, ifMatch: `"${version}"` })}
          onDone={() => {
            notifyDone(signOn.disconnected)
            return queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'sign_on') })
          }}
          onClose={ask.close}
        />
      )}
    </>
  )
}
