import { List, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { NewTotp } from '#client'
import { api } from '#web/api.ts'
import { CodeInput } from '#web/forms/code-input.tsx'
import { CopyField } from '#web/forms/copy-field.tsx'
import { FormModal } from '#web/forms/form-modal.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { codeRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { useProved } from '#web/proof/proof-provider.tsx'
import { refreshSecurity } from '#web/queries/security.ts'
import { QrCode } from '#web/security/qr-code.tsx'
import { useShowCodes } from '#web/security/recovery-codes-provider.tsx'

/** Shows the app its secret, and takes a code as the proof that it has it. */
export function AddApp({ secret, onClose }: { secret: NewTotp; onClose: () => void }) {
  const { security } = useMessages()
  const { twoSteps } = security
  const queryClient = useQueryClient()
  const proved = useProved()
  const showCodes = useShowCodes()
  const body = useApiForm({
    initialValues: { code: '' },
    validate: { code: codeRule },
    send: (values, { idempotencyKey }) => proved(() => api.confirmTotp({ body: values, idempotencyKey })),
    onProblem: (problem, _, form) => {
      if (problem.code !== 'code-rejected') return false
      form.setFieldError('code', twoSteps.codeWrong)
      return true
    },
    onDone: async ({ recoveryCodes }) => {
      onClose()
      notifyDone(twoSteps.added)
      showCodes(recoveryCodes)
      await refreshSecurity(queryClient)
    },
  })
  return (
    <FormModal title={twoSteps.addTitle} of={body} submitLabel={twoSteps.confirm} onClose={onClose}>
      <List type="ordered" size="sm" spacing={4}>
        {twoSteps.steps.map(step => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
      <Stack gap="xs">
        <QrCode text={secret.uri} label={twoSteps.qrCode} />
        <Text size="sm" c="dimmed" ta="center">
          {twoSteps.cannotScan}
        </Text>
        <CopyField label={twoSteps.secret} value={secret.secret} />
      </Stack>
      <CodeInput label={security.codes.ofApp} data-autofocus {...body.form.getInputProps('code')} />
    </FormModal>
  )
}
