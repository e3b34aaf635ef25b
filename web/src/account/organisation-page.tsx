import { Anchor, TextInput } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { FrontPage } from '#web/account/front-page.tsx'
import { isUnknown, toSignOnStart } from '#web/account/sign-on-start.ts'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'

/** Asks whose sign-in to go to, and goes there. */
export function OrganisationPage() {
  const { signOn, fields } = useMessages()
  const { next, workspace = '' } = useSearch({ from: '/signin/organisation' })
  const read = (who: string) => toSignOnStart(who, next)
  const body = useApiForm({
    initialValues: { who: workspace },
    validate: { who: value => (value.trim() === '' ? fields.required : read(value) ? null : signOn.whoBad) },
    send: ({ who }) => api.startSingleSignOn({ body: read(who)! }),
    onProblem: (problem, _, form) => {
      const isNoWay = problem.code === 'provider-unavailable'
      if (isNoWay || isUnknown(problem)) form.setFieldError('who', isNoWay ? signOn.unavailable : signOn.nobody)
      return isNoWay || isUnknown(problem)
    },
    // It leaves this site; the button waits until it has.
    onDone: ({ url }) => {
      location.assign(url)
      return new Promise<void>(resolve => addEventListener('pageshow', () => resolve(), { once: true }))
    },
  })
  return (
    <FrontPage
      title={signOn.signInTitle}
      hint={signOn.signInHint}
      below={
        <Anchor renderRoot={props => <Link to="/signin" search={{ next }} {...props} />}>{signOn.withPassword}</Anchor>
      }
    >
      <FormBody of={body} submitLabel={signOn.proceed} wide>
        <TextInput
          label={signOn.who}
          description={signOn.whoHint}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={320}
          autoFocus
          {...body.form.getInputProps('who')}
        />
      </FormBody>
    </FrontPage>
  )
}
