import { Checkbox, List, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiProblem, SingleSignOn } from '#client'
import { api } from '#web/api.ts'
import { CopyField } from '#web/forms/copy-field.tsx'
import { FormBody } from '#web/forms/form-body.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useRoleName } from '#web/members/use-role-name.ts'
import { currentMessages, useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { signOnQuery } from '#web/queries/sign-on.ts'
import { rolesQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { issuerExamples, kindOf, type ProviderKind, providerKinds } from '#web/sign-on/providers.ts'

type Props = { connected: SingleSignOn | null; onConnected: () => void }

/** Connects a provider, or changes the one that is connected. */
export function ProviderForm({ connected, onConnected }: Props) {
  const { signOn, actions } = useMessages()
  const [kind, setKind] = useState<ProviderKind>(() => (connected ? kindOf(connected.issuer) : 'entra'))
  const body = useProviderForm({ connected, onConnected })
  const { form } = body
  const isOther = isOtherClient(connected, form.values)
  const roles = useSuspenseQuery(rolesQuery(useWorkspace())).data.filter(role => role.builtin !== 'admin')
  const roleName = useRoleName()
  return (
    <FormBody of={body} submitLabel={connected ? actions.save : signOn.connect}>
      {!connected && <Steps kind={kind} onChange={setKind} />}
      <CopyField
        label={signOn.redirectUri}
        description={signOn.redirectUriHint}
        // Until the server tells its own name, the one under which it was found.
        value={connected?.redirectUri ?? new URL('/api/single-sign-on/callback', location.origin).href}
      />
      <TextInput
        label={signOn.issuer}
        description={isOther ? signOn.otherIssuer : signOn.issuerHint(issuerExamples[kind])}
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={2000}
        {...form.getInputProps('issuer')}
      />
      <TextInput
        label={signOn.clientId}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={500}
        {...form.getInputProps('clientId')}
      />
      {!form.values.isPublic && (
        <PasswordInput
          label={signOn.clientSecret}
          description={connected?.hasClientSecret ? (isOther ? signOn.secretNew : signOn.secretKept) : undefined}
          autoComplete="new-password"
          maxLength={2000}
          {...form.getInputProps('clientSecret')}
        />
      )}
      <Checkbox label={signOn.publicClient} {...form.getInputProps('isPublic', { type: 'checkbox' })} />
      <NativeSelect
        label={signOn.role}
        description={signOn.roleHint}
        data={roles.map(role => ({ value: role.id, label: roleName(role) }))}
        {...form.getInputProps('roleId')}
      />
    </FormBody>
  )
}

// What to do at the provider, before its words can be entered here.
function Steps({ kind, onChange }: { kind: ProviderKind; onChange: (kind: ProviderKind) => void }) {
  const { signOn } = useMessages()
  return (
    <>
      <NativeSelect
        label={signOn.kind}
        data={providerKinds.map(value => ({ value, label: signOn.kinds[value] }))}
        value={kind}
        onChange={event => onChange(event.target.value as ProviderKind)}
      />
      <List type="ordered" size="sm" spacing={4} aria-live="polite">
        {signOn.steps[kind].map(step => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
    </>
  )
}

type Values = { issuer: string; clientId: string; clientSecret: string; isPublic: boolean; roleId: string }

function useProviderForm({ connected, onConnected }: Props) {
  const { signOn, saved } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const { data: roles } = useSuspenseQuery(rolesQuery(workspace))
  return useApiForm<Values, SingleSignOn>({
    initialValues: {
      issuer: connected?.issuer ?? '',
      clientId: connected?.clientId ?? '',
      clientSecret: '',
      isPublic: connected !== null && !connected.hasClientSecret,
      roleId: connected?.roleId ?? roles.find(role => role.builtin === 'member')?.id ?? '',
    },
    validate: {
      issuer: filled,
      clientId: filled,
      clientSecret: (value, values) => {
        const isKept = connected?.hasClientSecret && !isOtherClient(connected, values)
        return values.isPublic || isKept ? null : filled(value)
      },
    },
    send: ({ isPublic, clientSecret, ...values }) =>
      api.connectSingleSignOn({
        path: { workspace },
        body: {
          ...values,
          issuer: values.issuer.trim(),
          clientId: values.clientId.trim(),
          ...(isPublic ? { clientSecret: null } : clientSecret ? { clientSecret } : {}),
        },
        ...(connected ? { ifMatch: `"${connected.version}"` } : {}),
      }),
    onProblem: (problem, _, form) => {
      const fault = faultOf(problem)
      if (fault) form.setFieldError('issuer', fault)
      return fault !== undefined
    },
    onDone: result => {
      notifyDone(connected ? saved : signOn.connected)
      if (!connected) onConnected()
      queryClient.setQueryData(signOnQuery(workspace).queryKey, result)
      return queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'sign_on') })
    },
  })
}

// The secret is its client's: another one gets its own, or none.
function isOtherClient(connected: SingleSignOn | null, { issuer, clientId }: Values): boolean {
  return connected !== null && (issuer.trim() !== connected.issuer || clientId.trim() !== connected.clientId)
}

function faultOf({ code, body }: ApiProblem): string | undefined {
  const faults: Record<string, string> = currentMessages().signOn.faults
  return code === 'provider-unusable' ? faults[String(body.reason)] : undefined
}
