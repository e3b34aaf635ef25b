import { NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { keepAccount } from '#web/account/use-change-account.ts'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { currentMessages, languages, useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'

const choices = Object.entries(languages).map(([value, label]) => ({ value, label }))

export function ProfileForm() {
  const { account, actions, fields } = useMessages()
  const queryClient = useQueryClient()
  const current = useSuspenseQuery(sessionQuery).data?.account
  const body = useApiForm({
    initialValues: { name: current?.name ?? '', language: current?.language ?? ('en' as const) },
    validate: { name: filled },
    send: values => api.updateAccount({ body: values }),
    onDone: async changed => {
      await keepAccount(queryClient, changed)
      await queryClient.invalidateQueries({ queryKey: ['w'] })
      notifyDone(currentMessages().saved)
    },
  })
  return (
    <FormBody of={body} submitLabel={actions.save}>
      <TextInput label={account.yourName} autoComplete="name" {...body.form.getInputProps('name')} />
      <NativeSelect label={fields.language} data={choices} {...body.form.getInputProps('language')} />
    </FormBody>
  )
}
