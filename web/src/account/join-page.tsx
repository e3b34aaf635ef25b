import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { FrontPage } from '#web/account/front-page.tsx'
import { keepSpokenLanguage } from '#web/account/use-change-account.ts'
import { useEnterAccepted } from '#web/account/use-enter-accepted.ts'
import { api } from '#web/api.ts'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { FormBody } from '#web/forms/form-body.tsx'
import { NewPasswordInput } from '#web/forms/new-password-input.tsx'
import { filled, newPasswordRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { openInvitationQuery } from '#web/queries/invitations.ts'
import { sessionQuery } from '#web/queries/session.ts'

/** Where the link of an invitation leads. */
export function JoinPage() {
  const { account, feedback } = useMessages()
  const path = useParams({ from: '/join/$workspace/$token' })
  const { data: invitation, isError } = useQuery(openInvitationQuery(path))
  const { data: session, isPending } = useQuery(sessionQuery)
  if (isError) {
    return (
      <FrontPage title={account.joinInvalid} hint={account.joinInvalidHint}>
        <Button component={Link} to="/" variant="default" fullWidth>
          {feedback.home}
        </Button>
      </FrontPage>
    )
  }
  if (!invitation || isPending) {
    return (
      <FrontPage title={feedback.loading}>
        <RowsSkeleton rows={3} />
      </FrontPage>
    )
  }
  const signedInAs = session?.account.email
  return (
    <FrontPage
      title={account.joinTitle(invitation.workspace.name)}
      hint={account.joinHint(invitation.inviterName, invitation.email)}
    >
      {signedInAs && signedInAs !== invitation.email && <p>{account.joinOther(signedInAs)}</p>}
      {!signedInAs && invitation.hasAccount && <SignInFirst next={`/join/${path.workspace}/${path.token}`} />}
      {!signedInAs && !invitation.hasAccount && <NewAccount path={path} email={invitation.email} />}
      {signedInAs === invitation.email && <AsAccount path={path} />}
    </FrontPage>
  )
}

type Path = { workspace: string; token: string }

function SignInFirst({ next }: { next: string }) {
  const { account } = useMessages()
  return (
    <Button renderRoot={props => <Link to="/signin" search={{ next }} {...props} />} fullWidth>
      {account.signIn}
    </Button>
  )
}

function AsAccount({ path }: { path: Path }) {
  const { account } = useMessages()
  const enter = useEnterAccepted()
  const body = useApiForm({ initialValues: {}, send: () => api.acceptInvitation({ path, body: {} }), onDone: enter })
  return (
    <FormBody of={body} submitLabel={account.join} wide>
      {null}
    </FormBody>
  )
}

function NewAccount({ path, email }: { path: Path; email: string }) {
  const { account, fields } = useMessages()
  const enter = useEnterAccepted()
  const body = useApiForm({
    initialValues: { name: '', password: '' },
    validate: { name: filled, password: newPasswordRule },
    send: values => api.acceptInvitation({ path, body: values }),
    onDone: async accepted => {
      await keepSpokenLanguage(accepted.account)
      await enter(accepted)
    },
  })
  return (
    <FormBody of={body} submitLabel={account.join} wide>
      <TextInput label={account.yourName} autoComplete="name" autoFocus {...body.form.getInputProps('name')} />
      <NewPasswordInput
        label={fields.password}
        own={[body.form.values.name, email]}
        {...body.form.getInputProps('password')}
      />
    </FormBody>
  )
}
