import { Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { PasskeyOptions } from '#client'
import { api } from '#web/api.ts'
import { FormModal } from '#web/forms/form-modal.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { makePasskey } from '#web/passkeys/passkeys.ts'
import { useProved } from '#web/proof/proof-provider.tsx'
import { refreshSecurity } from '#web/queries/security.ts'
import { useShowCodes } from '#web/security/recovery-codes-provider.tsx'

/** A name for the new passkey; then the browser asks the device or the key for it. */
export function AddPasskey({ options, onClose }: { options: PasskeyOptions; onClose: () => void }) {
  const { passkeys } = useMessages().security
  const queryClient = useQueryClient()
  const proved = useProved()
  const showCodes = useShowCodes()
  // A challenge is good once, and for five minutes.
  const asked = useRef<PasskeyOptions | undefined>(options)
  const body = useApiForm({
    initialValues: { name: '' },
    validate: { name: filled },
    send: async ({ name }) => {
      const made = await makePasskey(asked.current ?? (await proved(() => api.createPasskeyOptions({}))))
      asked.current = undefined
      return proved(() => api.createPasskey({ body: { ...made, name: name.trim() } }))
    },
    onDone: async ({ recoveryCodes }) => {
      onClose()
      notifyDone(passkeys.added)
      showCodes(recoveryCodes)
      await refreshSecurity(queryClient)
    },
  })
  return (
    <FormModal title={passkeys.add} of={body} submitLabel={passkeys.make} onClose={onClose}>
      <Text size="sm">{passkeys.addHint}</Text>
      <TextInput
        label={passkeys.name}
        description={passkeys.nameHint}
        maxLength={100}
        autoComplete="off"
        data-autofocus
        {...body.form.getInputProps('name')}
      />
    </FormModal>
  )
}
