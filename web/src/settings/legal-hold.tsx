import { Alert, Button, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import type { Workspace } from '#client'
import { api } from '#web/api.ts'
import { FormModal } from '#web/forms/form-modal.tsx'
import { FormSection } from '#web/forms/form-section.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { workspaceQuery } from '#web/queries/workspace.ts'

/** Whether everything of the workspace is kept, whatever its plan says. Beginning and ending it asks why. */
export function LegalHold({ workspace }: { workspace: Workspace }) {
  const { hold } = useMessages().settings
  const [asking, ask] = useDisclosure()
  return (
    <FormSection title={hold.title} hint={hold.hint}>
      {workspace.legalHold ? (
        <Alert color="yellow" mb="md" title={hold.on}>
          {hold.onText}
        </Alert>
      ) : (
        <Text size="sm" c="dimmed" mb="md">
          {hold.off}
        </Text>
      )}
      <Button variant="default" onClick={ask.open}>
        {workspace.legalHold ? hold.end : hold.begin}
      </Button>
      {asking && <ChangeHold workspace={workspace} onClose={ask.close} />}
    </FormSection>
  )
}

function ChangeHold({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const { hold } = useMessages().settings
  const queryClient = useQueryClient()
  const { queryKey } = workspaceQuery(workspace.slug)
  const legalHold = !workspace.legalHold
  const body = useApiForm({
    initialValues: { reason: '' },
    validate: { reason: value => (value.trim() ? null : hold.reasonMissing) },
    send: ({ reason }) =>
      api.updateWorkspace({
        path: { workspace: workspace.slug },
        body: { legalHold },
        ifMatch: `"${workspace.version}"`,
        reason: reason.trim(),
      }),
    onDone: changed => {
      queryClient.setQueryData(queryKey, changed)
      notifyDone(changed.legalHold ? hold.on : hold.off)
      onClose()
    },
    onProblem: ({ code }) => {
      // Somebody else changed the workspace: the next try is about how it is now.
      if (code === 'stale') void queryClient.invalidateQueries({ queryKey })
      return false
    },
  })
  return (
    <FormModal
      title={legalHold ? hold.begin : hold.end}
      of={body}
      submitLabel={legalHold ? hold.begin : hold.end}
      onClose={onClose}
      danger={!legalHold}
    >
      <Text size="sm">{legalHold ? hold.beginText : hold.endText}</Text>
      <Textarea
        label={hold.reason}
        description={hold.reasonHint}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        {...body.form.getInputProps('reason')}
      />
    </FormModal>
  )
}
