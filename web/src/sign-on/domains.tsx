import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { FormProblem } from '#web/forms/form-body.tsx'
import { filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { signOnDomainsQuery } from '#web/queries/sign-on.ts'
import { Rows } from '#web/shell/rows.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { DomainRow } from '#web/sign-on/domain-row.tsx'
import classes from './sign-on.module.css'

/** The domains whose people the provider may bring, and what is missing before it may. */
export function Domains({ decides, focused }: { decides: boolean; focused: boolean }) {
  const { signOn } = useMessages()
  const { data: domains } = useSuspenseQuery(signOnDomainsQuery(useWorkspace()))
  return (
    <Stack gap="lg">
      {domains.length === 0 && <Text size="sm">{signOn.noDomains}</Text>}
      {domains.length > 0 && (
        <Rows>
          {domains.map(domain => (
            <DomainRow key={domain.domain} domain={domain} decides={decides} />
          ))}
        </Rows>
      )}
      {decides && <AddDomain focused={focused} />}
    </Stack>
  )
}

function AddDomain({ focused }: { focused: boolean }) {
  const { signOn } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const body = useApiForm({
    initialValues: { domain: '' },
    validate: { domain: filled },
    // With an @ before it, it was copied from an address.
    send: ({ domain }, { idempotencyKey }) =>
      api.addSignOnDomain({ path: { workspace }, body: { domain: domain.trim().replace(/^.*@/, '') }, idempotencyKey }),
    onProblem: ({ code, errors }, _, form) => {
      const isDomain = errors.some(({ pointer }) => pointer === '/domain')
      if (isDomain) form.setFieldError('domain', code === 'conflict' ? signOn.domainThere : signOn.domainBad)
      return isDomain
    },
    onDone: async () => {
      body.form.reset()
      await queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'sign_on') })
    },
  })
  return (
    <form onSubmit={body.submit} noValidate>
      <FormProblem of={body} />
      <div className={classes.add}>
        <TextInput
          className={classes.domain}
          label={signOn.domain}
          description={signOn.domainHint}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={300}
          autoFocus={focused}
          {...body.form.getInputProps('domain')}
        />
        <Button type="submit" variant="default" loading={body.pending}>
          {signOn.addDomain}
        </Button>
      </div>
    </form>
  )
}
