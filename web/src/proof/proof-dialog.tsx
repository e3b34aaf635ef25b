import { Anchor, Divider, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { SecondFactors } from '#client'
import { api } from '#web/api.ts'
import { Dialog } from '#web/feedback/dialog.tsx'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { FormBody } from '#web/forms/form-body.tsx'
import { PasswordField } from '#web/forms/password-field.tsx'
import { describeProblem } from '#web/forms/problem.ts'
import { filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { PasskeyButton } from '#web/passkeys/passkey-button.tsx'
import { askPasskey, canUsePasskeys } from '#web/passkeys/passkeys.ts'
import { secondFactorsQuery } from '#web/queries/security.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { FactorCodeInput } from '#web/security/factor-code-input.tsx'

type Props = { onProved: () => void; onClose: () => void }

/** "Confirm that it is you": with what somebody signs in with. */
export function ProofDialog({ onProved, onClose }: Props) {
  const { security } = useMessages()
  const queryClient = useQueryClient()
  const { data: factors } = useQuery(secondFactorsQuery)
  const done = () => {
    // It says until when nothing is asked again.
    void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
    onProved()
  }
  const hasPasskey = factors !== undefined && factors.passkeys.length > 0 && canUsePasskeys()
  return (
    <Dialog onClose={onClose} title={security.proof.title} closeOnClickOutside={false}>
      <Stack>
        <Text size="sm" c="dimmed">
          {security.proof.hint}
        </Text>
        {!factors && <RowsSkeleton rows={2} />}
        {hasPasskey && <WithPasskey onProved={done} />}
        {hasPasskey && <Divider label={security.second.or} />}
        {factors && <WithPassword factors={factors} onProved={done} onClose={onClose} />}
      </Stack>
    </Dialog>
  )
}

function WithPasskey({ onProved }: Pick<Props, 'onProved'>) {
  const { security } = useMessages()
  const prove = useMutation({
    meta: { handlesProblem: true },
    mutationFn: async () => api.createProof({ body: { passkey: await askPasskey(await api.createProofOptions({})) } }),
    onSuccess: onProved,
  })
  const problem = prove.error ? describeProblem(prove.error) : undefined
  return (
    <PasskeyButton
      label={security.passkeys.use}
      pending={prove.isPending}
      problem={problem}
      onClick={() => prove.mutate()}
    />
  )
}

function WithPassword({ factors, onProved, onClose }: Props & { factors: SecondFactors }) {
  const { fields, actions } = useMessages()
  const factor = useFactor(factors)
  const body = useApiForm({
    initialValues: { password: '', code: '' },
    validate: { password: filled, ...(factor.asked === 'code' ? { code: filled } : {}) },
    send: async ({ password, code }) => {
      if (factor.asked === 'code') return api.createProof({ body: { password, code: code.trim() } })
      if (factor.asked === 'none') return api.createProof({ body: { password } })
      const passkey = await askPasskey(await api.createProofOptions({ query: { beside: 'password' } }))
      return api.createProof({ body: { password, passkey } })
    },
    onDone: onProved,
  })
  const { form } = body
  return (
    <FormBody of={body} submitLabel={actions.confirm} onCancel={onClose}>
      <PasswordField
        label={fields.password}
        autoComplete="current-password"
        autoFocus
        data-autofocus
        {...form.getInputProps('password')}
      />
      {factor.asked === 'code' && (
        <FactorCodeInput
          hasApp={factors.totp !== null}
          hasRecoveryCodes={factors.recoveryCodesLeft > 0}
          {...form.getInputProps('code')}
        />
      )}
      {factor.asked === 'passkey' && <ThenPasskey factors={factors} onCode={factor.askCode} />}
    </FormBody>
  )
}

/** What is asked beside the password: a code where there is an app, else a passkey, unless somebody has none at hand. */
function useFactor({ totp, passkeys }: SecondFactors) {
  const [wantsCode, setWantsCode] = useState(totp !== null || !canUsePasskeys())
  const hasFactor = totp !== null || passkeys.length > 0
  const asked = !hasFactor ? 'none' : wantsCode ? 'code' : 'passkey'
  return { asked, askCode: () => setWantsCode(true) } as const
}

function ThenPasskey({ factors, onCode }: { factors: SecondFactors; onCode: () => void }) {
  const { codes, proof } = useMessages().security
  return (
    <Text size="sm" c="dimmed">
      {proof.thenPasskey}{' '}
      {factors.recoveryCodesLeft > 0 && (
        <Anchor component="button" type="button" inherit onClick={onCode}>
          {codes.useRecovery}
        </Anchor>
      )}
    </Text>
  )
}
