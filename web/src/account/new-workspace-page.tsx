import { Anchor, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { FrontPage } from '#web/account/front-page.tsx'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { filled, slugRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'

export function NewWorkspacePage() {
  const { account, actions, fields } = useMessages()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const body = useApiForm({
    initialValues: { name: '', slug: '' },
    validate: { name: filled, slug: slugRule },
    send: ({ name, slug }, { idempotencyKey }) =>
      api.createWorkspace({ body: { name, ...(slug ? { slug } : {}) }, idempotencyKey }),
    onDone: async workspace => {
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      await navigate({ to: '/w/$workspace', params: { workspace: workspace.slug } })
    },
  })
  return (
    <FrontPage
      title={account.createWorkspace}
      hint={account.createWorkspaceHint}
      below={
        <Anchor component={Link} to="/workspaces" size="sm">
          {actions.back}
        </Anchor>
      }
    >
      <FormBody of={body} submitLabel={actions.create} wide>
        <TextInput label={fields.name} autoFocus {...body.form.getInputProps('name')} />
        <TextInput
          label={`${account.workspaceSlug} (${fields.optional.toLowerCase()})`}
          description={account.slugHint}
          autoCapitalize="none"
          {...body.form.getInputProps('slug')}
        />
      </FormBody>
    </FrontPage>
  )
}
