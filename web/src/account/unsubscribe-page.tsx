import { Alert, Button, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ApiProblem } from '#client'
import { FrontPage } from '#web/account/front-page.tsx'
import { api } from '#web/api.ts'
import { describeProblem } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'

/** Where the link in a morning mail leads. It asks first: programs that look through mails open links, too. */
export function UnsubscribePage() {
  const { unsubscribe } = useMessages().notices
  const path = useParams({ from: '/unsubscribe/$workspace/$token' })
  const act = useMutation({
    meta: { handlesProblem: true },
    mutationFn: () => api.unsubscribeFromDigest({ path }),
  })
  if (act.isSuccess) return <Outcome title={unsubscribe.doneTitle} hint={unsubscribe.doneHint} />
  if (act.error instanceof ApiProblem && [400, 404].includes(act.error.status))
    return <Outcome title={unsubscribe.goneTitle} hint={unsubscribe.goneHint} />
  return (
    <FrontPage title={unsubscribe.title} hint={unsubscribe.hint}>
      <Stack gap="xs">
        {act.error && (
          <Alert color="red" variant="light" role="alert">
            {describeProblem(act.error)}
          </Alert>
        )}
        <Button fullWidth loading={act.isPending} onClick={() => act.mutate()}>
          {unsubscribe.act}
        </Button>
        <Button component={Link} to="/" variant="default" fullWidth>
          {unsubscribe.keep}
        </Button>
      </Stack>
    </FrontPage>
  )
}

function Outcome({ title, hint }: { title: string; hint: string }) {
  const { unsubscribe } = useMessages().notices
  return (
    <FrontPage title={title} hint={hint}>
      <Button component={Link} to="/account/notifications" variant="default" fullWidth>
        {unsubscribe.toSettings}
      </Button>
    </FrontPage>
  )
}
