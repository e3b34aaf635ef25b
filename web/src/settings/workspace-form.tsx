import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Workspace } from '#client'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { filled, slugRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { workspaceQuery } from '#web/queries/workspace.ts'

export function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const { settings, account, actions, fields, saved } = useMessages()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const body = useApiForm({
    initialValues: { name: workspace.name, slug: workspace.slug },
    validate: { name: filled, slug: value => filled(value) ?? slugRule(value) },
    send: values =>
      api.updateWorkspace({ path: { workspace: workspace.slug }, body: values, ifMatch: `"${workspace.version}"` }),
    onDone: async changed => {
      notifyDone(saved)
      queryClient.setQueryData(workspaceQuery(changed.slug).queryKey, changed)
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      if (changed.slug === workspace.slug) return
      await navigate({ to: '/w/$workspace/settings', params: { workspace: changed.slug }, replace: true })
      queryClient.removeQueries({ queryKey: ['w', workspace.slug] })
    },
  })
  const { form } = body
  return (
    <FormBody of={body} submitLabel={actions.save}>
      <TextInput label={fields.name} {...form.getInputProps('name')} />
      <TextInput
        label={account.workspaceSlug}
        description={form.isDirty('slug') ? settings.slugWarning : undefined}
        leftSection={<span aria-hidden>/w/</span>}
        leftSectionWidth={44}
        autoCapitalize="none"
        {...form.getInputProps('slug')}
      />
    </FormBody>
  )
}
