import { Alert, Anchor, Button, List, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ApiProblem } from '#client'
import { api } from '#web/api.ts'
import { FormModal } from '#web/forms/form-modal.tsx'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { useProved } from '#web/proof/proof-provider.tsx'
import { sessionQuery } from '#web/queries/session.ts'

export function DeleteAccount() {
  const { deletion } = useMessages().security
  const [asking, ask] = useDisclosure()
  return (
    <>
      <Button color="red" variant="outline" onClick={ask.open}>
        {deletion.button}
      </Button>
      {asking && <DeleteDialog onClose={ask.close} />}
    </>
  )
}

/** Deleting an account asks for its address, typed. */
function DeleteDialog({ onClose }: { onClose: () => void }) {
  const { deletion } = useMessages().security
  const email = useSuspenseQuery(sessionQuery).data?.account.email ?? ''
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const proved = useProved()
  const [heldBy, setHeldBy] = useState<string[]>([])
  const body = useApiForm({
    initialValues: { confirm: '' },
    validate: { confirm: value => (value.trim().toLowerCase() === email ? null : deletion.mismatch) },
    send: () => {
      setHeldBy([])
      return proved(() => api.deleteAccount({}))
    },
    onProblem: problem => {
      setHeldBy(workspacesIn(problem))
      return workspacesIn(problem).length > 0
    },
    onDone: async () => {
      queryClient.clear()
      await navigate({ to: '/signin', search: { after: 'deleted' } })
    },
  })
  return (
    <FormModal title={deletion.ask} of={body} submitLabel={deletion.button} onClose={onClose} danger>
      {heldBy.length > 0 && <LastAdminOf workspaces={heldBy} />}
      <Text size="sm">{deletion.text}</Text>
      <TextInput
        label={deletion.type(email)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        data-autofocus
        {...body.form.getInputProps('confirm')}
      />
    </FormModal>
  )
}

function LastAdminOf({ workspaces }: { workspaces: string[] }) {
  const { deletion } = useMessages().security
  const known = useSuspenseQuery(sessionQuery).data?.workspaces ?? []
  return (
    <Alert color="red" variant="light" role="alert" title={deletion.lastAdmin}>
      <List size="sm">
        {workspaces.map(workspace => (
          <List.Item key={workspace}>
            <Anchor inherit renderRoot={props => <Link to="/w/$workspace/members" params={{ workspace }} {...props} />}>
              {known.find(({ slug }) => slug === workspace)?.name ?? workspace}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

/** Of which workspaces they are the last admin, when that is what is in the way. */
function workspacesIn({ code, body }: ApiProblem): string[] {
  return code === 'last-admin' && Array.isArray(body.workspaces) ? body.workspaces.map(String) : []
}
